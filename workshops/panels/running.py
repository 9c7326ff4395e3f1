"""The worker's part: one calculation at a time in a process of its own, and the seats of drawn workshops kept full."""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select

from participation.component import Job
from participation.paths import TEMPLATES
from participation.services import Services
from workshops.models import State, Workshop
from workshops.panels.actions import keep_check, keep_result
from workshops.panels.mailing import office_of
from workshops.panels.models import WorkshopDraw
from workshops.panels.policy import UPCOMING
from workshops.panels.seats import keep_seats

log = logging.getLogger("sanpo.panels")
LONGEST = timedelta(minutes=30)
PAUSE = timedelta(minutes=10)  # after a calculation that failed
_UNCHECKED = WorkshopDraw.frozen_at.is_not(None) & WorkshopDraw.checked_at.is_(None)
_UNDRAWN = WorkshopDraw.entered_at.is_not(None) & WorkshopDraw.drawn_at.is_(None)
_DUE = (
    select(WorkshopDraw)
    .join(Workshop, Workshop.id == WorkshopDraw.workshop_id)
    .where(Workshop.state == State.DRAWING, or_(_UNCHECKED, _UNDRAWN))
    .order_by(WorkshopDraw.workshop_id)
)


@dataclass
class Bench:
    """What is being calculated now, and which draws rest until when."""

    process: Any = None
    order: Mapping[str, Any] = field(default_factory=dict)
    folder: Path | None = None
    since: datetime | None = None
    resting: dict[int, datetime] = field(default_factory=dict)


def run_draws(services: Services, now: datetime) -> None:
    """One turn: collect what is finished, or begin the next. Without a running worker everything at once."""
    if "worker" not in services.extras:
        draw_now(services, now)
        return
    bench: Bench = services.extras.setdefault("panels", Bench())
    if bench.process is not None:
        _collect(services, bench, now)
        return
    due = [order for order in _orders(services) if bench.resting.get(order["workshop_id"], now) <= now]
    if due:
        _begin(bench, due[0], now)


def draw_now(services: Services, now: datetime) -> None:
    """Calculate whatever is due, in this process; for commands and tests."""
    from workshops.panels.computing import compute

    for order in _orders(services):
        _keep(services, order, compute(order), now)


def _orders(services: Services) -> list[dict[str, Any]]:
    with services.db.read() as session:
        return [
            {"workshop_id": draw.workshop_id, "pool": draw.pool_csv, "quotas": draw.quotas_csv, "seats": draw.seats,
             "quotas_sha256": draw.quotas_sha256, "seed": draw.seed if draw.entered_at else ""}
            for draw in session.scalars(_DUE)
        ]  # fmt: skip


def _begin(bench: Bench, order: dict[str, Any], now: datetime) -> None:
    folder = Path(tempfile.mkdtemp(prefix="sanpo-draw-"))
    file = folder / "order"
    file.write_text(json.dumps(order, ensure_ascii=False), encoding="utf-8")
    quiet = subprocess.DEVNULL
    bench.process = subprocess.Popen(  # noqa: S603 - our own module, on a folder that we made
        [sys.executable, "-m", "workshops.panels.computing", str(file)],
        cwd=TEMPLATES.parent, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}, stdin=quiet, stdout=quiet,
        stderr=(folder / "errors").open("wb"),
    )  # fmt: skip
    bench.order, bench.folder, bench.since = order, folder, now


def _collect(services: Services, bench: Bench, now: datetime) -> None:
    folder, since = bench.folder, bench.since
    assert folder is not None and since is not None  # set together with the process
    if bench.process.poll() is None:
        if now - since < LONGEST:
            return
        bench.process.kill()
        bench.process.wait()
    workshop_id = bench.order["workshop_id"]
    if bench.process.returncode == 0:
        _keep(services, bench.order, json.loads((folder / "order.done").read_text(encoding="utf-8")), now)
    else:
        bench.resting[workshop_id] = now + PAUSE
        errors = (folder / "errors").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        log.warning("workshop %s could not be drawn: %s", workshop_id, errors[-1] if errors else "it took too long")
    shutil.rmtree(folder, ignore_errors=True)
    bench.process = None


def _keep(services: Services, order: Mapping[str, Any], told: Mapping[str, Any], now: datetime) -> None:
    id, office = order["workshop_id"], office_of(services)
    if "result" in told:
        services.db.write(lambda session: keep_result(session, office, id, told["result"], told["engine"], now=now))
    else:
        services.db.write(lambda session: keep_check(session, id, order["quotas_sha256"], told["problem"], now=now))


def keep_all_seats(services: Services, now: datetime) -> None:
    """Every drawn workshop that is still ahead, each in a transaction of its own."""
    drawn = (
        select(Workshop.id)
        .join(WorkshopDraw, WorkshopDraw.workshop_id == Workshop.id)
        .where(Workshop.state.in_(UPCOMING), WorkshopDraw.drawn_at.is_not(None), Workshop.starts_at > now)
    )
    with services.db.read() as session:
        ids = session.scalars(drawn).all()
    for id in ids:
        services.db.write(
            lambda session, id=id: keep_seats(session, office_of(services), id, registry=services.registry, now=now)
        )


JOBS = (
    Job("draws of workshops", run_draws, every=timedelta(seconds=1)),
    Job("seats of workshops", keep_all_seats, every=timedelta(seconds=20)),
)
