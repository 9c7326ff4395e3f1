"""Organisations on their way with the council, made by the actions themselves."""
import itertools
from typing import Any

import pytest

from consortium.membership.actions import apply, decide
from consortium.membership.models import Stage
from consortium.membership.queries import MemberView, member
from participation.db import Database, Localized
from participation.organisations import check_digit
from participation.organisations.actions import appoint
from participation.organisations.models import MandateRole
from participation.policy import Actor
from tests.proposals.doors import Doors
from tests.support.application import Acting, People
from tests.support.client import Client
from tests.support.clock import TestClock


def corporate_number(number: int) -> str:
    """A number that fits its check digit and that nobody has: the registry gives no base of nines."""
    base = f"9999{number:08}"
    return f"{check_digit(base)}{base}"


def form_values(number: int = 1, **more: str) -> dict[str, str]:
    """What stands in an application that is in order."""
    return {"kind": "company", "corporate_number": corporate_number(number), "name_ja": f"例{number}株式会社",
            "name_en": f"Example {number}", "address": "神戸市中央区1-1", "website": "https://example.test",
            "description": "バスを走らせています。", "contact": "総務部 山田 078-000-0000",
            "purpose": "市民の声をバスの改善に生かすため。", **more}


class Council(Acting):
    """`council.organisation(state="approved")` -> (id, slug); `council.desk` decides."""

    def __init__(self, db: Database, clock: TestClock, person: People) -> None:
        super().__init__(db, clock, person)
        self.numbers = itertools.count(1)
        self.desk = person("Secretary", roles=("secretariat",))

    def organisation(self, founder: Actor | None = None, *, stage: str = "approved") -> MemberView:
        number = next(self.numbers)
        founder = founder or self.person(f"Founder {number}")
        values: dict[str, Any] = {**form_values(number), "name": Localized({"ja": f"例{number}株式会社",
                                                                           "en": f"Example {number}"})}
        found = self.do(apply, founder, values)
        if stage != Stage.APPLIED:
            self.do(decide, self.desk, found, Stage(stage), "because")
        return self.view(found)

    def appoint(self, found: MemberView, role: MandateRole, name: str = "") -> Actor:
        """A person with this mandate, as they are from now on."""
        from participation.accounts.sessions import actor_of_account
        who = self.person(name)
        self.do(appoint, self.desk, found.id, who.id, role)
        with self.db.read() as session:
            return actor_of_account(session, who.id)

    def again(self, actor: Actor) -> Actor:
        """The same person with the roles that they have now."""
        from participation.accounts.sessions import actor_of_account
        with self.db.read() as session:
            return actor_of_account(session, actor.id)

    def view(self, organisation_id: int) -> MemberView:
        view = self.ask(member, self.clock(), organisation_id=organisation_id)
        assert view is not None
        return view


@pytest.fixture
def council(db: Database, clock: TestClock, person: People) -> Council:
    return Council(db, clock, person)


@pytest.fixture
def doors(client: Client) -> Doors:
    return Doors(client)
