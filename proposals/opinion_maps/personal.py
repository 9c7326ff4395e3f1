"""What opinion maps know of a person: their votes and statements. Votes stay in the map without them."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.portability import as_plain
from participation.subjects import Subject
from proposals.opinion_maps.models import OpinionMap, OpinionParticipant, OpinionStatement, OpinionVote


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    votes = (
        select(OpinionMap.slug, OpinionStatement.number, OpinionStatement.text, OpinionVote.vote, OpinionVote.at)
        .join(OpinionStatement, OpinionStatement.id == OpinionVote.statement_id)
        .join(OpinionMap, OpinionMap.id == OpinionStatement.map_id)
        .join(OpinionParticipant, OpinionParticipant.id == OpinionVote.participant_id)
        .where(OpinionParticipant.account_id == account_id)
        .order_by(OpinionVote.at)
    )
    statements = (
        select(OpinionMap.slug, OpinionStatement.number, OpinionStatement.text, OpinionStatement.state)
        .add_columns(OpinionStatement.reason, OpinionStatement.created_at)
        .join(OpinionMap, OpinionMap.id == OpinionStatement.map_id)
        .join(Subject, Subject.id == OpinionStatement.id)
        .where(Subject.author_id == account_id)
        .order_by(OpinionStatement.id)
    )
    return {"opinion_votes": as_plain(session, votes), "opinion_statements": as_plain(session, statements)}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """Cut the thread between the account and its votes: they stay in the map, and are nobody's."""
    forget = update(OpinionParticipant).where(OpinionParticipant.account_id == account_id).values(account_id=None)
    session.execute(forget, execution_options={"synchronize_session": False})
