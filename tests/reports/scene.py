"""A member that is asked for its yearly report."""
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pytest

from consortium.membership.queries import MemberView
from participation.organisations.models import MandateRole
from participation.policy import Actor
from participation.web.i18n import ZONE
from rules.checks.port import State
from rules.checks.reporting.actions import review, save_draft, submit
from rules.checks.reporting.findings import Asked
from rules.checks.reporting.models import ReportState
from rules.checks.reporting.queries import asked_of_everybody
from tests.checks.scene import Board

SELF = {"kind": "self_report", "per": "year"}
TEXT = "出前授業を三回行い、高校生九十人が参加しました。"


@dataclass
class Reporting:
    """`reporting.member` signed in time for fiscal year 2025; `reporting.who` is its representative."""

    board: Board

    def __post_init__(self) -> None:
        self.table = self.board.table
        self.go(2026, 3, 1)
        self.board.rule(SELF)
        self.member, signatory = self.table.member()
        self.table.sign(self.member, signatory)
        self.who = self.table.council.appoint(self.member, MandateRole.REPRESENTATIVE, "Representative")

    def go(self, year: int, month: int, day: int) -> None:
        """Noon of a day in Japan."""
        self.table.clock.set(datetime.combine(date(year, month, day), time(12), ZONE))

    def newcomer(self) -> MemberView:
        found, who = self.table.member()
        self.table.sign(found, who)
        return found

    def asked(self, year: int = 2025) -> Asked:
        found = self.table.ask(lambda s: list(asked_of_everybody(s, self.table.registry, self.table.clock())))
        return next(each for each in found if (each.subject.id, each.year.number) == (self.member.id, year))

    def save(self, who: Actor | None = None, text: str = TEXT) -> Any:
        asked = self.asked()
        return self.do(lambda s, now: save_draft(s, who or self.who, asked, text, "", now=now).id)

    def submit(self, who: Actor | None = None, year: int = 2025) -> int:
        asked = self.asked(year)
        return self.do(lambda s, now: submit(s, who or self.who, asked, TEXT, ["https://example.jp/r"], now=now).id)

    def decide(self, number: int, to: ReportState, reason: str = "", who: Actor | None = None) -> None:
        self.do(lambda s, now: review(s, who or self.table.council.desk, number, to, reason, now=now))

    def do(self, work: Any) -> Any:
        return self.table.council.db.write(lambda session: work(session, self.table.clock()))

    @property
    def state(self) -> State:
        return self.board.find()[self.member.id].state


@pytest.fixture
def reporting(board: Board) -> Reporting:
    return Reporting(board)
