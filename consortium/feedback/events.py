"""What happens to feedback. No fact says who gave it: only the row knows, and only of whoever has an account."""

from dataclasses import dataclass

from participation.events import Fact


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(Fact):
    TYPE = "feedback.given"
    feedback_id: int
    service_id: int
    satisfaction: int


@dataclass(frozen=True, kw_only=True)
class FeedbackWorded(Fact):
    """It has words from now on; its subject is that of the event."""

    TYPE = "feedback.worded"
    feedback_id: int
    service_id: int


@dataclass(frozen=True, kw_only=True)
class FeedbackWithdrawn(Fact):
    TYPE = "feedback.withdrawn"
    feedback_id: int
    service_id: int


EVENTS = (FeedbackGiven, FeedbackWorded, FeedbackWithdrawn)
