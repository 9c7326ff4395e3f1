"""Giving and taking back a support: a unique row, an exact counter, the cap, the event, in one transaction.

Each step is one statement that decides in the database: the row goes in unless it is there, the cap's counter rises
unless it is full, the proposal's counter moves unless the proposal was closed meanwhile. The proposal's row, which
everybody who supports it waits for, is touched last. Statements are of the tables, not the models, as the object layer
costs more than the database here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.policy import N_, Actor, Refused, ensure
from participation.web import Conflict
from proposals.models import Proposal, Support, SupportUse
from proposals.supporting.events import ProposalSupported, SupportWithdrawn
from proposals.supporting.policy import OPEN_FOR_SUPPORT, may_support, may_withdraw_support
from proposals.supporting.queries import Case, support_case

NO_CAP = 2**31 - 1
ENGINES = {"sqlite": sqlite, "postgresql": postgresql}
_PROPOSAL, _SUPPORT, _USE = Proposal.__table__, Support.__table__, SupportUse.__table__


@dataclass(frozen=True)
class Supported:
    supports_count: int
    supported: bool


_GIVE = {name: insert_ignore(_SUPPORT, name).returning(_SUPPORT.c.proposal_id) for name in ENGINES}
_TAKE = (
    delete(_SUPPORT)
    .where(_SUPPORT.c.proposal_id == bindparam("proposal"), _SUPPORT.c.account_id == bindparam("person"))
    .returning(_SUPPORT.c.proposal_id)
)
_COUNT = (
    update(_PROPOSAL)
    .where(_PROPOSAL.c.id == bindparam("proposal"), or_(*(_PROPOSAL.c.state == state for state in OPEN_FOR_SUPPORT)))
    .values(supports_count=_PROPOSAL.c.supports_count + bindparam("by"))
    .returning(_PROPOSAL.c.supports_count)
)
_COUNT_NOW = select(_PROPOSAL.c.supports_count).where(_PROPOSAL.c.id == bindparam("proposal"))
_GIVEN_IN_PROCESS = (
    select(func.count())
    .select_from(_SUPPORT.join(_PROPOSAL, _PROPOSAL.c.id == _SUPPORT.c.proposal_id))
    .where(_SUPPORT.c.account_id == bindparam("person"), _PROPOSAL.c.process_id == bindparam("process"))
    .scalar_subquery()
)


def _use(dialect: Any) -> Any:
    row = dialect.insert(_USE).values(
        process_id=bindparam("process"), account_id=bindparam("person"), used=_GIVEN_IN_PROCESS
    )
    return row.on_conflict_do_update(
        index_elements=[_USE.c.process_id, _USE.c.account_id],
        set_={"used": _USE.c.used + 1},
        where=_USE.c.used < bindparam("cap"),
    ).returning(_USE.c.used)


_USE_ONE = {name: _use(dialect) for name, dialect in ENGINES.items()}
_FREE_ONE = (
    update(_USE)
    .where(_USE.c.process_id == bindparam("process"), _USE.c.account_id == bindparam("person"))
    .values(used=_USE.c.used - 1)
)


def support(session: Session, actor: Actor, proposal_id: int, now: datetime) -> Supported:
    """Support a proposal; saying it twice changes nothing.

    Raises:
        NotFound, Refused: see `may_support`.
        Conflict: the proposal was closed at this very moment.
    """
    case = support_case(session, actor, proposal_id, now)
    ensure(may_support(actor, case))
    if case.supported:
        return Supported(case.supports_count, True)
    run, engine = session.connection().execute, dialect_name(session)
    row = {"proposal_id": proposal_id, "account_id": actor.id, "at": now}
    if run(_GIVE[engine], row).first() is None:  # the same person, in another window, was faster
        return Supported(run(_COUNT_NOW, {"proposal": proposal_id}).scalar_one(), True)
    if case.cap is not None or case.use_kept:
        _use_one(run, engine, actor, case)
    record(session, ProposalSupported(proposal_id=proposal_id), actor=actor, subject_id=proposal_id, now=now)
    return Supported(_move_counter(run, proposal_id, 1), True)


def withdraw_support(session: Session, actor: Actor, proposal_id: int, now: datetime) -> Supported:
    """Take a support back; it frees one where the process has a cap. Without a support nothing changes.

    Raises:
        NotFound, Refused: see `may_withdraw_support`.
        Conflict: the proposal was closed at this very moment.
    """
    case = support_case(session, actor, proposal_id, now)
    ensure(may_withdraw_support(actor, case))
    run = session.connection().execute
    if not case.supported:
        return Supported(case.supports_count, False)
    if run(_TAKE, {"proposal": proposal_id, "person": actor.id}).first() is None:
        return Supported(run(_COUNT_NOW, {"proposal": proposal_id}).scalar_one(), False)
    if case.cap is not None or case.use_kept:
        run(_FREE_ONE, {"process": case.process_id, "person": actor.id})
    record(session, SupportWithdrawn(proposal_id=proposal_id), actor=actor, subject_id=proposal_id, now=now)
    return Supported(_move_counter(run, proposal_id, -1), False)


def _use_one(run: Any, engine: str, actor: Actor, case: Case) -> None:
    cap = NO_CAP if case.cap is None else case.cap
    used = run(_USE_ONE[engine], {"process": case.process_id, "person": actor.id, "cap": cap}).scalar()
    if used is None or used > cap:
        raise Refused(may_support(actor, _full(case)))


def _full(case: Case) -> Case:
    from dataclasses import replace

    return replace(case, used=case.cap or 0)


def _move_counter(run: Any, proposal_id: int, by: int) -> int:
    count = run(_COUNT, {"proposal": proposal_id, "by": by}).scalar()
    if count is None:
        raise Conflict(N_("This proposal was closed at this very moment. Your support was not changed."))
    return count
