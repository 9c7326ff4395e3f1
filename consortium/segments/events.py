"""What happens to quarterly reports."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class ServiceReported(Fact):
    TYPE = "service.reported"
    AUDITED = True
    SAYS = N_("A quarterly report on a service was handed in or corrected")
    service_id: int
    year: int  # fiscal
    quarter: int
    version: int


@dataclass(frozen=True, kw_only=True)
class ServiceReportDue(Fact):
    """Its time is over in so many days, or over (0)."""

    TYPE = "service.report_due"
    service_id: int
    year: int
    quarter: int
    days: int


EVENTS = (ServiceReported, ServiceReportDue)
