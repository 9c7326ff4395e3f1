"""What everybody sees of opinion maps: the list, the page of one with its statements, the map, one's own votes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.policy import ANONYMOUS, Verdict, ensure
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, fragment, get, page, post, redirect, subject_blocks
from participation.web.paging import Pager, make_pager, read_paging
from proposals.opinion_maps import actions, casting
from proposals.opinion_maps.forms import StatementForm, VoteForm
from proposals.opinion_maps.labels import MOODS, STATEMENT_MOODS, STATEMENT_STATES, STATES, VOTE_LABELS, VOTES
from proposals.opinion_maps.models import OpinionMap, OpinionStatement, StatementState
from proposals.opinion_maps.policy import may_add_statement, may_export, may_look, may_read, may_vote
from proposals.opinion_maps.queries import (
    Asked,
    MapView,
    OwnStatement,
    OwnVote,
    Progress,
    map_by_slug,
    maps,
    own_statements,
    own_votes,
    progress,
    statement_asked,
)
from proposals.opinion_maps.results import Result, result_of

VOTING = "proposals/opinion_maps/_voting.html"
FEW = 3


@dataclass(frozen=True)
class Entry:
    map: MapView
    label: str
    mood: str


@dataclass(frozen=True)
class ListPage:
    items: tuple[Entry, ...]
    pager: Pager
    desk: bool


@dataclass(frozen=True, kw_only=True)
class Box:
    """The region where one votes: a statement, or why there is none."""

    map: MapView
    verdict: Verdict
    asked: Asked | None
    progress: Progress

    @property
    def usable(self) -> bool:
        """Whether there are buttons; who is not signed in has them too and is asked who they are."""
        return bool(self.verdict) or self.verdict.kind == "sign_in"


@dataclass(frozen=True, kw_only=True)
class MapPage:
    map: MapView
    label: str
    mood: str
    box: Box
    result: Result | None
    own: tuple[tuple[OwnStatement, str, str], ...]
    may_add: Verdict
    desk: bool
    exportable: bool


@dataclass(frozen=True)
class VotesPage:
    map: MapView
    votes: tuple[tuple[OwnVote, str], ...]
    open: bool


def index(ctx: Context) -> Response:
    found = maps(ctx.session, ctx.actor, ctx.now)
    found.sort(key=lambda view: view.state != "open")
    paging = read_paging(ctx.query)
    shown = found[paging.offset : paging.offset + paging.per_page]
    view = ListPage(tuple(map(entry, shown)), make_pager(paging, len(found)), bool(may_look(ctx.actor)))
    return page(ctx, "proposals/opinion_maps/index.html", view)


def entry(view: MapView) -> Entry:
    """The map in a list, with the words for its state."""
    return Entry(view, STATES[view.state], MOODS[view.state])


def in_process(ctx: Context, subject: Any) -> tuple[Entry, ...] | None:
    """The block of a process's page; nothing where it has no opinion map."""
    if subject.kind != "process":
        return None
    return tuple(entry(view) for view in maps(ctx.session, ctx.actor, ctx.now, subject.id)) or None


def open_now(session: Session, now: datetime, locale: str) -> tuple[Entry, ...] | None:
    """On the home page: those on which everybody can vote now. One query."""
    found = [view for view in maps(session, ANONYMOUS, now) if may_vote(ANONYMOUS, view.standing).kind == "sign_in"]
    return tuple(map(entry, found[:FEW])) or None


def read(ctx: Context) -> MapView:
    """The map of the address.

    Raises:
        NotFound: there is none, or this reader may not read it.
    """
    view = map_by_slug(ctx.session, ctx.actor, ctx.path["slug"], ctx.now)
    if view is None or not may_read(ctx.actor, view.standing):
        raise NotFound
    return view


def show(ctx: Context) -> Response:
    return _page(ctx, read(ctx), StatementForm(ctx._))


def _page(ctx: Context, view: MapView, form: StatementForm, status: int = 200) -> Response:
    subject = ctx.session.get(Subject, view.id)
    shown = MapPage(
        map=view,
        label=STATES[view.state],
        mood=MOODS[view.state],
        box=box(ctx, view, _wanted(ctx)),
        result=result_of(ctx.session, view, ctx.locale),
        own=tuple(
            (each, STATEMENT_STATES[each.state], STATEMENT_MOODS[each.state])
            for each in own_statements(ctx.session, ctx.actor, view, ctx.locale)
        ),
        may_add=may_add_statement(ctx.actor, view.standing),
        desk=bool(may_look(ctx.actor)),
        exportable=bool(may_export(ctx.actor, view.standing)),
    )
    blocks = subject_blocks(ctx, subject)
    return page(ctx, "proposals/opinion_maps/show.html", shown, form=form, blocks=blocks, status=status)


def _wanted(ctx: Context) -> int | None:
    number = ctx.query.get("statement", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else None


def box(ctx: Context, view: MapView, number: int | None = None, last: int | None = None) -> Box:
    """The statement of that number, else the next one; `last` is the one that was just voted on."""
    done = progress(ctx.session, ctx.actor, view, last)
    asked = None if number is None else statement_asked(ctx.session, view, number, ctx.locale)
    if asked is None and done.following is not None:
        asked = statement_asked(ctx.session, view, done.following, ctx.locale)
    return Box(map=view, verdict=may_vote(ctx.actor, view.standing), asked=asked, progress=done)


def voting(ctx: Context) -> Response:
    """The region alone, to go back to the last statement."""
    view = read(ctx)
    if not ctx.htmx:
        number = _wanted(ctx)
        return redirect(ctx, view.path + ("" if number is None else f"?statement={number}") + "#voting")
    return fragment(ctx, VOTING, None, box=box(ctx, view, _wanted(ctx)), said=ctx._("Change your vote."))


def vote(ctx: Context) -> Response:
    form = VoteForm.read(ctx.form, ctx._)
    if not form.ok:
        view = read(ctx)
        ensure(may_vote(ctx.actor, view.standing))
        ctx.say("bad", ctx._("Please press one of the three buttons."))
        return redirect(ctx, f"{view.path}#voting")
    value = VOTES[form.values["vote"]]
    view = casting.vote(ctx.session, ctx.actor, ctx.path["slug"], ctx.path["number"], value, now=ctx.now).map
    said = ctx._("Recorded: %(vote)s.", vote=ctx._(VOTE_LABELS[value]))
    if not ctx.htmx:
        ctx.say("ok", said)
        return redirect(ctx, f"{view.path}#voting")
    shown = box(ctx, view, last=ctx.path["number"])
    following = shown.asked.text if shown.asked else ctx._("You have voted on all statements.")
    return fragment(ctx, VOTING, None, box=shown, said=f"{said} {following}")


def add(ctx: Context) -> Response:
    view = read(ctx)
    ensure(may_add_statement(ctx.actor, view.standing))
    form = StatementForm.read(ctx.form, ctx._)
    if not form.ok:
        return _page(ctx, view, form, 422)
    text = Localized({ctx.locale: form.values["text"]})
    made = actions.add_statement(ctx.session, ctx.actor, view.slug, text, locale=ctx.locale, now=ctx.now)
    if made.state == StatementState.WAITING:
        ctx.say("ok", ctx._("Thank you. The secretariat looks at your statement; you are told what becomes of it."))
    else:
        ctx.say("ok", ctx._("Thank you. Others vote on your statement from now on."))
    return redirect(ctx, f"{view.path}#own-statements")


def votes(ctx: Context) -> Response:
    view = read(ctx)
    shown = tuple((each, VOTE_LABELS[each.vote]) for each in own_votes(ctx.session, view, ctx.locale))
    may = bool(may_vote(ctx.actor, view.standing))
    return page(ctx, "proposals/opinion_maps/votes.html", VotesPage(view, shown, may))


def figure(ctx: Context) -> Response:
    """The drawing alone: the page of an open map fetches it anew every half minute."""
    view = read(ctx)
    result = result_of(ctx.session, view, ctx.locale)
    return fragment(ctx, "proposals/opinion_maps/_figure.html", None, map=view, result=result)


_SLUG = select(OpinionMap.slug).join(Subject, Subject.id == OpinionMap.id).where(Subject.published_at.is_not(None))


def by_id(ctx: Context) -> Response:
    slug = ctx.session.scalar(_SLUG.where(OpinionMap.id == ctx.path["id"]))
    if slug is None:
        raise NotFound
    return redirect(ctx, f"/opinion-maps/{slug}")


def statement_by_id(ctx: Context) -> Response:
    wanted = _SLUG.add_columns(OpinionStatement.number).join(OpinionStatement, OpinionStatement.map_id == OpinionMap.id)
    row = ctx.session.execute(wanted.where(OpinionStatement.id == ctx.path["id"])).first()
    if row is None:
        raise NotFound
    return redirect(ctx, f"/opinion-maps/{row.slug}?statement={row.number}#voting")


ROUTES = (
    get("/opinion-maps", index, cached=True),
    get("/opinion-maps/by-id/{id:int}", by_id),
    get("/opinion-maps/statements/{id:int}", statement_by_id),
    get("/opinion-maps/{slug}", show, cached=True),
    get("/opinion-maps/{slug}/voting", voting),
    get("/opinion-maps/{slug}/map", figure, cached=True),
    get("/opinion-maps/{slug}/votes", votes),
    post("/opinion-maps/{slug}/statements", add, limit="add_statement"),
    post("/opinion-maps/{slug}/statements/{number:int}/vote", vote, limit="opinion_vote", intent="opinion_vote"),
)
