"""What pilots know of a person: steps, notes and reports. They are the council's and stay; their writer goes."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consortium.pilots.models import PilotNote, PilotReport, PilotStep
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    steps = select(PilotStep.pilot_id, PilotStep.to_state, PilotStep.reason, PilotStep.at)
    notes = select(PilotNote.pilot_id, PilotNote.field, PilotNote.body, PilotNote.at)
    said = (PilotReport.done, PilotReport.voices, PilotReport.following, PilotReport.lessons)
    reports = select(PilotReport.pilot_id, PilotReport.kind, *said, PilotReport.at)
    return {
        "pilot_steps": as_plain(session, steps.where(PilotStep.actor_id == account_id).order_by(PilotStep.id)),
        "pilot_notes": as_plain(session, notes.where(PilotNote.author_id == account_id).order_by(PilotNote.at)),
        "pilot_reports": as_plain(session, reports.where(PilotReport.author_id == account_id).order_by(PilotReport.id)),
    }


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    for column in (PilotStep.actor_id, PilotNote.author_id, PilotReport.author_id):
        forget = update(column.class_).where(column == account_id).values({column.key: None})
        session.execute(forget, execution_options={"synchronize_session": False})
