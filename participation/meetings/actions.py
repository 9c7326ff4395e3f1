"""Planning, inviting to, holding and calling off meetings; who comes, and who came. Each: ensure, change, record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from participation.component import Registry
from participation.db import Localized, dialect_name, insert_ignore
from participation.events import record
from participation.meetings.events import (
    AttendanceRecorded,
    MeetingAnswered,
    MeetingCalledOff,
    MeetingChanged,
    MeetingEntered,
    MeetingHeld,
    MeetingInvited,
    MeetingPlanned,
)
from participation.meetings.models import Access, Attendance, Meeting, MeetingState, Minutes, MinutesState, Precision
from participation.meetings.policy import (
    may_answer,
    may_change_meeting,
    may_move_meeting,
    may_plan,
    may_record,
)
from participation.meetings.port import Body, bodies
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound

FACTS = {
    MeetingState.INVITED: MeetingInvited,
    MeetingState.HELD: MeetingHeld,
    MeetingState.CALLED_OFF: MeetingCalledOff,
}
TELLING = ("starts_at", "ends_at", "place", "url")  # whoever was invited has to hear of a change of these


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an invitation says."""

    title: Localized
    starts_at: datetime
    ends_at: datetime
    access: Access = Access.PUBLIC
    place: Localized = field(default_factory=Localized)
    url: str = ""
    agenda: Sequence[Localized] = ()
    precision: Precision = Precision.TIME


def plan_meeting(
    session: Session, actor: Actor, body_id: int, said: Plan, *, registry: Registry, now: datetime
) -> Meeting:
    """A new meeting that only the body sees; it takes the next number of the body's meetings.

    Raises:
        NotFound: there is no such body.
    """
    body = found_body(session, registry, body_id)
    ensure(may_plan(actor, body.kind, body_id, body.at_work))
    newest = session.scalar(select(func.max(Meeting.number)).where(Meeting.body_id == body_id)) or 0
    subject = create_subject(session, "meeting", title=said.title.to("ja"), author_id=actor.id, now=now)
    row = Meeting(id=subject.id, body_id=body_id, body_kind=body.kind, number=newest + 1)
    row.created_at = row.updated_at = now
    _write(row, said)
    session.add(row)
    session.flush()
    fact = MeetingPlanned(meeting_id=row.id, body_id=body_id)
    record(session, fact, actor=actor, subject_id=row.id, now=now)
    return row


def enter_past_meeting(
    session: Session,
    actor: Actor,
    body_id: int,
    said: Plan,
    *,
    number: int,
    minutes: Localized,
    registry: Registry,
    now: datetime,
) -> Meeting:
    """A meeting that was held before the platform was there, public at once, with its number in the body's row and its
    minutes, if there are any, as a draft."""
    body = found_body(session, registry, body_id)
    ensure(may_plan(actor, body.kind, body_id, True))
    ensure(require(said.ends_at <= now, N_("This meeting is not over yet.")))
    title = said.title.to("ja")
    subject = create_subject(session, "meeting", title=title, author_id=actor.id, now=now, published=True)
    row = Meeting(id=subject.id, body_id=body_id, body_kind=body.kind, number=number, state=MeetingState.HELD)
    row.created_at = row.updated_at = now
    _write(row, said)
    session.add(row)
    session.flush()
    if minutes:
        session.add(Minutes(meeting_id=row.id, body=minutes, editor_id=actor.id, updated_at=now))
        session.flush()
    mark_for_indexing(session, row.id, now)
    fact = MeetingEntered(meeting_id=row.id, body_id=body_id)
    record(session, fact, actor=actor, subject_id=row.id, now=now)
    return row


def keep_typed(session: Session, actor: Actor, meeting_id: int, typed: dict[str, Any], *, now: datetime) -> None:
    """Keep what stands in the form of a meeting and is not saved yet; nobody else sees it."""
    row = found_meeting(session, meeting_id)
    ensure(may_change_meeting(actor, row))
    row.typed = typed


def change_meeting(session: Session, actor: Actor, meeting_id: int, said: Plan, *, now: datetime) -> list[str]:
    """Bring it to `said`; returns the names of what changed. Calendars that hold it take the change over, and people
    who were invited are told of another time or place."""
    row = found_meeting(session, meeting_id)
    ensure(may_change_meeting(actor, row))
    before = {each.name: getattr(row, each.name) for each in fields(said)}
    _write(row, said)
    row.typed = {}
    changed = [name for name, value in before.items() if getattr(row, name) != value]
    if not changed:
        return []
    row.updated_at, row.sequence = now, row.sequence + 1
    session.execute(update(Subject).where(Subject.id == row.id).values(title=row.title.to("ja")))
    session.flush()
    mark_for_indexing(session, row.id, now)
    if row.state == MeetingState.INVITED and any(name in TELLING for name in changed):
        fact = MeetingChanged(meeting_id=row.id, fields=",".join(changed))
        record(session, fact, actor=actor, subject_id=row.id, now=now)
    return changed


def move_meeting(
    session: Session, actor: Actor, meeting_id: int, to: MeetingState, *, reason: str = "", now: datetime
) -> None:
    """Invite to it (which publishes it), say that it was held, or call it off with the reason."""
    row = found_meeting(session, meeting_id)
    ensure(may_move_meeting(actor, row, to, now, agenda=bool(row.agenda)))
    ensure(require(bool(reason) or to != MeetingState.CALLED_OFF, N_("Please say why.")))
    row.state, row.updated_at, row.sequence = to, now, row.sequence + 1
    if to == MeetingState.CALLED_OFF:
        row.reason, row.number = reason, None
    if to == MeetingState.INVITED:
        session.execute(update(Subject).where(Subject.id == row.id).values(published_at=now))
    session.flush()
    mark_for_indexing(session, row.id, now)
    private = {"reason": reason} if reason else None
    record(session, FACTS[to](meeting_id=row.id), actor=actor, subject_id=row.id, private=private, now=now)


def answer_meeting(session: Session, actor: Actor, meeting_id: int, comes: bool, *, now: datetime) -> None:
    """Say whether one comes; saying it again replaces what was said."""
    row = found_meeting(session, meeting_id)
    ensure(may_answer(actor, row, now))
    said = {"answer": comes, "answered_at": now}
    about = {"meeting_id": meeting_id, "account_id": actor.id, "name": "", "present": False}
    session.execute(insert_ignore(Attendance, dialect_name(session)).values(**about, **said))
    own = (Attendance.meeting_id == meeting_id, Attendance.account_id == actor.id)
    session.execute(update(Attendance).where(*own).values(**said))
    record(session, MeetingAnswered(meeting_id=meeting_id, comes=comes), actor=actor, subject_id=row.id, now=now)


def record_presence(
    session: Session, actor: Actor, meeting_id: int, accounts: Collection[int], names: Sequence[str], *, now: datetime
) -> None:
    """Write down who was there: people with an account, and the names of others. It replaces what stood there."""
    row = found_meeting(session, meeting_id)
    ensure(may_record(actor, row, minutes_state(session, meeting_id)))
    mine = Attendance.meeting_id == meeting_id
    session.execute(delete(Attendance).where(mine, Attendance.account_id.is_(None)))
    session.execute(update(Attendance).where(mine).values(present=Attendance.account_id.in_(list(accounts))))
    for account_id in accounts:
        coming = {"meeting_id": meeting_id, "account_id": account_id, "name": "", "present": True}
        session.execute(insert_ignore(Attendance, dialect_name(session)).values(**coming))
    session.add_all([Attendance(meeting_id=meeting_id, name=name, present=True) for name in dict.fromkeys(names)])
    session.flush()
    fact = AttendanceRecorded(meeting_id=meeting_id, present=len(set(accounts)) + len(set(names)))
    record(session, fact, actor=actor, subject_id=meeting_id, now=now)


def found_meeting(session: Session, meeting_id: int) -> Meeting:
    """The row, locked. Raises NotFound."""
    row = session.get(Meeting, meeting_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def found_body(session: Session, registry: Registry, body_id: int) -> Body:
    """The body. Raises NotFound."""
    found = bodies(session, registry, [body_id]).get(body_id)
    if found is None:
        raise NotFound
    return found


def minutes_state(session: Session, meeting_id: int) -> MinutesState | None:
    """How far the minutes of a meeting have come; None before the first word."""
    state = session.scalar(select(Minutes.state).where(Minutes.meeting_id == meeting_id))
    return MinutesState(state) if state else None


def _write(row: Meeting, said: Plan) -> None:
    for each in fields(said):
        setattr(row, each.name, getattr(said, each.name))
    row.agenda = [dict(item) for item in said.agenda]
