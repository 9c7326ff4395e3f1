"""When a yearly report is asked for: once for each Japanese fiscal year, after it is over.

The year runs from 1 April to 31 March. Its report can be handed in from 1 April after it until the end of 30 June, by
the clocks of the city. Whoever handed it in in time and has it returned has at least `CORRECTION` to hand it in again.
A year is asked of those whom the rules bound before it ended. What counts on a day is the last year whose time is over
and the one that is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from participation.web.i18n import ZONE
from rules.checks.reporting.models import ReportState

CORRECTION = timedelta(days=14)
Steps = Sequence[tuple[str, datetime]]  # (state, when), the first one first


@dataclass(frozen=True, order=True)
class Year:
    """The fiscal year that begins in April of `number`."""

    number: int

    @property
    def ends(self) -> date:
        return date(self.number + 1, 3, 31)

    @property
    def opens_at(self) -> datetime:
        """From when its report can be handed in."""
        return datetime.combine(date(self.number + 1, 4, 1), time(), ZONE)

    @property
    def deadline(self) -> datetime:
        return datetime.combine(date(self.number + 1, 6, 30), time(23, 59, 59), ZONE)


def years_that_count(at: datetime) -> tuple[Year, ...]:
    """The last year whose time is over, and the open one if there is one."""
    day = at.astimezone(ZONE).date()
    newest = Year(day.year - 1 if day >= date(day.year, 4, 1) else day.year - 2)  # the last one that is over
    return (newest,) if at > newest.deadline else (Year(newest.number - 1), newest)


def years_asked(since: date | None, at: datetime) -> tuple[Year, ...]:
    """Those of them that are asked of who is bound since that day."""
    return tuple(year for year in years_that_count(at) if since is not None and since <= year.ends)


def first_year(since: date | None, at: datetime) -> Year:
    """The first year that will be asked of who was bound too late for those that count."""
    day = max(since or at.astimezone(ZONE).date(), years_that_count(at)[-1].ends + timedelta(days=1))
    return Year(day.year if day >= date(day.year, 4, 1) else day.year - 1)


@dataclass(frozen=True)
class Progress:
    """How far a report has come: its state, by when something is to be done about it, and whether it came in time."""

    state: ReportState
    due: datetime
    in_time: bool


def progress(year: Year, steps: Steps) -> Progress:
    """What follows from the steps of a report, of which a draft has none."""
    state, due, in_time = ReportState.DRAFT, year.deadline, True
    for to, at in steps:
        state = ReportState(to)
        if state == ReportState.SUBMITTED:
            in_time = at <= due
        elif state == ReportState.RETURNED and in_time:
            due = max(due, at + CORRECTION)
    return Progress(state, due, in_time)
