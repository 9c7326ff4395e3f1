"""A council, a rule in force and somebody who may sign it."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from consortium.membership.queries import MemberView
from participation.component import compose
from participation.organisations.models import MandateRole
from participation.policy import Actor
from rules.documents.stages import today
from rules.signing.actions import acknowledge, find_case, sign
from rules.signing.evidence import Declaration, Means
from rules.signing.models import Signature
from tests.membership.scene import Council
from tests.proposals.doors import Doors
from tests.rules.conftest import Desk
from tests.support.client import Client

SAID = Declaration("神戸 花子", "代表取締役", "representative", "同意します。", "ja", "署名する")
MEANS = Means("password", "192.0.2.1", "Test browser", "session", "https://sanpo.test")
SECRET = b"s" * 32


@dataclass
class Table:
    """`table.rule()` publishes the participation rule, `table.member()` is an approved organisation with a signatory,
    `table.sign(member)` reads everything and signs."""

    council: Council
    desk: Desk

    def __post_init__(self) -> None:
        from asgi import COMPONENTS
        self.registry, self.clock = compose(COMPONENTS), self.council.clock

    @property
    def today(self) -> date:
        return today(self.clock())

    def rule(self, slug: str = "participation", days: Sequence[date] = ()) -> None:
        self.desk.rule(slug, days or (self.today - timedelta(days=30),))

    def next_version(self, day: date, slug: str = "participation", *, body: str = "会員は、もっと声を聞く。") -> None:
        """The next version, whose first article is new in words, in force from this day."""
        from rules.documents import writing
        self.desk.next(slug)
        key = self.desk.text(slug)[0][0]
        self.desk.do(writing.save_section, slug, key, heading={"ja": "利用者中心"}, body={"ja": body}, seen=0)
        self.desk.publish(slug, day=day)

    def member(self, stage: str = "approved") -> tuple[MemberView, Actor]:
        found = self.council.organisation(stage=stage)
        return found, self.council.appoint(found, MandateRole.SIGNATORY, "Signatory")

    def sign(self, found: MemberView, who: Actor, *, slug: str = "participation", sha256: str = "",
             number: int | None = None, read: Sequence[str] | None = None) -> tuple[str, bool]:
        """(code, whether it is new)."""
        def work(session: Any) -> tuple[str, bool]:
            now = self.clock()
            case = find_case(session, who, slug, found.slug, self.registry, now, number, lock=True)
            acknowledge(session, who, case, case.keys if read is None else read, now=now)
            case = find_case(session, who, slug, found.slug, self.registry, now, number)
            row, fresh = sign(session, who, case, SAID, MEANS, sha256=sha256 or case.version.sha256 or "",
                              secret=SECRET, now=now)
            return row.code, fresh
        return self.council.db.write(work)

    def signature(self, code: str) -> Signature:
        from sqlalchemy import select
        return self.council.ask(lambda session: session.scalars(select(Signature).where(Signature.code == code)).one())

    def ask(self, question: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        return self.council.ask(question, *arguments, **named)


@pytest.fixture
def desk(council: Council) -> Desk:
    return Desk(council.db, council.clock, council.person)


@pytest.fixture
def table(council: Council, desk: Desk) -> Table:
    return Table(council, desk)


@pytest.fixture
def doors(client: Client) -> Doors:
    return Doors(client)
