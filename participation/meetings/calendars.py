"""Meetings as entries of calendars: for the file to take in, the feed, and the invitation by mail."""

from collections.abc import Iterable

from participation.meetings.models import Meeting, MeetingState
from participation.meetings.views import MeetingLine
from participation.web.ics import Entry


def entry_of(meeting: Meeting | MeetingLine, body: str, where: Iterable[str], base: str, locale: str) -> Entry:
    """What a calendar is told: title and body's name, and `where` as far as the reader may know it."""
    return Entry(
        uid=f"meeting-{meeting.id}@{base.split('//')[-1]}",
        title=f"{meeting.title.to(locale)} ({body})",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        url=f"{base}/meetings/{meeting.id}",
        text="\n".join(each for each in where if each),
        sequence=meeting.sequence,
        called_off=meeting.state == MeetingState.CALLED_OFF,
    )
