"""Reads of single proposals; lists are in `listing`."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, bindparam, case, cast, exists, func, literal, null, select
from sqlalchemy.orm import Session

from participation.policy import Actor
from participation.spaces.queries import open_features_text, read_features
from participation.subjects import Subject
from proposals.models import Proposal, ProposalAuthor, State, Support
from proposals.policy import Standing, may_read

_CO_AUTHORS = (
    select(func.aggregate_strings(cast(ProposalAuthor.account_id, String), literal(",")))
    .where(ProposalAuthor.proposal_id == Proposal.id, ProposalAuthor.accepted_at.is_not(None))
    .scalar_subquery()
)
_SUPPORTED_BY_OTHERS = exists().where(
    Support.proposal_id == Proposal.id,
    Support.account_id != func.coalesce(Subject.author_id, 0),
    ~exists().where(
        ProposalAuthor.proposal_id == Proposal.id,
        ProposalAuthor.account_id == Support.account_id,
        ProposalAuthor.accepted_at.is_not(None),
    ),
)
_OWNERSHIP = (
    Proposal.id,
    Proposal.state,
    Proposal.process_id,
    Proposal.version,
    Proposal.merged_into_id,
    Subject.author_id,
    Subject.published_at,
    Subject.hidden_at,
    Subject.hidden_reason,
    _CO_AUTHORS.label("co_authors"),
    case((_SUPPORTED_BY_OTHERS, 1), else_=0).label("supported_by_others"),
)
STANDING_COLUMNS = (*_OWNERSHIP, open_features_text(Proposal.process_id, bindparam("now")).label("features"))
_STANDING = (
    select(*STANDING_COLUMNS).join(Subject, Subject.id == Proposal.id).where(Proposal.id == bindparam("id"))
)
_OF_ANY_TIME = (
    select(*_OWNERSHIP, null().label("features"))
    .join(Subject, Subject.id == Proposal.id)
    .where(Proposal.id == bindparam("id"))
)
_LOCKED = select(Proposal.id).where(Proposal.id == bindparam("id")).with_for_update()


def standing(session: Session, proposal_id: int, now: datetime, *, lock: bool = False) -> Standing | None:
    """What the policies look at, or None where there is no such proposal. One query.

    `lock` holds the row until the transaction ends, so that what a verdict saw is still true when it is acted upon
    (one more query; SQLite has one writer and needs no lock).
    """
    if lock:
        session.execute(_LOCKED, {"id": proposal_id})
    row = session.execute(_STANDING, {"id": proposal_id, "now": now}).first()
    return None if row is None else standing_of(row)


def standing_of(row: Any) -> Standing:
    """From a row that holds `STANDING_COLUMNS`."""
    co_authors = {int(part) for part in (row.co_authors or "").split(",") if part}
    return Standing(
        id=row.id,
        state=State(row.state),
        process_id=row.process_id,
        author_id=row.author_id,
        authors=frozenset({row.author_id} - {None} | co_authors),
        version=row.version,
        published=row.published_at is not None,
        hidden=row.hidden_at is not None,
        hidden_reason=row.hidden_reason,
        supported_by_others=bool(row.supported_by_others),
        merged_into_id=row.merged_into_id,
        features=read_features(row.features),
    )


def may_see(session: Session, actor: Actor, proposal_id: int) -> bool:
    """Whether the actor may open it, whatever the phase. One query."""
    row = session.execute(_OF_ANY_TIME, {"id": proposal_id}).first()
    return row is not None and bool(may_read(actor, standing_of(row)))
