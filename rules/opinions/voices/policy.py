"""Who may like a light voice. Reading is everybody's; reporting and hiding are moderation's."""

from datetime import datetime

from participation.policy import N_, Actor, Verdict, require, takes_part
from participation.subjects import Subject
from rules.opinions.cases import Case
from rules.opinions.models import Opinion

GONE = N_("This voice is no longer shown.")
OVER = N_("The public comment is not open: likes stay as they are.")


def may_like(actor: Actor, subject: Subject, opinion: Opinion, case: Case, now: datetime) -> Verdict:
    """Whoever takes part, on what somebody else wrote, until the close."""
    return (
        takes_part(actor)
        & require(subject.visible and opinion.withdrawn_at is None, GONE)
        & require(subject.author_id != actor.id, N_("You wrote this voice yourself."))
        & require(case.is_open(now), OVER, "closed")
    )
