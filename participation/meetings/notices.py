"""Who is told of a meeting: people of the body are invited and hear of changes; owners of tasks are reminded."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.meetings.calendars import entry_of
from participation.meetings.models import Access, ActionItem, Meeting
from participation.meetings.queries import people_of_body
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_
from participation.subjects import Subject
from participation.web.i18n import ZONE
from participation.web.ics import calendar_text

WORDS = {
    "meeting.invited": N_("You are invited: “%(title)s”. Please say whether you come."),
    "meeting.changed": N_("Another time or place: “%(title)s”."),
    "meeting.called_off": N_("“%(title)s” was called off."),
    "minutes.confirmed": N_("The minutes of “%(title)s” are confirmed."),
}


def meeting_rules() -> dict[str, NoticeRule]:
    about_meetings = {
        kind: NoticeRule(_to_the_body, says, _when_and_where, None if kind == "minutes.confirmed" else _calendar)
        for kind, says in WORDS.items()
    }
    return {
        **about_meetings,
        "action.given": NoticeRule(_to_the_owner, N_("You took something upon you at “%(title)s”."), _task),
        "action.due": NoticeRule(_to_the_owner, N_("Please remember what you took upon you at “%(title)s”."), _task),
    }


def _to_the_body(session: Session, event: StoredEvent) -> list[Wave]:
    """People of the body; followers of the body hear of it too, once it is public."""
    meeting = session.get(Meeting, event.body["meeting_id"])
    if meeting is None:
        return []
    waves = [Wave(people_of_body(meeting.body_kind, meeting.body_id), meeting.id, meeting.id, direct=True)]
    if event.type == "minutes.confirmed" and meeting.access == Access.PUBLIC:
        waves.append(Wave(followers(meeting.body_id), meeting.id, meeting.id))
    return waves


def _to_the_owner(session: Session, event: StoredEvent) -> list[Wave]:
    item = session.get(ActionItem, event.body["item"])
    if item is None:
        return []
    owner = select(ActionItem.owner_id).where(ActionItem.id == item.id, ActionItem.owner_id.is_not(None))
    return [Wave(owner, item.meeting_id, item.meeting_id, direct=True, params={"item": item.id})]


def _when_and_where(session: Session, row: NoticeRow) -> str:
    """Day and hour, place and agenda in their languages, and why it was called off."""
    meeting = session.get(Meeting, row.about_id or 0)
    if meeting is None:
        return ""
    start, end = meeting.starts_at.astimezone(ZONE), meeting.ends_at.astimezone(ZONE)
    lines = [f"{start:%Y-%m-%d %H:%M} – {end:%H:%M}", " / ".join(meeting.place.values()), meeting.url, meeting.reason]
    lines += [f"- {' / '.join(item.values())}" for item in meeting.agenda]
    return "\n".join(line for line in lines if line)


def _calendar(session: Session, row: NoticeRow, base: str, locale: str) -> str:
    """The meeting as it stands now, to be taken into the reader's calendar; what was called off leaves it again."""
    meeting = session.get(Meeting, row.about_id or 0)
    body = session.get(Subject, meeting.body_id) if meeting else None
    if meeting is None or body is None:
        return ""
    entry = entry_of(meeting, body.title, (meeting.place.to(locale), meeting.url), base, locale)
    return calendar_text(meeting.updated_at, entry).decode()


def _task(session: Session, row: NoticeRow) -> str:
    item = session.get(ActionItem, row.params.get("item", 0))
    return f"{item.due_on.isoformat()}: {' / '.join(item.text.values())}" if item else ""


