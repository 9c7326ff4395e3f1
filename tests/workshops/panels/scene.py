"""A workshop that calls for applications, and people who applied, with numbers that are the same in every run."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from participation.mail.models import Mail
from participation.policy import Actor
from participation.services import Services
from participation.spaces.models import Phase, Process
from participation.subjects import create_subject
from tests.support.application import Acting, People
from tests.support.clock import TestClock
from workshops.actions import Quota, move_workshop
from workshops.models import State, Workshop, WorkshopApplication, WorkshopQuestion, WorkshopQuota
from workshops.panels.actions import enter_value
from workshops.panels.closing import promise_seed
from workshops.panels.inviting import answer
from workshops.panels.mailing import office_of
from workshops.panels.models import Answer, WorkshopDraw, WorkshopInvitation

SECRET = "5e" * 32
QUOTAS = (Quota(feature="gender", value="f", minimum=2, maximum=2),
          Quota(feature="age", value="young", minimum=1, maximum=3))
WORDS = {"gender": ("性別", "Gender", {"f": ("女性", "Women"), "m": ("男性", "Men")}),
         "age": ("年代", "Age", {"young": ("若い", "Under 50"), "old": ("年上", "50 and over")})}
Pool = Mapping[str, Mapping[str, str]]


def usual_pool(people: int) -> Pool:
    return {f"NUM{n:07}": {"gender": "fm"[n % 2], "age": "young" if n % 3 == 0 else "old", "area": "elsewhere"}
            for n in range(people)}


class Scene(Acting):
    """`scene.workshop(12)` calls for applications and has 12 of them, alternating in gender, a third of them young."""

    def __init__(self, services: Services, clock: TestClock, person: People) -> None:
        super().__init__(services.db, clock, person)
        self.services, self.office = services, office_of(services)
        self.desk = person("Desk", roles=("secretariat",))
        self.numbers = 0

    def workshop(self, people: int = 12, capacity: int = 4, quotas: Sequence[Quota] = QUOTAS,
                 accounts: Mapping[int, Actor] | None = None, pool: Pool | None = None) -> int:
        """`pool` are answers by number, in the order in which they came; without it `people` made-up ones."""
        self.numbers += 1
        now, slug = self.clock(), f"day-{self.numbers}"

        def make(session: Any) -> int:
            process = create_subject(session, "process", title="P", now=now, published=True)
            session.add(Process(id=process.id, slug=f"p-{process.id}", title={"ja": "場"}, state="published",
                                updated_at=now))
            session.flush()
            session.add(Phase(process_id=process.id, title={"ja": "募集"}, starts_at=now, features=["workshop"]))
            subject = create_subject(session, "workshop", title="街の一日", now=now, space_id=process.id, published=True)
            workshop = Workshop(
                id=subject.id, slug=slug, process_id=process.id, title={"ja": "街の一日", "en": "A day in town"},
                question={"ja": "どうすれば?"}, venue={"ja": "三宮の会議室", "en": "A hall"}, capacity=capacity,
                state=State.RECRUITING, starts_at=now + timedelta(days=40), ends_at=now + timedelta(days=40, hours=5),
                call_opens_at=now, call_closes_at=now + timedelta(days=10), created_at=now, updated_at=now)
            session.add(workshop)
            session.flush()
            for key, (ja, en, options) in WORDS.items():
                answers = [{"key": value, "label": {"ja": a, "en": b}} for value, (a, b) in options.items()]
                session.add(WorkshopQuestion(
                    workshop_id=workshop.id, key=key, label={"ja": ja, "en": en}, why={}, options=answers))
            session.add_all(WorkshopQuota(workshop_id=workshop.id, **vars(each)) for each in quotas)
            promise_seed(session, self.desk, workshop, now=now, make=lambda: SECRET)
            session.add_all(self._application(workshop.id, n, accounts or {}, number, answers)
                            for n, (number, answers) in enumerate((pool or usual_pool(people)).items()))
            return workshop.id

        return self.db.write(make)

    def _application(self, workshop_id: int, n: int, accounts: Mapping[int, Actor], number: str,
                     answers: Mapping[str, str]) -> WorkshopApplication:
        who, now = accounts.get(n), self.clock()
        return WorkshopApplication(
            workshop_id=workshop_id, account_id=who.id if who else None, email=f"applicant{n}@example.test",
            email_confirmed_at=now, name=f"Applicant {n}", locale="en" if n % 2 else "ja", number=number,
            answers=dict(answers), created_at=now, updated_at=now)

    def close(self, workshop_id: int) -> None:
        """The call ends before its time."""
        self.do(move_workshop, self.desk, workshop_id, State.DRAWING, reason="Enough.", registry=self.services.registry)

    def drawn(self, deliver: Any, **values: Any) -> int:
        """A workshop whose places are drawn."""
        workshop_id = self.workshop(**values)
        self.close(workshop_id)
        deliver()
        self.do(enter_value, self.desk, workshop_id, "27,105.20", "https://example.test/n", answer_days=7)
        self.clock.advance(seconds=2)
        deliver()
        return workshop_id

    def answer(self, workshop_id: int, number: str, to: Answer) -> None:
        self.do(answer, self.office, None, workshop_id, number, to)

    def draw(self, workshop_id: int) -> WorkshopDraw:
        return self.ask(lambda session: session.get_one(WorkshopDraw, workshop_id))

    def invitations(self, workshop_id: int) -> list[WorkshopInvitation]:
        rows = select(WorkshopInvitation).where(WorkshopInvitation.workshop_id == workshop_id)
        return self.ask(lambda session: session.scalars(rows.order_by(WorkshopInvitation.id)).all())

    def standing(self, workshop_id: int) -> dict[str, str]:
        return {row.number: row.state for row in self.invitations(workshop_id)}

    def mails(self) -> list[tuple[str, str]]:
        """(address, subject) of all mails."""
        rows = select(Mail.recipient, Mail.subject).order_by(Mail.id)
        return [tuple(row) for row in self.ask(lambda session: session.execute(rows).all())]


@pytest.fixture
def scene(services: Services, clock: TestClock, person: People) -> Scene:
    return Scene(services, clock, person)
