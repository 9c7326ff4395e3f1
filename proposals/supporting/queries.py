"""What a support is decided by, in one query; and whether the counters are right."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, case, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from participation.db import UTCDateTime, look_up
from participation.policy import Actor, Verdict
from participation.spaces.models import Process
from participation.spaces.queries import open_features_text, read_features
from participation.subjects import Subject
from participation.web import NotFound
from proposals.models import Proposal, Support, SupportUse


@dataclass(frozen=True)
class Case:
    """A person before a proposal. `use_kept`: a row counts the person's supports in the process."""

    proposal_id: int
    process_id: int
    state: str
    features: frozenset[str]
    supported: bool
    supports_count: int
    cap: int | None
    used: int
    use_kept: bool

    @property
    def left(self) -> int | None:
        """Supports that the person can still give in this process; None where there is no cap."""
        return None if self.cap is None else max(0, self.cap - self.used)


@dataclass(frozen=True)
class SupportBox:
    """What the region of a proposal's page shows."""

    case: Case
    allowed: Verdict
    withdrawable: Verdict

    @property
    def verdict(self) -> Verdict:
        """Of what the button would do now."""
        return self.withdrawable if self.case.supported else self.allowed

    @property
    def usable(self) -> bool:
        """Whether there is a button; who is not signed in has one too and is asked who they are."""
        return bool(self.verdict) or self.verdict.kind == "sign_in"


_PERSON = bindparam("person", type_=BigInteger)
_NOW = bindparam("now", type_=UTCDateTime)
_USED = (
    select(SupportUse.used)
    .where(SupportUse.process_id == Proposal.process_id, SupportUse.account_id == _PERSON)
    .correlate(Proposal)
    .scalar_subquery()
)
_GIVEN = Proposal.__table__.alias("given")
# Rows of before the process had a cap count too; asked for only while no row counts them.
_COUNTED = (
    select(func.count())
    .select_from(Support.__table__.join(_GIVEN, _GIVEN.c.id == Support.proposal_id))
    .where(Support.account_id == _PERSON, _GIVEN.c.process_id == Proposal.process_id)
    .correlate(Proposal)
    .scalar_subquery()
)
_CASE = (
    select(
        Proposal.process_id,
        Proposal.state,
        Proposal.supports_count,
        Process.support_cap,
        open_features_text(Proposal.process_id, _NOW).label("features"),
        select(literal(1))
        .where(Support.proposal_id == Proposal.id, Support.account_id == _PERSON)
        .exists()
        .label("supported"),
        _USED.label("kept"),
        case((Process.support_cap.is_not(None), func.coalesce(_USED, _COUNTED)), else_=0).label("used"),
    )
    .join(Subject, Subject.id == Proposal.id)
    .join(Process, Process.id == Proposal.process_id)
    .where(Proposal.id == bindparam("proposal"), Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
)


def support_case(session: Session, actor: Actor, proposal_id: int, now: datetime) -> Case:
    """One query.

    Raises:
        NotFound: there is no such proposal that everybody may see.
    """
    asked = {"person": actor.id, "proposal": proposal_id, "now": now}
    row = look_up(session, _CASE, asked).first()
    if row is None:
        raise NotFound
    return Case(
        proposal_id=proposal_id,
        process_id=row.process_id,
        state=row.state,
        features=read_features(row.features),
        supported=bool(row.supported),
        supports_count=row.supports_count,
        cap=row.support_cap,
        used=row.used,
        use_kept=row.kept is not None,
    )


_ROWS = select(func.count()).where(Support.proposal_id == Proposal.id).correlate(Proposal).scalar_subquery()
_USES = (
    select(func.count())
    .select_from(Support.__table__.join(Proposal.__table__, Proposal.id == Support.proposal_id))
    .where(Support.account_id == SupportUse.account_id, Proposal.process_id == SupportUse.process_id)
    .correlate(SupportUse)
    .scalar_subquery()
)
_OF_PROPOSALS = select(literal("supports"), Proposal.id, null(), Proposal.supports_count, _ROWS).where(
    Proposal.supports_count != _ROWS
)
_MISMATCHES = union_all(
    _OF_PROPOSALS,
    select(literal("use"), SupportUse.process_id, SupportUse.account_id, SupportUse.used, _USES).where(
        SupportUse.used != _USES
    ),
)
_AFTER = bindparam("after", type_=BigInteger)
_LAST_OF_ROUND = select(Proposal.id).where(Proposal.id > _AFTER).order_by(Proposal.id)
_IN_ROUND = _OF_PROPOSALS.where(Proposal.id > _AFTER, Proposal.id <= bindparam("last", type_=BigInteger))


@dataclass(frozen=True)
class Mismatch:
    """A counter that differs from its rows: `what` is supports (of a proposal) or use (of a person in a process)."""

    what: str
    id: int
    account_id: int | None
    counter: int
    rows: int


def counter_mismatches(session: Session) -> list[Mismatch]:
    """Every counter of supports that is not exactly what its rows say; empty when all is well. Reads every support."""
    return [Mismatch(*row) for row in session.connection().execute(_MISMATCHES)]


def mismatches_after(session: Session, after: int, proposals: int) -> tuple[list[Mismatch], int]:
    """The same for the next `proposals` counters behind the id `after`, and the last id looked at (0: at the end)."""
    ids = session.scalars(_LAST_OF_ROUND.limit(proposals), {"after": after}).all()
    if not ids:
        return [], 0
    rows = session.connection().execute(_IN_ROUND, {"after": after, "last": ids[-1]})
    return [Mismatch(*row) for row in rows], ids[-1] if len(ids) == proposals else 0
