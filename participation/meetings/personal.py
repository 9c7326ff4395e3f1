"""What meetings know of a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.meetings.models import ActionItem, Attendance, Meeting, Minutes, MinutesNote, Paper
from participation.portability import as_plain

WRITERS = (Minutes.editor_id, Minutes.confirmed_by_id, MinutesNote.author_id, Paper.added_by_id, ActionItem.done_by_id)


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    came = (
        select(Meeting.title, Meeting.starts_at, Attendance.answer, Attendance.present)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Attendance.account_id == account_id)
        .order_by(Attendance.id)
    )
    tasks = select(ActionItem.text, ActionItem.due_on, ActionItem.done_at).where(ActionItem.owner_id == account_id)
    return {"meetings": as_plain(session, came), "tasks": as_plain(session, tasks.order_by(ActionItem.id))}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """That somebody was there or took something upon them stays, without a name; who wrote what is forgotten."""
    for column in WRITERS:
        forget = update(column.class_).where(column == account_id).values({column.key: None})
        session.execute(forget, execution_options={"synchronize_session": False})
