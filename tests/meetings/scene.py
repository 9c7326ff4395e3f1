"""Meetings of a working group in each of their states, made through the actions."""
from datetime import timedelta
from typing import Any

import pytest

from consortium.groups.models import GroupRole
from participation.db import Localized
from participation.meetings import actions, minuting
from participation.meetings.models import Access, MeetingState, MinutesState
from participation.meetings.views import WholeMeeting
from participation.meetings.queries import whole_meeting
from participation.policy import ANONYMOUS, Actor
from participation.services import Services
from tests.groups.scene import Gathering, council, doors, gathering

AGENDA = (Localized({"ja": "前回の振り返り", "en": "Looking back"}), Localized({"ja": "歩道の計画", "en": "Pavements"}))
SECRET = "極秘の発言"  # stands where only members may look


class Chamber:
    """`chamber.meeting(state)` -> id, of the group that `chamber.lead` chairs; `.minutes(id)`, `.confirm(id)`."""

    def __init__(self, gathering: Gathering, services: Services) -> None:
        self.gathering, self.db, self.clock = gathering, gathering.db, gathering.clock
        self.registry = services.registry
        self.group = gathering.group()
        self.lead = gathering.join(self.group, GroupRole.CHAIR)
        self.member = gathering.join(self.group)
        self.adviser = gathering.join(self.group, GroupRole.ADVISER)
        self.desk, self.auditor = gathering.desk, gathering.person(roles=("auditor",))
        self.stranger = gathering.join(gathering.group(), GroupRole.CHAIR)  # leads another group
        self.citizen = gathering.person()

    @property
    def roles(self) -> dict[str | None, Actor | None]:
        return {None: None, "citizen": self.citizen, "lead of another": self.stranger, "member": self.member,
                "adviser": self.adviser, "lead": self.lead, "secretariat": self.desk, "auditor": self.auditor}

    def do(self, action: Any, *arguments: Any, **named: Any) -> Any:
        return self.gathering.council.do(action, *arguments, **named)

    def plan(self, *, hours: float = 48, access: Access = Access.PUBLIC, title: str = "第1回会議", **more: Any) -> int:
        starts = self.clock() + timedelta(hours=hours)
        said = actions.Plan(title=Localized({"ja": title}), starts_at=starts, ends_at=starts + timedelta(hours=2),
                            access=access, **{"agenda": AGENDA, "place": Localized({"ja": "市役所"}), **more})
        return self.db.write(lambda s: actions.plan_meeting(
            s, self.lead, self.group.line.id, said, registry=self.registry, now=self.clock()).id)

    def move(self, meeting: int, to: MeetingState, **more: Any) -> None:
        self.do(actions.move_meeting, self.lead, meeting, to, **more)

    def meeting(self, state: MeetingState = MeetingState.HELD, **more: Any) -> int:
        """One in this state; a held one has just ended."""
        number = self.plan(**more)
        if state == MeetingState.PLANNED:
            return number
        self.move(number, MeetingState.INVITED)
        if state == MeetingState.HELD:
            self.clock.advance(hours=more.get("hours", 48) + 2)
            self.move(number, state)
        elif state == MeetingState.CALLED_OFF:
            self.move(number, state, reason="A storm.")
        return number

    def minutes(self, meeting: int, text: str = SECRET) -> None:
        self.do(minuting.write_minutes, self.lead, meeting, Localized({"ja": text}))

    def confirm(self, meeting: int) -> str:
        """By a later meeting that is held for it."""
        return self.do(minuting.confirm_minutes, self.lead, meeting, self.meeting(title="次の会議"))

    def see(self, meeting: int, actor: Actor = ANONYMOUS) -> WholeMeeting | None:
        with self.db.read() as session:
            return whole_meeting(session, self.registry, actor, meeting)


@pytest.fixture
def chamber(gathering: Gathering, services: Services) -> Chamber:
    return Chamber(gathering, services)


__all__ = ["SECRET", "Chamber", "MeetingState", "MinutesState", "chamber", "council", "doors", "gathering"]
