"""What pages, lists and the API show of meetings."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_skeleton

from participation.db import Localized
from participation.meetings.labels import MOODS, STATES
from participation.meetings.models import Access, MeetingState, MinutesState, Precision
from participation.meetings.port import Body
from participation.web.i18n import ZONE


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """A meeting as lists show it. `inside`: this reader may see place, agenda and the rest."""

    id: int
    body: Body
    number: int | None
    title: Localized
    state: MeetingState
    access: Access
    starts_at: datetime
    ends_at: datetime
    precision: Precision
    place: Localized
    url: str
    visible: bool
    inside: bool
    sequence: int

    @property
    def path(self) -> str:
        return f"/meetings/{self.id}"

    @property
    def body_id(self) -> int:
        return self.body.id

    @property
    def body_kind(self) -> str:
        return self.body.kind

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]

    @property
    def month(self) -> str:
        """Its month, for machines."""
        return f"{self.starts_at.astimezone(ZONE):%Y-%m}"

    def month_text(self, locale: str) -> str:
        """The month and nothing more exact, where no more is known."""
        return format_skeleton("yMMMM", self.starts_at.astimezone(ZONE), locale=locale)

    @property
    def until(self) -> str:
        """The hour at which it ends, where that is on the same day."""
        start, end = self.starts_at.astimezone(ZONE), self.ends_at.astimezone(ZONE)
        return f"{end:%H:%M}" if start.date() == end.date() else ""


@dataclass(frozen=True)
class Comer:
    """Somebody who answered or was there."""

    account_id: int | None
    name: str
    answer: bool | None
    present: bool


@dataclass(frozen=True)
class NoteView:
    body: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MinutesView:
    body: Localized
    state: MinutesState
    updated_at: datetime
    sha256: str
    confirmed_at: datetime | None
    confirmed_in: Localized | None  # the meeting that confirmed them
    confirmed_path: str
    frozen: str
    notes: tuple[NoteView, ...]


@dataclass(frozen=True)
class DecisionView:
    number: int
    text: Localized
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class ActionView:
    id: int
    meeting_id: int
    text: Localized
    owner_id: int | None
    owner: str
    due_on: date
    done_at: datetime | None

    def late(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_at is None and self.due_on < today


@dataclass(frozen=True)
class PaperView:
    id: int
    title: Localized
    url: str
    access: Access

    @property
    def path(self) -> str:
        return self.url or f"/papers/{self.id}"


@dataclass(frozen=True, kw_only=True)
class WholeMeeting:
    """A meeting as this reader may see it: what they may not is left out, not hidden by the page."""

    line: MeetingLine
    agenda: tuple[Localized, ...]
    reason: str
    comers: tuple[Comer, ...]
    minutes: MinutesView | None
    minutes_state: MinutesState | None  # also where the reader may not read them
    decisions: tuple[DecisionView, ...]
    actions: tuple[ActionView, ...]
    papers: tuple[PaperView, ...]
    to_confirm: tuple[MeetingLine, ...]  # earlier meetings whose minutes wait for confirmation
    confirmed_here: tuple[MeetingLine, ...]
    later: tuple[MeetingLine, ...]  # held after it, at which its minutes can be confirmed
