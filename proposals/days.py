"""Days in the city's time zone."""

from datetime import date, datetime

from participation.web.i18n import ZONE


def today(now: datetime) -> date:
    return now.astimezone(ZONE).date()
