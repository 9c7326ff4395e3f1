"""Minutes from their draft to their confirmation, decisions, and what is to be done. Each: ensure, change, record."""

import hashlib
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.events import canonical, record
from participation.meetings.actions import found_meeting, minutes_state
from participation.meetings.events import (
    ActionDone,
    ActionGiven,
    DecisionRecorded,
    DecisionStruck,
    MinutesConfirmed,
    MinutesNoted,
    MinutesWritten,
)
from participation.meetings.models import ActionItem, Decision, Meeting, Minutes, MinutesNote, MinutesState
from participation.meetings.policy import may_confirm, may_finish, may_give_action, may_note, may_record
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.web.errors import NotFound


def write_minutes(session: Session, actor: Actor, meeting_id: int, body: Localized, *, now: datetime) -> Minutes:
    """Bring the draft to this text (Markdown); only the body sees it until it is confirmed."""
    meeting = found_meeting(session, meeting_id)
    row = session.get(Minutes, meeting_id, with_for_update=True, populate_existing=True)
    ensure(may_record(actor, meeting, MinutesState(row.state) if row else None))
    if row is not None and row.body == body:
        return row
    row = row or Minutes(meeting_id=meeting_id, state=MinutesState.DRAFT)
    row.body, row.editor_id, row.updated_at = body, actor.id, now
    session.add(row)
    session.flush()
    record(session, MinutesWritten(meeting_id=meeting_id), actor=actor, subject_id=meeting_id, now=now)
    return row


def confirm_minutes(session: Session, actor: Actor, meeting_id: int, later_id: int, *, now: datetime) -> str:
    """Freeze minutes and decisions as the later meeting `later_id` confirmed them; returns the SHA-256 of that text."""
    meeting, later = found_meeting(session, meeting_id), session.get(Meeting, later_id)
    row = session.get(Minutes, meeting_id, with_for_update=True, populate_existing=True)
    ensure(may_confirm(actor, meeting, MinutesState(row.state) if row else None, later))
    assert row is not None  # ensured above
    row.frozen = canonical(frozen_of(session, meeting, row))
    row.sha256 = hashlib.sha256(row.frozen.encode()).hexdigest()
    row.state, row.confirmed_in_id = MinutesState.CONFIRMED, later_id
    row.confirmed_by_id, row.confirmed_at = actor.id, now
    session.flush()
    mark_for_indexing(session, meeting_id, now)
    fact = MinutesConfirmed(meeting_id=meeting_id, confirmed_in=later_id, sha256=row.sha256)
    record(session, fact, actor=actor, subject_id=meeting_id, now=now)
    return row.sha256


def frozen_of(session: Session, meeting: Meeting, minutes: Minutes) -> dict[str, Any]:
    """What a confirmation freezes. No names: who erases their account is to be forgotten here too."""
    rows = session.scalars(select(Decision).where(Decision.meeting_id == meeting.id).order_by(Decision.number))
    return {
        "decisions": [{"number": row.number, "text": dict(row.text)} for row in rows],
        "meeting": meeting.id,
        "minutes": dict(minutes.body),
        "number": meeting.number,
        "starts_at": meeting.starts_at.isoformat(),
        "title": dict(meeting.title),
    }


def note_minutes(session: Session, actor: Actor, meeting_id: int, body: str, *, now: datetime) -> MinutesNote:
    """Correct confirmed minutes by a note that stands beside them for good."""
    meeting = found_meeting(session, meeting_id)
    ensure(may_note(actor, meeting, minutes_state(session, meeting_id)))
    row = MinutesNote(meeting_id=meeting_id, body=body, author_id=actor.id, at=now)
    session.add(row)
    session.flush()
    fact = MinutesNoted(meeting_id=meeting_id, note=row.id)
    record(session, fact, actor=actor, subject_id=meeting_id, private={"body": body}, now=now)
    return row


def record_decision(session: Session, actor: Actor, meeting_id: int, text: Localized, *, now: datetime) -> Decision:
    """Write down a decision; it takes the next number of the body's decisions."""
    meeting = found_meeting(session, meeting_id)
    ensure(may_record(actor, meeting, minutes_state(session, meeting_id)))
    newest = session.scalar(select(func.max(Decision.number)).where(Decision.body_id == meeting.body_id)) or 0
    row = Decision(meeting_id=meeting_id, body_id=meeting.body_id, number=newest + 1, text=text)
    session.add(row)
    session.flush()
    fact = DecisionRecorded(meeting_id=meeting_id, number=row.number)
    record(session, fact, actor=actor, subject_id=meeting_id, private={"text": dict(text)}, now=now)
    return row


def strike_decision(session: Session, actor: Actor, meeting_id: int, number: int, *, now: datetime) -> None:
    """Take a decision out of a draft again; that it stood there stays in the audit log."""
    meeting = found_meeting(session, meeting_id)
    ensure(may_record(actor, meeting, minutes_state(session, meeting_id)))
    wanted = select(Decision).where(Decision.meeting_id == meeting_id, Decision.number == number)
    row = session.scalars(wanted).first()
    if row is None:
        raise NotFound
    session.delete(row)
    session.flush()
    fact = DecisionStruck(meeting_id=meeting_id, number=number)
    record(session, fact, actor=actor, subject_id=meeting_id, now=now)


def give_action(
    session: Session,
    actor: Actor,
    meeting_id: int,
    text: Localized,
    due_on: date,
    *,
    owner_id: int | None = None,
    owner: str = "",
    now: datetime,
) -> ActionItem:
    """Somebody takes something upon them until a day: an account, or somebody named."""
    ensure(may_give_action(actor, found_meeting(session, meeting_id)))
    ensure(require(owner_id is not None or bool(owner), N_("Please say who does it.")))
    row = ActionItem(meeting_id=meeting_id, text=text, due_on=due_on, owner_id=owner_id, owner=owner)
    session.add(row)
    session.flush()
    fact = ActionGiven(meeting_id=meeting_id, item=row.id)
    record(session, fact, actor=actor, subject_id=meeting_id, private={"text": dict(text)}, now=now)
    return row


def finish_action(session: Session, actor: Actor, item_id: int, done: bool, *, now: datetime) -> ActionItem:
    """Mark it as done, or as not done after all; twice changes nothing."""
    row = session.get(ActionItem, item_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    ensure(may_finish(actor, found_meeting(session, row.meeting_id), row.owner_id))
    if (row.done_at is not None) == done:
        return row
    row.done_at, row.done_by_id = (now, actor.id) if done else (None, None)
    session.flush()
    fact = ActionDone(item=row.id, done=done)
    record(session, fact, actor=actor, subject_id=row.meeting_id, now=now)
    return row
