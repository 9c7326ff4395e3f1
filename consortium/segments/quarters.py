"""Quarters of the fiscal year, by the clocks of the city, and by when their reports are asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from participation.policy import N_
from participation.web.i18n import ZONE

KEY = re.compile(r"(20[0-9]{2})-Q([1-4])")
GRACE = timedelta(days=30)  # after the quarter's end
ASKED = 4  # quarters that count: those of a year
LABEL = N_("FY%(year)s quarter %(n)s (%(months)s)")
MONTHS = (N_("April to June"), N_("July to September"), N_("October to December"), N_("January to March"))
Steps = Sequence[tuple[str, date]]  # (state of the service, from which day), in order


@dataclass(frozen=True, order=True)
class Quarter:
    """`year` is the fiscal one, which begins in April; quarter 4 is January to March of the calendar year after it."""

    year: int
    number: int

    @property
    def key(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def begins(self) -> date:
        return date(self.year + self.number // 4, (self.number * 3) % 12 + 1, 1)

    @property
    def ends(self) -> date:
        """The last day."""
        return self.next.begins - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @property
    def deadline(self) -> datetime:
        return datetime.combine(self.ends + GRACE, time(23, 59, 59), ZONE)

    @property
    def months(self) -> tuple[str, str, str]:
        """As feedback names them: 2026-04."""
        first = self.begins
        return tuple(f"{first.year}-{first.month + n:02}" for n in range(3))  # type: ignore[return-value]

    def over(self, at: datetime) -> bool:
        return self.ends < at.astimezone(ZONE).date()


def read_quarter(text: str) -> Quarter | None:
    """`2026-Q1` is April to June 2026."""
    match = KEY.fullmatch(text)
    return Quarter(int(match[1]), int(match[2])) if match else None


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year - (day.month < 4), (day.month - 4) % 12 // 3 + 1)


def last_quarters(at: datetime, count: int = ASKED) -> tuple[Quarter, ...]:
    """Those that are over, the newest first."""
    found = [quarter_of(at.astimezone(ZONE).date()).previous]
    while len(found) < count:
        found.append(found[-1].previous)
    return tuple(found)


def asked_quarters(steps: Steps, published: date | None, at: datetime) -> tuple[Quarter, ...]:
    """Those of the last year at whose end the service was in operation and in the catalogue, the newest first."""
    return tuple(
        quarter
        for quarter in last_quarters(at)
        if published is not None and published <= quarter.ends and _state_on(quarter.ends, steps) == "running"
    )


def _state_on(day: date, steps: Steps) -> str:
    return next((state for state, since in reversed(steps) if since <= day), "")
