"""A workshop on its day: two teams, three people in each, one of whom has no account."""
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from participation.db import Database
from participation.policy import Actor
from participation.spaces.models import Process
from participation.subjects import Subject, create_subject
from tests.support.application import Acting, People
from tests.support.clock import TestClock
from workshops.actions import create_workshop
from workshops.boards.cases import Case, find_case
from workshops.boards.saving import add_card, save_field
from workshops.boards.teams import make_team, place_member
from workshops.members import add_member
from workshops.models import Kind, Workshop

SLUG = "harbour"


class Scene(Acting):
    """`scene.team["A"]`, `scene.people["A"]` (two with an account), `scene.guest` (of A, by a link)."""

    def __init__(self, db: Database, clock: TestClock, person: People) -> None:
        super().__init__(db, clock, person)
        self.desk = person("Desk", roles=("secretariat",))
        self.id = self._workshop()
        self.facilitator = person("Mori", roles=(("facilitator", "workshop", self.id),))
        self.team: dict[str, int] = {}
        self.people: dict[str, list[Actor]] = {}
        self.member: dict[int, int] = {}  # by account
        for name in ("A", "B"):
            case = self.case(self.desk)
            self.team[name] = self.do(make_team, self.desk, case, name).id
            self.people[name] = [self._join(person(f"{name}{number}"), name) for number in (1, 2)]
        joined = self.do(add_member, self.desk, self.id, name="Guest of A")
        self.guest, self.guest_key = joined.member.id, joined.key
        self.do(place_member, self.desk, self.case(self.desk), self.guest, self.team["A"])
        self.do(add_member, self.desk, self.id, name="Mori", kind=Kind.FACILITATOR, account_id=self.facilitator.id)
        self.state("confirmed")

    def _workshop(self) -> int:
        now = self.clock()

        def process(session: Any) -> int:
            subject = create_subject(session, "process", title="Harbour", now=now, published=True)
            session.add(Process(id=subject.id, slug="harbour", title={"ja": "港"}, state="published", updated_at=now))
            return subject.id
        values = {"title": {"ja": "港の一日", "en": "A day at the harbour"}, "dots": 3,
                  "question": {"ja": "どうすれば港を歩きたくなるか", "en": "How might we make the harbour a place to walk?"},
                  "starts_at": now, "ends_at": now + timedelta(hours=5)}
        return self.do(create_workshop, self.desk, self.db.write(process), SLUG, values).id

    def _join(self, who: Actor, team: str) -> Actor:
        member = self.do(add_member, self.desk, self.id, name=who.name, account_id=who.id).member.id
        self.do(place_member, self.desk, self.case(self.desk), member, self.team[team])
        self.member[who.id or 0] = member
        return who

    def state(self, state: str) -> None:
        def change(session: Any) -> None:
            session.execute(update(Workshop).values(state=state))
            session.execute(update(Subject).where(Subject.id == self.id).values(published_at=self.clock()))
        self.db.write(change)

    def case(self, who: Actor, team: str = "", guest: int | None = None) -> Case:
        return self.ask(find_case, who, SLUG, guest=guest, team_id=self.team.get(team))

    def path(self, team: str) -> str:
        return f"/workshops/{SLUG}/teams/{self.team[team]}"

    def note(self, who: Actor, team: str, uid: str, text: str, section: str = "idea") -> str:
        self._on(who, team, add_card, "note", uid, {"text": text}, section=section)
        return uid

    def poster(self, who: Actor, team: str, uid: str, **values: str) -> str:
        self._on(who, team, add_card, "poster", uid, values)
        return uid

    def save(self, who: Actor, team: str, uid: str, text: str, **seen: Any) -> int:
        return self._on(who, team, save_field, "note", uid, "text", text, **seen)

    def _on(self, who: Actor, team: str, action: Any, *arguments: Any, **named: Any) -> Any:
        """An action on a team's board, with the case read in its own transaction."""
        def work(session: Any) -> Any:
            case = find_case(session, who, SLUG, team_id=self.team[team])
            return action(session, who, case, *arguments, now=self.clock(), **named)
        return self.db.write(work)

    def on(self, who: Actor, action: Any, *arguments: Any, team: str = "A", **named: Any) -> Any:
        return self._on(who, team, action, *arguments, **named)


@pytest.fixture
def scene(db: Database, clock: TestClock, person: People) -> Scene:
    return Scene(db, clock, person)
