"""Official answers as they are shown."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from participation.policy import N_
from proposals.models import Answer, State

SAYS = {
    State.ACCEPTED: N_("The city accepts this proposal"),
    State.PARTLY_ACCEPTED: N_("The city accepts a part of this proposal"),
    State.REJECTED: N_("The city does not take this proposal up"),
    State.IN_PROGRESS: N_("The city is carrying this out"),
    State.DONE: N_("This has been carried out"),
}


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    number: int
    state: str
    reasons: str
    locale: str
    department: str
    cost: str
    starts_on: date | None
    next_report_on: date | None
    at: datetime | None  # None in a preview

    @property
    def headline(self) -> str:
        """The decision in a sentence (a message id)."""
        return SAYS[State(self.state)]


_COLUMNS = ("number", "state", "reasons", "locale", "department", "cost", "starts_on", "next_report_on", "at")
_ALL = (
    select(*(getattr(Answer, name) for name in _COLUMNS))
    .where(Answer.proposal_id == bindparam("proposal"))
    .order_by(Answer.number.desc())
)


def answers_to(session: Session, proposal_id: int) -> tuple[AnswerView, ...]:
    """Every official answer, the newest first. One query."""
    rows = session.execute(_ALL, {"proposal": proposal_id})
    return tuple(AnswerView(**row._mapping) for row in rows)
