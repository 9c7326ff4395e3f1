"""What happens to pilots."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class PilotDrafted(Fact):
    TYPE = "pilot.drafted"
    pilot_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class PilotMoved(Fact):
    TYPE = "pilot.moved"
    AUDITED = True
    SAYS = N_("A pilot went a step on its way")
    pilot_id: int
    before: str  # the state that it left
    to: str
    step: int  # number of the row that holds the reason


@dataclass(frozen=True, kw_only=True)
class PilotReported(Fact):
    """The log commits to the words without holding them."""

    TYPE = "pilot.reported"
    AUDITED = True
    SAYS = N_("A pilot was reported on or evaluated")
    pilot_id: int
    report_id: int
    kind: str  # progress | evaluation


@dataclass(frozen=True, kw_only=True)
class PilotBecameService(Fact):
    TYPE = "pilot.became_service"
    AUDITED = True
    SAYS = N_("A pilot became a service of the catalogue")
    pilot_id: int
    service_id: int


@dataclass(frozen=True, kw_only=True)
class PilotReportDue(Fact):
    """`due`: the day, YYYY-MM-DD."""

    TYPE = "pilot.report_due"
    pilot_id: int
    due: str


@dataclass(frozen=True, kw_only=True)
class PilotStoodInBallot(Fact):
    """The result of a ballot in which it stood was published."""

    TYPE = "pilot.stood_in_ballot"
    pilot_id: int
    ballot_id: int
    won: bool


EVENTS = (PilotDrafted, PilotMoved, PilotReported, PilotBecameService, PilotReportDue, PilotStoodInBallot)
