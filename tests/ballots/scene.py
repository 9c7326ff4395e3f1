"""A process that opens voting, and ballots in it, by the product's own actions."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from participation.db import Database
from participation.policy import Actor
from participation.spaces.models import Phase, Process
from participation.subjects import create_subject
from proposals.ballots.actions import (
    OptionValues, close_ballot, create_ballot, open_ballot, publish_ballot, set_options,
)
from proposals.ballots.closing import count, keep_result
from proposals.ballots.models import Ballot, CountedBallot
from tests.support.application import Acting, People
from tests.support.clock import TestClock

BUDGET = {"budget": 10_000_000}
OPTIONS = (("bench", 3_000_000), ("garden", 4_000_000), ("lamps", 5_000_000))


class Scene(Acting):
    """`scene.ballot("equal_shares", secret=False)` is open from now for a week; returns its id."""

    def __init__(self, db: Database, clock: TestClock, person: People) -> None:
        super().__init__(db, clock, person)
        self.desk = person("Desk", roles=("secretariat",))
        self.numbers = 0
        self.process_id = self._process()

    def _process(self, features: Sequence[str] = ("vote", "comment", "propose", "support")) -> int:
        now = self.clock()

        def make(session: Any) -> int:
            subject = create_subject(session, "process", title="Budget", now=now, published=True)
            session.add(Process(id=subject.id, slug=f"process-{subject.id}", title={"ja": "予算", "en": "Budget"},
                                state="published", updated_at=now))
            session.flush()
            session.add(Phase(process_id=subject.id, title={"ja": "投票", "en": "Voting"},
                              starts_at=now - timedelta(days=1), features=list(features)))
            return subject.id

        return self.db.write(make)

    def draft(self, method: str = "yes_no", *, rules: Mapping[str, Any] | None = None,
              options: Sequence[tuple[str, int]] = OPTIONS, **values: Any) -> int:
        self.numbers += 1
        now, budgeted = self.clock(), method in ("greedy", "equal_shares")
        given = {"title": {"ja": "公園の予算", "en": "Budget of the park"}, "method": method, "opens_at": now,
                 "pledge": {"ja": "上位の案を実施します。", "en": "The city carries out what wins."},
                 "closes_at": now + timedelta(days=7), "rules": rules or (BUDGET if budgeted else {}), **values}
        ballot = self.do(create_ballot, self.desk, self.process_id, f"park-{self.numbers}", given)
        if method != "yes_no":
            self.do(set_options, self.desk, ballot, [
                OptionValues(key=key, title={"ja": f"案 {key}", "en": key}, cost=cost if budgeted else 0)
                for key, cost in options])
        return ballot

    def ballot(self, method: str = "yes_no", **values: Any) -> int:
        ballot = self.draft(method, **values)
        self.do(open_ballot, self.desk, ballot)
        return ballot

    def voters(self, number: int, **more: Any) -> list[Actor]:
        return [self.person(**more) for _ in range(number)]

    def finish(self, ballot: int, *, published: bool = False) -> None:
        """Close and count, as the worker does; with `published` what the desk does then, too."""
        self.clock.advance(days=8)
        self.do(close_ballot, None, ballot)

        def tell(session: Any, now: Any) -> None:
            result, seed = count(session, session.get(Ballot, ballot), CountedBallot)
            keep_result(session, ballot, result, seed, now=now)
        self.do(tell)
        if published:
            self.do(publish_ballot, self.desk, ballot)


@pytest.fixture
def scene(db: Database, clock: TestClock, person: People) -> Scene:
    return Scene(db, clock, person)
