"""The city as a whole starts enough new services in each fiscal year (April to March)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from consortium.services.queries import first_days
from participation.policy import N_
from participation.web.i18n import ZONE
from rules.checks.parameters import Count
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found

SAYS = N_("In each fiscal year at least %(at_least)s new services begin in the whole city.")
FOR = (SubjectKind.CITY,)


@dataclass(frozen=True)
class Parameters:
    at_least: Count


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """Kept once enough have begun this year; until then due, or broken where last year had too few. Nothing is known
    while no service has begun. One query."""
    today = at.astimezone(ZONE).date()
    counts = Counter(_year(day) for day in first_days(session).values() if day <= today)
    return {each.id: _judge(counts, _year(today), parameters.at_least) for each in subjects} if counts else {}


def _judge(counts: Counter[int], year: int, at_least: int) -> Finding:
    see = (evidence("/services", N_("The catalogue of services")),)
    says = N_("New services in fiscal year %(year)s: %(n)s of %(at_least)s.")
    if counts[year] >= at_least:
        return found(State.KEPT, says, year=str(year), n=counts[year], at_least=at_least, see=see)
    if counts[year - 1] < at_least and min(counts) < year:
        return found(State.BROKEN, says, year=str(year - 1), n=counts[year - 1], at_least=at_least, see=see)
    ends = datetime.combine(date(year + 1, 3, 31), time(23, 59, 59), ZONE)
    return found(State.DUE, says, by=ends, year=str(year), n=counts[year], at_least=at_least, see=see)


def _year(day: date) -> int:
    """The fiscal year of a day, by the year in which it begins."""
    return day.year if day.month >= 4 else day.year - 1
