"""Who is entered in a group hears of it; its followers hear that it ends or begins again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.groups.labels import STATES
from consortium.groups.models import GroupMember, GroupState, WorkingGroup
from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_


def group_rules() -> dict[str, NoticeRule]:
    return {
        "group.joined": NoticeRule(_to_the_person, N_("You were entered in “%(title)s”.")),
        "group.left": NoticeRule(_to_the_person, N_("Your time in “%(title)s” has ended.")),
        "group.moved": NoticeRule(_to_followers, N_("%(title)s: %(decision)s"), _reason),
    }


def _to_the_person(session: Session, event: StoredEvent) -> list[Wave]:
    group_id = event.body["group_id"]
    person = select(GroupMember.account_id).where(
        GroupMember.id == event.body["member"], GroupMember.account_id.is_not(None)
    )
    return [Wave(person, group_id, group_id, direct=True)]


def _to_followers(session: Session, event: StoredEvent) -> list[Wave]:
    group_id = event.body["group_id"]
    return [Wave(followers(group_id), group_id, group_id, params={"decision": STATES[GroupState(event.body["to"])]})]


def _reason(session: Session, row: NoticeRow) -> str:
    group = session.get(WorkingGroup, row.about_id or 0)
    return group.reason if group else ""
