"""A workshop that was held, with a team, its persona, its poster and an idea; nothing of its record is written yet."""
from datetime import timedelta
from typing import Any

import pytest

from participation.db import Database
from participation.policy import Actor
from participation.services import Services
from participation.spaces.models import Phase, Process
from participation.subjects import create_subject
from tests.proposals.doors import Doors
from tests.support.application import Acting, People
from tests.support.client import Client
from tests.support.clock import TestClock
from workshops.actions import move_workshop
from workshops.boards.models import Dot, Moment, Note, Persona, Poster, Section, Team
from workshops.models import State, Workshop, WorkshopMember
from workshops.records import actions

FEATURES = ["propose", "support", "comment", "workshop"]
POSTER = {"concept": "見守りベンチ", "for_whom": "坂の上に一人で住む人", "problem": "休む所がなく、外に出なくなる",
          "big_idea": "座ると灯りがともり、近所にあいさつが届く", "how": "座面のセンサーが、選んだ人だけに知らせる。"}
DAY = (("06:30", "起きて薬を飲む", 0, "今日も静か"), ("10:00", "坂を下りて買い物へ", -1, "荷物が重い"),
       ("11:30", "坂の途中で休みたい", -2, "座る所がない"), ("15:00", "公園で友だちと話す", 2, "また明日ね"))


class HeldDay(Acting):
    """`held.id` is the workshop, `held.poster`, `held.idea`, `held.persona` what its team made; `held.hana` belongs to
    the team and agreed to be named, `held.taro` too but did not agree, `held.desk` and `held.facilitator` organise."""

    def __init__(self, services: Services, clock: TestClock, person: People) -> None:
        super().__init__(services.db, clock, person)
        self.services, self.registry = services, services.registry
        self.desk = person("Desk", roles=("secretariat",))
        self.hana, self.taro = person("Hana"), person("Taro")
        self.id = services.db.write(self._workshop)
        self.facilitator = person("Facilitator", roles=(("facilitator", "workshop", self.id),))
        self.path = "/workshops/park"

    def _workshop(self, session: Any) -> int:
        now = self.clock()
        process = create_subject(session, "process", title="Vision", now=now, published=True)
        session.add(Process(id=process.id, slug="vision", title={"ja": "ビジョン"}, state="published", updated_at=now))
        session.flush()
        session.add(Phase(process_id=process.id, title={"ja": "考える"}, starts_at=now - timedelta(days=9),
                          features=FEATURES))
        subject = create_subject(session, "workshop", title="夜の公園", now=now, space_id=process.id, published=True)
        times = {"starts_at": now - timedelta(hours=6), "ends_at": now - timedelta(hours=1)}
        self.process, self.space = process.id, process.id
        row = Workshop(id=subject.id, slug="park", process_id=process.id, state=State.HELD, capacity=4, **times,
                       title={"ja": "夜の公園", "en": "The park at night"}, created_at=now, updated_at=now,
                       question={"ja": "どうすれば夜も歩きたくなる?", "en": "How might we walk at night?"})
        session.add(row)
        session.flush()
        self._team(session, row.id, now)
        return row.id

    def _team(self, session: Any, workshop_id: int, now: Any) -> None:
        team = Team(workshop_id=workshop_id, name="A")
        session.add(team)
        session.flush()
        who = [WorkshopMember(workshop_id=workshop_id, account_id=account, name=name, named=named, team_id=team.id,
                              kind="participant", added_at=now)
               for account, name, named in ((self.hana.id, "Hana", True), (self.taro.id, "Taro", False),
                                            (None, "Guest", False))]
        about = {"team_id": team.id, "changed_at": now}
        persona = Persona(uid="persona-one", name="田中みつ", age="78", home="長田の坂の上", **about)
        note = Note(uid="note-number-1", section=Section.IDEA, text="座ると光るベンチ", **about)
        subject = create_subject(session, "poster", title=POSTER["concept"], now=now, space_id=self.process)
        session.add_all([*who, persona, note])
        session.flush()
        session.add(Poster(id=subject.id, uid="poster-one", **POSTER, **about, note_id=note.id))
        session.add_all(Moment(uid=f"moment-{n}", persona_id=persona.id, at=at, activity=activity, feeling=feeling,
                               words=words, **about) for n, (at, activity, feeling, words) in enumerate(DAY))
        session.flush()
        session.add(Dot(member_id=who[0].id, poster_id=subject.id, at=now))
        self.team, self.persona, self.idea, self.poster = team.id, persona.id, note.id, subject.id
        self.members = [each.id for each in who]

    def write(self) -> None:
        """Everything that a record cannot do without."""
        self.do(actions.write_story, self.facilitator, self.id, {"ja": "坂を**歩き**ました。", "en": "We walked."})
        self.do(actions.add_lesson, self.facilitator, self.id, {"ja": "歩いてから考える。", "en": "Walk first."})

    def publish(self) -> None:
        self.write()
        self.do(move_workshop, self.facilitator, self.id, State.PUBLISHED, registry=self.registry)

    @property
    def base(self) -> Database:
        return self.services.db


def anybody(day: HeldDay) -> dict[str, Actor | None]:
    return {"nobody": None, "citizen": day.person("Somebody"), "member": day.hana, "facilitator": day.facilitator,
            "secretariat": day.desk, "auditor": day.person("Auditor", roles=("auditor",))}


@pytest.fixture
def day(services: Services, clock: TestClock, person: People) -> HeldDay:
    return HeldDay(services, clock, person)


@pytest.fixture
def doors(client: Client) -> Doors:
    return Doors(client)
