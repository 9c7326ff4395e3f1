"""All meetings, one meeting, and the entries for calendars."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from participation.meetings.forms import AnswerForm
from participation.meetings.calendars import entry_of
from participation.meetings.labels import ACCESS, MINUTES, MOVES
from participation.meetings.models import MinutesState, Precision
from participation.meetings.policy import (
    may_answer,
    may_change_meeting,
    may_confirm,
    may_give_action,
    may_lead,
    may_move_meeting,
    may_note,
    may_record,
)
from participation.meetings.port import Body
from participation.meetings.queries import meeting_line, meeting_lines, whole_meeting
from participation.meetings.views import MeetingLine, WholeMeeting
from participation.policy import Verdict
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, fragment, get, page, subject_blocks, with_query
from participation.web.facets import LONGEST, fits_words
from participation.web.i18n import ZONE
from participation.web.ics import Entry, calendar_answer
from participation.web.paging import Pager, make_pager, read_paging

TIMES = ("upcoming", "past")


@dataclass(frozen=True)
class Asked:
    q: str = ""
    on: str = ""  # number of the body
    when: str = "upcoming"

    def fits(self, line: MeetingLine) -> bool:
        text = [*line.title.values(), *line.body.name.values()]
        return self.on in ("", str(line.body.id)) and fits_words(self.q, text)


@dataclass(frozen=True, kw_only=True)
class ListPage:
    asked: Asked
    items: Sequence[MeetingLine]
    pager: Pager
    bodies: tuple[Body, ...]
    chips: list[tuple[str, str]]
    tabs: list[tuple[str, str, bool]]  # (when, address, whether it is this one)
    feed: str


@dataclass(frozen=True, kw_only=True)
class MeetingPage:
    meeting: WholeMeeting
    today: date
    answer: bool | None  # of the reader
    answerable: Verdict
    changeable: Verdict
    leads: Verdict
    recordable: Verdict
    confirmable: Verdict
    notable: Verdict
    tasks: Verdict
    moves: tuple[tuple[str, str], ...]  # (state, word on the button) that are possible now
    labels: dict[str, str]
    form: AnswerForm | None = None  # an answer that was refused


def asked(ctx: Context) -> Asked:
    """The filters of the address; what cannot be one finds nothing, what is too long is cut."""
    given = {name: ctx.query.get(name, "")[:LONGEST].strip() for name in ("q", "on")}
    when = ctx.query.get("when", "")
    return Asked(**given, when=when if when in TIMES else TIMES[0])


def found(ctx: Context, wanted: Asked) -> list[MeetingLine]:
    """Those that fit: what comes next first, or what was last first."""
    lines = [line for line in meeting_lines(ctx.session, ctx.services.registry, ctx.actor) if wanted.fits(line)]
    if wanted.when == "past":
        return [line for line in lines if line.ends_at <= ctx.now]
    return [line for line in reversed(lines) if line.ends_at > ctx.now]


def index(ctx: Context) -> Response:
    wanted, paging = asked(ctx), read_paging(ctx.query)
    lines, parameters = found(ctx, wanted), ctx.query.multi_items()
    known = {line.body.id: line.body for line in meeting_lines(ctx.session, ctx.services.registry, ctx.actor)}
    body = next((each.name.to(ctx.locale) for each in known.values() if str(each.id) == wanted.on), wanted.on)
    chosen = [("q", wanted.q), ("on", body)]
    view = ListPage(
        asked=wanted,
        items=lines[paging.offset : paging.offset + paging.per_page],
        pager=make_pager(paging, len(lines)),
        bodies=tuple(sorted(known.values(), key=lambda each: each.id)),
        chips=[(label, "/meetings" + with_query(parameters, page=None, **{name: None}))
               for name, label in chosen if label],
        tabs=[(when, "/meetings" + with_query(parameters, page=None, when=when), when == wanted.when)
              for when in TIMES],
        feed="/meetings.ics" + with_query([("on", wanted.on)] if wanted.on else []),
    )  # fmt: skip
    if ctx.htmx:
        return fragment(ctx, "meetings/_list.html", view)
    return page(ctx, "meetings/index.html", view)


def show(ctx: Context) -> Response:
    return shown(ctx, meeting_page(ctx, read(ctx)))


def shown(ctx: Context, view: MeetingPage, status: int = 200) -> Response:
    blocks = subject_blocks(ctx, ctx.session.get_one(Subject, view.meeting.line.id))
    return page(ctx, "meetings/show.html", view, status=status, blocks=blocks)


def read(ctx: Context) -> WholeMeeting:
    """The meeting of the address, as far as this reader may see it.

    Raises:
        NotFound: there is none, or the reader may not know of it.
    """
    whole = whole_meeting(ctx.session, ctx.services.registry, ctx.actor, ctx.path["id"])
    if whole is None:
        raise NotFound
    return whole


def meeting_page(ctx: Context, whole: WholeMeeting) -> MeetingPage:
    line, state = whole.line, whole.minutes_state
    about, later = (ctx.actor, line), whole.later[0] if whole.later else None
    own = [each.answer for each in whole.comers if ctx.actor.signed_in and each.account_id == ctx.actor.id]
    return MeetingPage(
        meeting=whole,
        today=ctx.now.astimezone(ZONE).date(),
        answer=own[0] if own else None,
        answerable=may_answer(*about, ctx.now),
        changeable=may_change_meeting(*about),
        leads=may_lead(ctx.actor, line.body_kind, line.body_id),
        recordable=may_record(*about, state),
        confirmable=may_confirm(*about, state, later),
        notable=may_note(*about, state),
        tasks=may_give_action(*about),
        moves=moves_of(ctx, whole),
        labels={**{str(key): ctx._(label) for key, label in (*MINUTES.items(), *ACCESS.items())}},
    )  # fmt: skip


def moves_of(ctx: Context, whole: WholeMeeting) -> tuple[tuple[str, str], ...]:
    """The steps that this person may take now, each with the word on its button."""
    about, agenda = (ctx.actor, whole.line), bool(whole.agenda)
    possible = (to for to in MOVES if may_move_meeting(*about, to, ctx.now, agenda=agenda))
    return tuple((str(to), ctx._(MOVES[to])) for to in possible)


def calendar(ctx: Context) -> Response:
    """Every public meeting whose hour is known, of all bodies or of one: to subscribe to."""
    wanted = replace(asked(ctx), q="")
    lines = [line for line in meeting_lines(ctx.session, ctx.services.registry, ctx.actor) if wanted.fits(line)]
    entries = [entry(ctx, line) for line in lines if _dated(line)]
    return calendar_answer("meetings", ctx.now, *entries)


def calendar_entry(ctx: Context) -> Response:
    line = meeting_line(ctx.session, ctx.services.registry, ctx.actor, ctx.path["id"])
    if line is None or not _dated(line):
        raise NotFound
    return calendar_answer(f"meeting-{line.id}", ctx.now, entry(ctx, line))


def _dated(line: MeetingLine) -> bool:
    return line.precision == Precision.TIME and line.visible


def entry(ctx: Context, line: MeetingLine) -> Entry:
    """What a calendar is told of a meeting: its place too, if the reader may know it."""
    where, body = (line.place.to(ctx.locale), line.url), line.body.name.to(ctx.locale)
    return entry_of(line, body, where, ctx.settings.base_url, ctx.locale)


def minutes(ctx: Context) -> Response:
    """The minutes as they are printed."""
    whole = read(ctx)
    if whole.minutes is None:
        raise NotFound
    return page(ctx, "meetings/minutes.html", meeting_page(ctx, whole))


def frozen(ctx: Context) -> Response:
    """The text of confirmed minutes whose SHA-256 their page names, byte for byte."""
    view = read(ctx).minutes
    if view is None or view.state != MinutesState.CONFIRMED:
        raise NotFound
    return Response(view.frozen.encode(), media_type="application/json")


ROUTES = (
    get("/meetings", index),
    get("/meetings.ics", calendar, limit="meetings_feed"),
    get("/meetings/{id:int}", show),
    get("/meetings/{id:int}.ics", calendar_entry),
    get("/meetings/{id:int}/minutes", minutes),
    get("/meetings/{id:int}/minutes.json", frozen),
)
