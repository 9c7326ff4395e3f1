"""What the links know of a person: that they named a voice for somebody's work."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consortium.voices.models import VoiceLink
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    links = select(VoiceLink.target_id, VoiceLink.source_id, VoiceLink.at)
    return {"linked_voices": as_plain(session, links.where(VoiceLink.added_by_id == account_id).order_by(VoiceLink.at))}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    forget = update(VoiceLink).where(VoiceLink.added_by_id == account_id).values(added_by_id=None)
    session.execute(forget, execution_options={"synchronize_session": False})
