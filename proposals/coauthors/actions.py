"""Writing together: invite, accept, decline, leave."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Update, delete, update
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.policy import Actor, ensure, signed_in
from participation.web.errors import NotFound
from proposals.coauthors.events import CoAuthorInvited, CoAuthorJoined, CoAuthorLeft
from proposals.coauthors.policy import MOST_AUTHORS, may_invite, may_join, may_leave
from proposals.coauthors.queries import is_invited, person_called
from proposals.models import ProposalAuthor
from proposals.policy import Standing, may_read
from proposals.queries import standing


def invite(session: Session, actor: Actor, proposal_id: int, whom: str, *, now: datetime) -> None:
    """Invite whoever has this e-mail address or name. Whether there is such a person is told to nobody: it returns
    the same, and the invited learn of it by a notice. Who declined is not asked again."""
    case = held(session, actor, proposal_id, now)
    ensure(may_invite(actor, case))
    account_id = person_called(session, whom)
    if account_id is None or account_id in case.authors:
        return
    row = {"proposal_id": proposal_id, "account_id": account_id, "invited_at": now}
    fresh = insert_ignore(ProposalAuthor.__table__, dialect_name(session)).returning(ProposalAuthor.__table__.c.id)
    if session.execute(fresh, row).first() is not None:
        fact = CoAuthorInvited(proposal_id=proposal_id, account_id=account_id)
        record(session, fact, actor=actor, subject_id=proposal_id, now=now)


def credit(
    session: Session, actor: Actor, proposal_id: int, *, joined: Sequence[int], invited: Sequence[int], now: datetime
) -> None:
    """Name those who made together what a draft is made of, as many as a proposal can have. `joined` have agreed
    beforehand to be named with their words and are authors at once, who can leave; `invited` are asked."""
    case = held(session, actor, proposal_id, now)
    ensure(may_invite(actor, case))
    new = [each for each in dict.fromkeys((*joined, *invited)) if each not in case.authors]
    for account_id in new[: MOST_AUTHORS - len(case.authors)]:
        at_once = account_id in joined
        row = {"proposal_id": proposal_id, "account_id": account_id, "invited_at": now}
        row["accepted_at"] = now if at_once else None
        session.execute(insert_ignore(ProposalAuthor.__table__, dialect_name(session)), row)
        if at_once:
            record(session, CoAuthorJoined(proposal_id=proposal_id), actor=None, subject_id=proposal_id, now=now)
        else:
            fact = CoAuthorInvited(proposal_id=proposal_id, account_id=account_id)
            record(session, fact, actor=actor, subject_id=proposal_id, now=now)


def join(session: Session, actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Accept an invitation: from now on this person is an author like the first."""
    case = held(session, actor, proposal_id, now)
    ensure(may_join(actor, case, is_invited(session, actor, proposal_id)))
    session.execute(_mine(actor, proposal_id).values(accepted_at=now))
    record(session, CoAuthorJoined(proposal_id=proposal_id), actor=actor, subject_id=proposal_id, now=now)


def decline(session: Session, actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Say no to an invitation; it does not come again."""
    ensure(signed_in(actor))
    held(session, actor, proposal_id, now)
    session.execute(_mine(actor, proposal_id).where(ProposalAuthor.accepted_at.is_(None)).values(declined_at=now))


def leave(session: Session, actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Cease to be an author. What one wrote stays in the versions."""
    ensure(may_leave(actor, held(session, actor, proposal_id, now)))
    session.execute(
        delete(ProposalAuthor).where(
            ProposalAuthor.proposal_id == proposal_id, ProposalAuthor.account_id == actor.id
        )
    )
    record(session, CoAuthorLeft(proposal_id=proposal_id), actor=actor, subject_id=proposal_id, now=now)


def held(session: Session, actor: Actor, proposal_id: int, now: datetime) -> Standing:
    """The proposal, locked, for its authors, its readers, and whoever is invited to write it.

    Raises:
        NotFound: there is none, or it is a draft of others.
    """
    case = standing(session, proposal_id, now, lock=True)
    if case is None or not (may_read(actor, case) or is_invited(session, actor, proposal_id)):
        raise NotFound
    return case


def _mine(actor: Actor, proposal_id: int) -> Update:
    return update(ProposalAuthor).where(
        ProposalAuthor.proposal_id == proposal_id, ProposalAuthor.account_id == actor.id
    )
