"""When reports of a running pilot are due: every month on the day on which it was started, until its period ends."""

from calendar import monthrange
from datetime import date


def next_report(started: date | None, written: int, ends_on: date | None) -> date | None:
    """The day on which the next report is due, if `written` came so far; None once no month of the period is left."""
    if started is None or ends_on is None:
        return None
    due = months_later(started, written + 1)
    return due if due <= ends_on else None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last one of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
