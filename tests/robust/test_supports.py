"""Sixty people support, withdraw and support a proposal at once: nothing that was acknowledged is lost or doubled."""
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from asgi import COMPONENTS
from participation.app import make_services
from participation.clock import system_clock
from participation.db import Database
from participation.events import Event
from participation.settings import from_environment
from proposals.models import Proposal, Support
from tests.proposals.scene import Scene
from tests.robust.harness import CLEAN, Findings, Outcome, Trial, compare
from tests.support.application import People
from tests.support.databases import FreshDatabases
from tests.support.server import Serve, Server

SIXTY = 60
SET_UPS = [pytest.param(("sqlite", 1), id="sqlite"),
           pytest.param(("postgres", 2), id="postgres, two workers", marks=pytest.mark.postgres)]


@dataclass(frozen=True)
class Ground:
    """A server with one open proposal and sixty people who hold a token."""

    server: Server
    database_url: str
    proposal_id: int
    people: Mapping[str, Mapping[str, str]]  # id of the account -> headers

    def trial(self, *, race: int) -> Trial:
        return Trial(self.server, f"/api/v1/proposals/{self.proposal_id}/support", self.people, race=race)

    def judge(self, outcome: Outcome) -> Findings:
        """What is wrong, by the rows and by the counter that everybody sees."""
        return compare(outcome, self.rows(), self.counter())

    def rows(self) -> Counter[str]:
        return Counter(str(account) for account in self._ask(select(Support.account_id)))

    def counter(self) -> int:
        (count,) = self._ask(select(Proposal.supports_count).where(Proposal.id == self.proposal_id))
        return count

    def told(self) -> int:
        """The count as the event rows tell it: supports given less supports withdrawn."""
        def events(kind: str) -> int:
            (count,) = self._ask(select(func.count()).where(Event.type == kind))
            return count
        return events("proposal.supported") - events("proposal.support_withdrawn")

    def _ask(self, question: object) -> Sequence[int]:
        database = Database(self.database_url, owner=False)
        with database.read() as session:
            answer = session.scalars(question).all()
        database.close()
        return answer


@pytest.fixture(params=SET_UPS)
def ground(request: pytest.FixtureRequest, fresh_databases: FreshDatabases, serve: Serve, tmp_path: Path) -> Ground:
    engine, workers = request.param
    address = fresh_databases.make(engine)
    settings = from_environment({"SANPO_DATA": str(tmp_path / "data"), "SANPO_DATABASE_URL": address})
    services = make_services(settings, COMPONENTS, owner=False)
    person = People(services, system_clock)
    proposal = Scene(services.db, system_clock, person).proposal()
    everybody = [person() for _ in range(SIXTY)]
    people = {str(actor.id): {"Authorization": f"Bearer {person.token(actor)}"} for actor in everybody}
    services.db.close()
    return Ground(serve(workers=workers, SANPO_DATABASE_URL=address), settings.database_url, proposal, people)


def half_stay(who: str) -> Sequence[bool]:
    """Everybody supports, withdraws and supports; every second person withdraws at last."""
    return (True, False, True, False) if int(who) % 2 else (True, False, True)


def test_the_counter_is_exact_when_sixty_people_change_their_mind_at_once(ground: Ground) -> None:
    outcome = ground.trial(race=2).run(half_stay)
    stay = sum(outcome.wanted.values())
    assert ground.judge(outcome) == CLEAN
    assert (ground.counter(), ground.told(), len(outcome.wanted)) == (stay, stay, SIXTY)
    assert set(outcome.answers) == {"200"}


@pytest.mark.asvs("2.3.3")
def test_no_acknowledged_support_is_lost_or_doubled_by_kill_9(ground: Ground) -> None:
    outcome = ground.trial(race=2).run(half_stay, kills=3)
    stay = sum(outcome.wanted.values())
    assert ground.judge(outcome) == CLEAN
    assert (ground.counter(), ground.told(), outcome.kills) == (stay, stay, 4)
    assert ground.server.sanpo("audit", "verify") != ""
