"""An opinion map at the size of docs/performance.md: computed as the worker computes it, and voted on meanwhile."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from consortium.bench.scenarios import ROUND, Scenario
from consortium.bench.servers import with_our_modules
from consortium.bench.visitors import Visitor
from participation.accounts.models import Account
from participation.db import Localized
from participation.policy import Actor
from participation.services import Services
from participation.spaces.models import Phase, Process
from participation.subjects import create_subject
from proposals.opinion_maps.actions import Description, add_statement, create_map, move_map
from proposals.opinion_maps.models import MapState, OpinionMap, OpinionParticipant, OpinionStatement, OpinionVote

SLUG = "bench-map"
MOST_PEOPLE, MOST_STATEMENTS, DENSITY = 10_000, 500, 0.2
CAMPS = ((0.85, 0.10), (0.15, 0.80), (0.45, 0.35))  # chances of agreeing and of disagreeing, in turn by statement
AT_ONCE = 20_000
DESK = frozenset({("secretariat", "platform", 0)})


def make_map(services: Services) -> int:
    """The map with its votes, unless an earlier run made it; returns its id. One participant for each account, up to
    10,000, and a statement for each twenty of them, up to 500; each votes on a fifth of the statements."""
    with services.db.read() as session:
        found = session.scalar(select(OpinionMap.id).where(OpinionMap.slug == SLUG))
    return found if found is not None else services.db.write(lambda session: _make(session, services))


def _make(session: Session, services: Services) -> int:
    now, chance = services.clock(), Random(5)
    people = session.scalars(select(Account.id).order_by(Account.id).limit(MOST_PEOPLE)).all()
    desk = Actor(id=people[0], name="bench", ref="bench", roles=DESK)
    subject = create_subject(session, "process", title=SLUG, now=now, published=True)
    session.add(Process(id=subject.id, slug=SLUG, title=Localized({"ja": SLUG}), state="published", updated_at=now))
    session.flush()
    session.add(Phase(process_id=subject.id, title=Localized({"ja": SLUG}), starts_at=now, features=["opinion_map"]))
    said = Description(question=Localized({"ja": SLUG}), intro=Localized(), process_id=subject.id, opens_at=None,
                       closes_at=None, needs=[], takes_statements=False, moderated=True)  # fmt: skip
    row = create_map(session, desk, SLUG, said, now=now)
    for number in range(min(MOST_STATEMENTS, max(10, len(people) // 20))):
        add_statement(session, desk, SLUG, Localized({"ja": f"bench {number}"}), locale="ja", now=now)
    move_map(session, desk, row.id, MapState.OPEN, now=now)
    rows = ({"map_id": row.id, "account_id": person, "joined_at": now} for person in people)
    _write(session, OpinionParticipant, rows)
    voters = session.scalars(select(OpinionParticipant.id).where(OpinionParticipant.map_id == row.id)).all()
    statements = session.scalars(select(OpinionStatement.id).where(OpinionStatement.map_id == row.id)).all()
    _write(session, OpinionVote, _votes(voters, statements, chance, now))
    _count(session, row.id, len(people))
    return row.id


def _votes(voters: Sequence[int], statements: Sequence[int], chance: Random, now: Any) -> Iterator[dict[str, Any]]:
    for place, voter in enumerate(voters):
        for number, statement in enumerate(statements):
            if chance.random() < DENSITY:
                agree, disagree = CAMPS[(place + number) % len(CAMPS)]
                lot = chance.random()
                vote = 1 if lot < agree else -1 if lot < agree + disagree else 0
                yield {"participant_id": voter, "statement_id": statement, "vote": vote, "at": now}


def _write(session: Session, model: Any, rows: Iterator[dict[str, Any]]) -> None:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == AT_ONCE:
            session.execute(insert(model.__table__), part)
            part.clear()
    if part:
        session.execute(insert(model.__table__), part)


def _count(session: Session, map_id: int, people: int) -> None:
    """The counters that the votes would have moved."""
    counts: dict[int, dict[int, int]] = {}
    grouped = select(OpinionVote.statement_id, OpinionVote.vote, func.count()).group_by(
        OpinionVote.statement_id, OpinionVote.vote
    )
    for statement, vote, number in session.execute(grouped):
        counts.setdefault(statement, {})[vote] = number
    for statement, votes in counts.items():
        own = {"agree": votes.get(1, 0), "disagree": votes.get(-1, 0), "passed": votes.get(0, 0)}
        changed = update(OpinionStatement).where(OpinionStatement.id == statement)
        session.execute(changed.values(**own, changes=sum(own.values())))
    session.execute(update(OpinionMap).where(OpinionMap.id == map_id).values(participants_count=people))


def seconds_to_map(services: Services, map_id: int) -> float:
    """From the start of the process that reads the votes until its figures are there."""
    began = time.perf_counter()
    with _computing(services, map_id, 1) as process:
        if process.wait():
            raise RuntimeError("the opinion map could not be computed")
    return round(time.perf_counter() - began, 3)


@contextmanager
def computing(services: Services, map_id: int) -> Iterator[None]:
    """The map is computed again and again as long as the block runs."""
    with _computing(services, map_id, 10_000):
        yield


@contextmanager
def _computing(services: Services, map_id: int, times: int) -> Iterator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        code = (
            "import sys, runpy\n"
            f"for _ in range({times}): runpy.run_module('proposals.opinion_maps.computing', run_name='__main__')"
        )
        command = [sys.executable, "-W", "ignore", "-c", code, str(map_id), str(Path(folder) / "map.json")]
        environment = {**with_our_modules(), "SANPO_DATABASE_URL": services.settings.database_url,
                       "OPENBLAS_NUM_THREADS": "1"}  # as the worker does
        process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def voting(people: Sequence[Visitor], services: Services) -> Scenario:
    """Everybody votes on one statement after the other, another vote each time."""
    scenario, chance = Scenario("opinion_votes", f"votes on an opinion map, API, {len(people)} connections"), Random(9)
    with services.db.read() as session:
        wanted = select(func.count()).where(OpinionStatement.map_id == OpinionMap.id, OpinionMap.slug == SLUG)
        statements = session.scalar(wanted) or 1
    words = ("agree", "disagree", "pass")
    for person in people:
        script = []
        for turn in range(ROUND):
            path = f"/api/v1/opinion-maps/{SLUG}/statements/{turn % statements}/vote"
            word = words[(turn // statements + chance.randrange(3)) % 3]
            script.append(scenario.add("vote", person.call("PUT", path, json.dumps({"vote": word}))))
        scenario.scripts.append(script)
    return scenario
