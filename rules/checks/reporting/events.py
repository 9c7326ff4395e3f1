"""What happens to yearly reports."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class SelfReportSubmitted(Fact):
    """The log commits to the text without holding it."""

    TYPE = "rule.report_submitted"
    AUDITED = True
    SAYS = N_("An organisation handed in its yearly report on an article of a rule")
    report_id: int
    organisation_id: int
    document_id: int
    year: int
    step: int


@dataclass(frozen=True, kw_only=True)
class SelfReportReviewed(Fact):
    TYPE = "rule.report_reviewed"
    AUDITED = True
    SAYS = N_("The secretariat accepted or returned a yearly report")
    report_id: int
    organisation_id: int
    document_id: int
    year: int
    to: str  # accepted | returned
    step: int  # number of the row that holds the reason


@dataclass(frozen=True, kw_only=True)
class SelfReportDue(Fact):
    """`days` that are left at most; -1: it can be handed in from now on; 0: its time is over."""

    TYPE = "rule.report_due"
    organisation_id: int
    document_id: int
    article: str
    year: int
    days: int


EVENTS = (SelfReportSubmitted, SelfReportReviewed, SelfReportDue)
