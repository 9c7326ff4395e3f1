"""Merging a proposal into another: supports and followers move, nobody counts twice, the old one stays readable."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, literal, select, text, update
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.notifications.following import move_followers
from participation.policy import Actor, ensure
from participation.search.actions import mark_for_indexing
from participation.web.errors import NotFound
from proposals.merging.events import ProposalMerged
from proposals.merging.policy import may_merge
from proposals.models import Proposal, State, Support, SupportUse
from proposals.policy import Standing
from proposals.queries import standing

_SUPPORT, _USE, _PROPOSAL = Support.__table__, SupportUse.__table__, Proposal.__table__
_OLD, _NEW = bindparam("old"), bindparam("new")
_OTHER = _SUPPORT.alias("other")
# Who supports both gets one support back where the process counts them.
_FREE_DOUBLES = (
    update(_USE)
    .where(
        _USE.c.process_id == bindparam("process"),
        _USE.c.account_id.in_(
            select(_SUPPORT.c.account_id)
            .join(_OTHER, _OTHER.c.account_id == _SUPPORT.c.account_id)
            .where(_SUPPORT.c.proposal_id == _OLD, _OTHER.c.proposal_id == _NEW)
        ),
    )
    .values(used=_USE.c.used - 1)
)
_MOVED = select(literal(0) + _NEW, _SUPPORT.c.account_id, _SUPPORT.c.at).where(_SUPPORT.c.proposal_id == _OLD)
_LEAVE = delete(_SUPPORT).where(_SUPPORT.c.proposal_id == _OLD)
_COUNT = (
    update(_PROPOSAL)
    .where(_PROPOSAL.c.id == _NEW)
    .values(supports_count=select(func.count()).where(_SUPPORT.c.proposal_id == _NEW).scalar_subquery())
    .returning(_PROPOSAL.c.supports_count)
)
_CLOSE = (
    update(_PROPOSAL)
    .where(_PROPOSAL.c.id == _OLD)
    .values(state=State.MERGED, merged_into_id=_NEW, supports_count=0, updated_at=bindparam("now"))
)


def merge(session: Session, actor: Actor, proposal_id: int, into_id: int, *, reason: str, now: datetime) -> int:
    """Merge a proposal into another of its process; returns how many supports that one has now.

    The texts and comments of the merged one stay where they are; its address leads to the other.

    Raises:
        NotFound, Refused: see `may_merge`.
    """
    if dialect_name(session) == "postgresql":
        # Supports under way are waited for and new ones wait: none is left behind, and nothing locks in a circle.
        session.execute(text("LOCK TABLE support IN SHARE ROW EXCLUSIVE MODE"))
    cases = {id: _held(session, id, now) for id in sorted({proposal_id, into_id})}
    case = cases[proposal_id]
    ensure(may_merge(actor, case, cases[into_id]))
    supports = _move_supports(session, case, into_id, now)
    move_followers(session, proposal_id, into_id)
    for id in cases:
        mark_for_indexing(session, id, now)
    record(
        session,
        ProposalMerged(proposal_id=proposal_id, into_id=into_id, supports=supports),
        actor=actor,
        subject_id=proposal_id,
        private={"reason": reason},
        now=now,
    )
    return supports


def _move_supports(session: Session, case: Standing, into_id: int, now: datetime) -> int:
    run, both = session.connection().execute, {"old": case.id, "new": into_id}
    run(_FREE_DOUBLES, {**both, "process": case.process_id})
    given = insert_ignore(_SUPPORT, dialect_name(session)).from_select(["proposal_id", "account_id", "at"], _MOVED)
    run(given, both)
    run(_LEAVE, both)
    run(_CLOSE, {**both, "now": now})
    return run(_COUNT, both).scalar_one()


def _held(session: Session, proposal_id: int, now: datetime) -> Standing:
    case = standing(session, proposal_id, now, lock=True)
    if case is None or not case.published:
        raise NotFound
    return case
