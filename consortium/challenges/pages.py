"""What everybody reads: the list of challenges with its table, and the page of a challenge with its sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from consortium.challenges.labels import MOVES, STATES
from consortium.challenges.models import ChallengeState
from consortium.challenges.policy import (
    may_answer,
    may_change_challenge,
    may_keep,
    may_match,
    may_move_challenge,
    may_post,
    may_read,
    may_read_sheet,
    may_write,
    posting_for,
)
from consortium.challenges.queries import (
    Line,
    Sheet,
    Step,
    challenge,
    challenge_of_pilot,
    drafts,
    posted,
    sheets_of,
    steps_of,
)
from consortium.services.queries import acting_of
from participation.organisations.policy import acts_for
from participation.organisations.queries import Own, organisations_of
from participation.policy import Verdict
from participation.spaces.queries import Places, places
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, fragment, get, page, subject_blocks, with_query
from participation.web.csv import csv_answer
from participation.web.facets import LONGEST, fits_words
from participation.web.paging import Pager, make_pager, read_paging

HEADS = ("title", "title_en", "state", "field", "living_area", "posted_by", "closes_on", "sheets", "url")
SHOWN = [state for state in ChallengeState if state != ChallengeState.DRAFT]


@dataclass(frozen=True)
class Asked:
    q: str
    state: str
    field: str
    area: str

    def fits(self, line: Line) -> bool:
        text = [*line.title.values(), *line.background.values(), *line.wanted.values()]
        return (
            self.state in ("", line.state)
            and self.field in ("", line.field.key if line.field else "")
            and (not self.area or line.area is None or self.area == line.area.key)
            and fits_words(self.q, text)
        )


@dataclass(frozen=True, kw_only=True)
class ListPage:
    asked: Asked
    items: Sequence[Line]
    drafts: Sequence[Line]
    pager: Pager
    states: list[tuple[str, str]]
    places: Places
    csv_url: str
    postable: Verdict


@dataclass(frozen=True, kw_only=True)
class ChallengePage:
    line: Line
    steps: tuple[Step, ...]
    sheets: tuple[Sheet, ...]  # that this reader may read
    answers: tuple[tuple[Own, Sheet | None], ...]  # the reader's organisations that may answer or did
    answerable: Verdict
    writable: Verdict
    changeable: Verdict
    matchable: Verdict
    moves: tuple[tuple[str, str], ...]
    pilot_url: str  # "" while this reader may not open it


@dataclass(frozen=True)
class Saved:
    """The answer to a saving by the script; a first one says where the draft is from now on."""

    draft: str = ""
    edit: str = ""


def index(ctx: Context) -> Response:
    wanted, paging = asked(ctx), read_paging(ctx.query)
    lines, acting = found(ctx, wanted), acting_of(ctx.session, ctx.actor, ctx.now)
    may, desk = may_post(ctx.actor, acting), ctx.actor.has("secretariat")
    view = ListPage(
        asked=wanted,
        items=lines[paging.offset : paging.offset + paging.per_page],
        drafts=drafts(ctx.session, posting_for(acting), desk=desk) if may else (),
        pager=make_pager(paging, len(lines)),
        states=[(str(state), ctx._(STATES[state])) for state in SHOWN],
        places=places(ctx.session, ctx.locale),
        csv_url="/challenges.csv" + with_query(ctx.query.multi_items(), page=None, lang=None),
        postable=may,
    )
    if ctx.htmx:
        return fragment(ctx, "consortium/challenges/_list.html", view)
    return page(ctx, "consortium/challenges/index.html", view)


def asked(ctx: Context) -> Asked:
    """The filters of the address; what cannot be one finds nothing, what is too long is cut."""
    return Asked(*(ctx.query.get(name, "")[:LONGEST].strip() for name in ("q", "state", "field", "area")))


def found(ctx: Context, wanted: Asked) -> tuple[Line, ...]:
    """Those that fit, the open ones first, by their deadline."""
    lines = ctx.recall(("challenges",), lambda: posted(ctx.session))
    fitting = [line for each in lines if wanted.fits(line := each.at(ctx.now))]
    fitting.sort(key=lambda line: (SHOWN.index(line.state), line.closes_on if line.state == SHOWN[0] else date.max))
    return tuple(fitting)


def table(ctx: Context) -> Response:
    return csv_answer("challenges", HEADS, (_row(ctx, line) for line in found(ctx, asked(ctx))))


def _row(ctx: Context, line: Line) -> tuple[object, ...]:
    return (
        line.title.get("ja", ""),
        line.title.get("en", ""),
        line.state,
        line.field.key if line.field else "",
        line.area.key if line.area else "",
        line.poster.name.to(ctx.locale) if line.poster else "",
        line.closes_on,
        line.sheets,
        ctx.settings.base_url + line.path,
    )


def show(ctx: Context) -> Response:
    line, acting = read(ctx), acting_of(ctx.session, ctx.actor, ctx.now)
    every, about = sheets_of(ctx.session, line.id), (ctx.actor, line.poster_id)
    own = {each.organisation.id: each for each in every}
    answers = []
    for each in organisations_of(ctx.session, ctx.actor, ctx.locale):
        mine = [one for one in acting if one.organisation_id == each.id]
        if each.id in own or may_answer(ctx.actor, mine, line.poster_id, line.state):
            answers.append((each, own.get(each.id)))
    view = ChallengePage(
        line=line,
        steps=steps_of(ctx.session, line.id),
        sheets=readable(ctx, line, every),
        answers=tuple(answers),
        answerable=may_answer(ctx.actor, acting, line.poster_id, line.state),
        writable=may_write(*about, line.state),
        changeable=may_change_challenge(*about, line.state),
        matchable=may_match(ctx.actor, line.state),
        moves=tuple((str(to), ctx._(MOVES[to])) for to in MOVES if may_move_challenge(*about, line.state, to)),
        pilot_url=_pilot_url(ctx, line, every),
    )
    subject = ctx.session.get_one(Subject, line.id)
    return page(ctx, "consortium/challenges/show.html", view, blocks=subject_blocks(ctx, subject))


def _pilot_url(ctx: Context, line: Line, every: Sequence[Sheet]) -> str:
    """Everybody reads a pilot once it is approved; before, those who lead it or look after pilots."""
    pilot = ctx.session.get(Subject, line.pilot_id) if line.pilot_id else None
    if pilot is None:
        return ""
    inside = ctx.actor.has("secretariat") or ctx.actor.has("auditor")
    own = any(each.state == "chosen" and acts_for(ctx.actor, each.organisation.id) for each in every)
    return f"/pilots/{pilot.id}" if pilot.visible or inside or own else ""


def readable(ctx: Context, line: Line, every: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Those sheets that were handed in and that this reader may read."""
    return tuple(
        each
        for each in every
        if each.state not in ("draft", "withdrawn")
        and may_read_sheet(ctx.actor, line.poster_id, each.organisation.id, each.state, each.public, line.state)
    )


def pilot_block(ctx: Context, subject: Any) -> tuple[Line, tuple[Sheet, ...]] | None:
    """On the page of a pilot: the challenge that it answers, and the chosen sheets that the reader may read."""
    line = challenge_of_pilot(ctx.session, subject.id) if subject.kind == "pilot" else None
    if line is None or not line.visible:
        return None
    sheets = readable(ctx, line, sheets_of(ctx.session, line.id))
    return line, tuple(each for each in sheets if each.state == "chosen")


def read(ctx: Context) -> Line:
    """The challenge of the address in its state now, if this reader may read it.

    Raises:
        NotFound: there is none, or it is a draft of others.
    """
    line = challenge(ctx.session, ctx.path["id"])
    if line is None or not may_read(ctx.actor, line.poster_id, line.visible):
        raise NotFound
    return line.at(ctx.now)


def keeps(ctx: Context, line: Line) -> Verdict:
    return may_keep(ctx.actor, line.poster_id)


ROUTES = (
    get("/challenges", index, cached=True),
    get("/challenges.csv", table, limit="services_table"),
    get("/challenges/{id:int}", show, cached=True),
)
