"""A vision on which opinions are asked, and people who send some; through the actions and the pages."""
from datetime import timedelta
from typing import Any

import pytest

from participation.db import Database
from participation.policy import Actor
from rules.documents.models import Stage
from rules.opinions import actions
from rules.opinions.cases import Case, case_by_number
from rules.opinions.models import Opinion
from tests.rules.conftest import Desk
from tests.support.application import People
from tests.support.clock import TestClock

BASE = "https://sanpo.test"
FORMAL = {"formal": True, "name": "兵庫 太郎", "address": "神戸市須磨区一丁目2-3"}


class Consultation(Desk):
    """`room.call()`, `room.send(person, "…", section="s1")`, `room.case`."""

    def __init__(self, db: Database, clock: TestClock, person: People) -> None:
        super().__init__(db, clock, person)
        self.begin(texts=(("目的", "よいまちにする。"), ("方針", "原則として同意を得る。")))
        self.publish(stage=Stage.FIRST_DRAFT)

    def call(self, number: int = 1, **more: Any) -> None:
        """Thirty days from now on."""
        times = {"opens_at": self.clock(), "closes_at": self.clock() + timedelta(days=30)}
        self.do(actions.call_public_comment, "vision", number, contact={"ja": "企画課 078-000-0001"}, **{**times, **more})

    @property
    def case(self) -> Case:
        return self.case_of(1)

    def case_of(self, number: int) -> Case:
        with self.db.read() as session:
            found = case_by_number(session, "vision", number)
        assert found is not None
        return found

    def send(self, who: Actor, body: str = "例外が見えるようにしてください。", number: int = 1, **more: Any) -> Opinion:
        words = actions.Words(body=body, **more)
        return self.db.write(lambda session: _loose(session, actions.send_opinion(
            session, who, self.case_of(number), words, base_url=BASE, now=self.clock())))


def _loose(session: Any, row: Any) -> Any:
    """The row, readable after its transaction."""
    session.flush()
    session.refresh(row)
    session.expunge(row)
    return row


@pytest.fixture
def room(db: Database, clock: TestClock, person: People) -> Consultation:
    return Consultation(db, clock, person)
