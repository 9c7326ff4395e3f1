"""Keeping maps up to date in the background, and opening and closing them at their times.

A map is computed again when votes came since, in a process of its own, one at a time, and not more than a tenth of the
time: a map that takes five seconds rests for fifty.
"""

import base64
import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from participation.component import Job
from participation.paths import TEMPLATES
from participation.services import Services
from participation.subjects import Subject
from proposals.opinion_maps.actions import put_into
from proposals.opinion_maps.models import MapState, OpinionMap, OpinionResult, OpinionStatement, StatementState

log = logging.getLogger("sanpo.opinion_maps")
LONGEST = timedelta(minutes=10)
PAUSE = timedelta(minutes=10)  # after a computation that failed
REST = 10  # times as long as it took

_CHANGES = (
    select(OpinionStatement.map_id, func.sum(OpinionStatement.changes).label("changes"))
    .join(Subject, Subject.id == OpinionStatement.id)
    .where(OpinionStatement.state == StatementState.ACCEPTED, Subject.hidden_at.is_(None))
    .group_by(OpinionStatement.map_id)
    .subquery()
)
_STALE = (
    select(_CHANGES.c.map_id)
    .outerjoin(OpinionResult, OpinionResult.map_id == _CHANGES.c.map_id)
    .where(or_(OpinionResult.map_id.is_(None), OpinionResult.changes != _CHANGES.c.changes), _CHANGES.c.changes > 0)
    .order_by(_CHANGES.c.map_id)
)


@dataclass
class Desk:
    """What is being computed now, and which maps rest until when."""

    process: Any = None
    map_id: int = 0
    file: Path | None = None
    since: datetime | None = None
    resting: dict[int, datetime] = field(default_factory=dict)


def renew(services: Services, now: datetime) -> None:
    """One turn: collect what is finished, or begin the next. Without a running worker everything at once."""
    if "worker" not in services.extras:
        renew_now(services, now)
        return
    desk: Desk = services.extras.setdefault("opinion_maps", Desk())
    if desk.process is not None:
        _collect(services, desk, now)
        return
    due = [map_id for map_id in _stale(services) if desk.resting.get(map_id, now) <= now]
    if due:
        _begin(services, desk, due[0], now)


def renew_now(services: Services, now: datetime) -> None:
    """Compute whatever is out of date, in this process; for commands and tests."""
    from proposals.opinion_maps.computing import compute

    for map_id in _stale(services):
        with services.db.read() as session:
            told = compute(session, map_id)
        _keep(services, map_id, told, now)


def _stale(services: Services) -> list[int]:
    with services.db.read() as session:
        return list(session.scalars(_STALE))


def _begin(services: Services, desk: Desk, map_id: int, now: datetime) -> None:
    handle, name = tempfile.mkstemp(prefix="sanpo-map-")
    os.close(handle)
    url = services.settings.database_url
    command = [sys.executable, "-m", "proposals.opinion_maps.computing", str(map_id), name]
    quiet = subprocess.DEVNULL
    # the address of the database may hold a password, which arguments would show to every process of the machine
    desk.process = subprocess.Popen(  # noqa: S603 - our own module
        command,
        cwd=TEMPLATES.parent,
        env={**os.environ, "SANPO_DATABASE_URL": url, "OPENBLAS_NUM_THREADS": "1"},  # a core stays for voters
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
    )
    desk.map_id, desk.file, desk.since = map_id, Path(name), now


def _collect(services: Services, desk: Desk, now: datetime) -> None:
    file, since, map_id = desk.file, desk.since, desk.map_id
    assert file is not None and since is not None  # set together with the process
    if desk.process.poll() is None:
        if now - since < LONGEST:
            return
        desk.process.kill()
        desk.process.wait()
    if desk.process.returncode == 0:
        _keep(services, map_id, json.loads(file.read_text(encoding="utf-8")), now)
        desk.resting[map_id] = now + (now - since) * REST
    else:
        desk.resting[map_id] = now + PAUSE
        log.warning("opinion map %s could not be computed", map_id)
    file.unlink(missing_ok=True)
    desk.process = None


def _keep(services: Services, map_id: int, told: Mapping[str, Any], now: datetime) -> None:
    def work(session: Session) -> None:
        row = session.get(OpinionResult, map_id)
        if row is None:
            row = OpinionResult(map_id=map_id, number=0)
            session.add(row)
        row.number += 1
        row.changes, row.held, row.figures = told["changes"], told["held"], told["figures"]
        row.places, row.computed_at = base64.b64decode(told["places"]), now

    services.db.write(work)


def move_at_their_times(services: Services, now: datetime) -> None:
    """Open drafts whose time has come, close maps whose time is over."""
    begun = (OpinionMap.state == MapState.DRAFT) & (OpinionMap.opens_at <= now)
    over = (OpinionMap.state == MapState.OPEN) & (OpinionMap.closes_at <= now)
    with services.db.read() as session:
        due = list(session.execute(select(OpinionMap.id).where(or_(begun, over))).scalars())
    for map_id in due:
        services.db.write(lambda session, map_id=map_id: _move(session, map_id, now))


def _move(session: Session, map_id: int, now: datetime) -> None:
    row = session.get_one(OpinionMap, map_id, with_for_update=True, populate_existing=True)
    if row.state == MapState.OPEN and row.closes_at is not None and row.closes_at <= now:
        put_into(session, None, row, MapState.CLOSED, now)
    elif row.state == MapState.DRAFT and row.opens_at is not None and row.opens_at <= now:
        put_into(session, None, row, MapState.OPEN, now)


JOBS = (
    Job("opinion maps", renew, every=timedelta(seconds=2)),
    Job("times of opinion maps", move_at_their_times, every=timedelta(seconds=30)),
)
