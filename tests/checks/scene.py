"""Rules with checks, and what is found of those whom they bind."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from participation.db import Localized
from rules.checks.articles import Article, articles_in_force
from rules.checks.judging import judge
from rules.checks.library import checks_of
from rules.checks.port import SUBJECTS, Finding, RuleSubject, SubjectKind
from rules.documents.models import Kind
from tests.signing.scene import Table


def subject(number: int = 1, kind: SubjectKind = SubjectKind.ORGANISATION, **more: Any) -> RuleSubject:
    name = Localized({"ja": f"例{number}", "en": f"Example {number}"})
    return RuleSubject(kind=kind, id=number, slug=f"example-{number}", name=name, path=f"/{number}", **more)


@dataclass
class Board:
    """`board.rule({"kind": "computed", …})` is a rule with an article for each check; `board.find()` what is found."""

    table: Table

    def rule(self, *checks: Mapping[str, Any], slug: str = "participation", since: int = 30) -> None:
        desk = self.table.desk
        desk.begin(slug, Kind.RULE, ())
        for number, check in enumerate(checks, 1):
            desk.add(slug, f"第{number}", "会員は守る。", check=check)
        desk.publish(slug, day=self.table.today - timedelta(days=since))

    def articles(self) -> tuple[Article, ...]:
        return self.table.ask(articles_in_force, self.table.clock())

    def subjects(self) -> list[RuleSubject]:
        now = self.table.clock()
        return [each for hook in self.table.registry.hooks(SUBJECTS) for each in self.table.ask(hook, now)]

    def find(self, place: int = 0) -> dict[int, Finding]:
        """Of every organisation, by its id."""
        known, now = checks_of(self.table.registry), self.table.clock()
        return self.table.ask(judge, self.articles()[place], self.subjects(), known, now)


@pytest.fixture
def board(table: Table) -> Board:
    return Board(table)
