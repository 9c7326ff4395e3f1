"""Amendments as they are shown: in the list on a proposal's page, and one with what it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, select
from sqlalchemy.orm import Session

from participation import textdiff
from participation.accounts.models import Account
from participation.policy import N_
from participation.subjects import Subject
from proposals.models import Amendment, Proposal, ProposalVersion

STATES = {
    "open": (N_("Waiting for the authors"), "wait"),
    "accepted": (N_("Accepted by the authors"), "good"),
    "rejected": (N_("Not accepted by the authors"), "bad"),
    "withdrawn": (N_("Taken back"), ""),
}


@dataclass(frozen=True, kw_only=True)
class AmendmentItem:
    id: int
    author: str
    reason: str
    state: str
    created_at: datetime

    @property
    def label(self) -> str:
        return STATES[self.state][0]

    @property
    def mood(self) -> str:
        return STATES[self.state][1]


@dataclass(frozen=True, kw_only=True)
class AmendmentView(AmendmentItem):
    """`stale`: it waits, and the proposal has changed since. The parts show what it changes in the text as it stands
    while it waits, afterwards in the text that it was written for."""

    proposal_id: int
    proposal_title: str
    locale: str
    author_id: int
    title: str
    body: str
    base_version: int
    version: int
    decision_note: str
    decided_at: datetime | None
    hidden: bool
    hidden_reason: str
    title_parts: Sequence[textdiff.Part]
    body_parts: Sequence[textdiff.Part]
    kind: str = "amendment"

    @property
    def stale(self) -> bool:
        return self.state == "open" and self.version != self.base_version

    @property
    def visible(self) -> bool:
        return not self.hidden


_ITEM = (Amendment.id, Account.name.label("author"), Amendment.reason, Amendment.state, Amendment.created_at)
_OWN = Subject.__table__.alias("own")
_ON = (
    select(*_ITEM)
    .join(Account, Account.id == Amendment.author_id)
    .join(Subject, Subject.id == Amendment.id)
    .where(Amendment.proposal_id == bindparam("proposal"), Subject.hidden_at.is_(None))
    .order_by(case((Amendment.state == "open", 0), else_=1), Amendment.id.desc())
    .limit(20)
)
_ONE = (
    select(
        *_ITEM,
        Amendment.proposal_id,
        Amendment.author_id,
        Amendment.title,
        Amendment.body,
        Amendment.base_version,
        Amendment.decision_note,
        Amendment.decided_at,
        Subject.title.label("proposal_title"),
        Subject.locale,
        Proposal.version,
        Proposal.body.label("present_body"),
        ProposalVersion.title.label("base_title"),
        ProposalVersion.body.label("base_body"),
        _OWN.c.hidden_at,
        _OWN.c.hidden_reason,
    )
    .join(Proposal, Proposal.id == Amendment.proposal_id)
    .join(Subject, Subject.id == Proposal.id)
    .join(_OWN, _OWN.c.id == Amendment.id)
    .join(
        ProposalVersion,
        (ProposalVersion.proposal_id == Proposal.id) & (ProposalVersion.number == Amendment.base_version),
    )
    .join(Account, Account.id == Amendment.author_id)
    .where(Amendment.id == bindparam("id"))
)


def amendments_on(session: Session, proposal_id: int) -> tuple[AmendmentItem, ...]:
    """Those that wait first, then the newest; at most twenty. One query."""
    rows = session.execute(_ON, {"proposal": proposal_id})
    return tuple(AmendmentItem(**row._mapping) for row in rows)


def amendment_view(session: Session, amendment_id: int) -> AmendmentView | None:
    """One query, and the comparison."""
    row = session.execute(_ONE, {"id": amendment_id}).first()
    return None if row is None else _view(row)


def _view(row: Any) -> AmendmentView:
    values = dict(row._mapping)
    present = values.pop("present_body")
    base = values.pop("base_title"), values.pop("base_body")
    old_title, old_body = (row.proposal_title, present) if row.state == "open" else base
    return AmendmentView(
        **{name: value for name, value in values.items() if name != "hidden_at"},
        hidden=row.hidden_at is not None,
        title_parts=textdiff.compare(old_title, row.title),
        body_parts=textdiff.compare(old_body, row.body),
    )
