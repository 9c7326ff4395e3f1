"""Who names the voices behind a challenge (hook of consortium/voices): whoever keeps the challenge."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.challenges.models import Challenge
from consortium.challenges.policy import may_keep
from participation.policy import Actor, Verdict


def may_name_voices(session: Session, actor: Actor, challenge_id: int, now: datetime) -> Verdict:
    """One query."""
    return may_keep(actor, session.scalar(select(Challenge.organisation_id).where(Challenge.id == challenge_id)))
