"""What the links know of a person: that they made something of a poster or an idea."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consortium.outcomes.models import Outcome
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    made = select(Outcome.poster_id, Outcome.note_id, Outcome.kind, Outcome.target_id, Outcome.at)
    return {"made_of_posters": as_plain(session, made.where(Outcome.made_by_id == account_id).order_by(Outcome.id))}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    forget = update(Outcome).where(Outcome.made_by_id == account_id).values(made_by_id=None)
    session.execute(forget, execution_options={"synchronize_session": False})
