"""What reviewers said to the fields of a pilot."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.pilots.models import PilotNote
from participation.accounts.models import Account


@dataclass(frozen=True)
class Note:
    body: str
    by: str
    at: datetime


def notes_of(session: Session, pilot_id: int, number: int) -> dict[str, Note]:
    """By field, of one round of the review. One query."""
    rows = session.execute(
        select(PilotNote, Account.name)
        .outerjoin(Account, Account.id == PilotNote.author_id)
        .where(PilotNote.pilot_id == pilot_id, PilotNote.round == number)
    )
    return {note.field: Note(note.body, name or "", note.at) for note, name in rows}
