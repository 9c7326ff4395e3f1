"""Dates that a calendar takes in (RFC 5545). A later sequence number of the same uid replaces what it holds."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event

from participation.web.answers import Response


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`uid` stays for good; `sequence` goes up with each change."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    url: str
    text: str = ""
    sequence: int = 0
    called_off: bool = False


def calendar_text(now: datetime, *entries: Entry) -> bytes:
    """A calendar with these entries; moments in UTC."""
    calendar = Calendar.new(prodid="-//Sanpo//participation//", version="2.0", method="PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry, now))
    text: bytes = calendar.to_ical()
    return text


def calendar_answer(name: str, now: datetime, *entries: Entry) -> Response:
    """The entries as a file to take in or to subscribe to; `name` without its ending."""
    headers = {"content-disposition": f'attachment; filename="{name}.ics"'}
    return Response(calendar_text(now, *entries), media_type="text/calendar; charset=utf-8", headers=headers)


def _event(entry: Entry, now: datetime) -> Event:
    return Event.new(
        uid=entry.uid,
        summary=entry.title,
        description=entry.text or None,
        start=entry.starts_at,
        end=entry.ends_at,
        stamp=now,
        url=entry.url,
        sequence=entry.sequence,
        status="CANCELLED" if entry.called_off else "CONFIRMED",
    )
