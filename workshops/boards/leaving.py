"""Giving a place back: who wrote nothing is forgotten, and what the others wrote stays where it is, with their name."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshops.boards.fields import KINDS
from workshops.boards.models import Dot
from workshops.models import WorkshopMember


def leave(session: Session, member: WorkshopMember, *, now: datetime) -> None:
    """Take a member out. Whoever has a card or a dot on a board remains known as its author, and comes in no more."""
    owners = [*(model.author_id for model in KINDS.values()), Dot.member_id]
    if any(session.scalar(select(owner).where(owner == member.id).limit(1)) is not None for owner in owners):
        member.left_at, member.team_id, member.key_hash, member.named = now, None, None, False
        member.news_to = member.news_locale = None
    else:
        session.delete(member)
    session.flush()
