"""Years of KPIs: a fiscal year is that of Japan's public bodies, from April to March, and named by its April."""

from datetime import datetime, timedelta
from enum import StrEnum

from participation.policy import N_
from participation.web.i18n import ZONE

FIRST, LAST = 1950, 2150
APRIL = 4


class Calendar(StrEnum):
    FISCAL = "fiscal"
    CALENDAR = "calendar"


NAMES = {Calendar.FISCAL: N_("FY%(year)s"), Calendar.CALENDAR: N_("Year %(year)s")}


def year_of(now: datetime, calendar: Calendar) -> int:
    """The year that is running, in the city's time zone."""
    day = now.astimezone(ZONE).date()
    return day.year - (calendar == Calendar.FISCAL and day.month < APRIL)


def end_of(year: int, calendar: Calendar) -> datetime:
    """The last moment of the year."""
    month = APRIL if calendar == Calendar.FISCAL else 1
    return datetime(year + 1, month, 1, tzinfo=ZONE) - timedelta(microseconds=1)
