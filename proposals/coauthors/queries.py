"""Authors and invitations."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.policy import Actor
from participation.subjects import Subject
from proposals.models import Proposal, ProposalAuthor, State


@dataclass(frozen=True)
class Invitation:
    proposal_id: int
    title: str
    locale: str
    by: str
    invited_at: datetime


_OPEN = (ProposalAuthor.accepted_at.is_(None), ProposalAuthor.declined_at.is_(None))


def is_invited(session: Session, actor: Actor, proposal_id: int) -> bool:
    """Whether an invitation of this person waits for an answer."""
    waiting = exists().where(
        ProposalAuthor.proposal_id == proposal_id, ProposalAuthor.account_id == actor.id, *_OPEN
    )
    return bool(session.scalar(select(waiting)))


def invitations_of(session: Session, actor: Actor) -> tuple[Invitation, ...]:
    """What a person was invited to and has not answered yet. One query."""
    rows = session.execute(
        select(Proposal.id, Subject.title, Subject.locale, Account.name, ProposalAuthor.invited_at)
        .join(Proposal, Proposal.id == ProposalAuthor.proposal_id)
        .join(Subject, Subject.id == Proposal.id)
        .join(Account, Account.id == Subject.author_id)
        .where(ProposalAuthor.account_id == actor.id, *_OPEN, Subject.hidden_at.is_(None))
        .where(Proposal.state.in_((State.DRAFT, State.PUBLISHED)))
        .order_by(ProposalAuthor.invited_at.desc())
    )
    return tuple(Invitation(*row) for row in rows)


def person_called(session: Session, words: str) -> int | None:
    """The one account with this e-mail address, or with this name if nobody else has it too."""
    usable = (Account.email_confirmed_at.is_not(None), Account.blocked_at.is_(None), Account.erased_at.is_(None))
    wanted = Account.email == words.lower() if "@" in words else Account.name == words
    ids = session.scalars(select(Account.id).where(wanted, *usable).limit(2)).all()
    return ids[0] if len(ids) == 1 else None
