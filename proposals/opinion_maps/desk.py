"""The secretariat's side: maps, their statements, and the statements of participants that wait."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from participation.accounts.models import Account
from participation.component import MenuItem
from participation.policy import N_, Actor, Verdict, ensure
from participation.spaces.models import Process
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get, page, post, redirect
from participation.web.forms import Form
from participation.web.paging import Pager, make_pager, read_paging
from proposals.opinion_maps import actions
from proposals.opinion_maps.forms import TAKEN, DecisionForm, MapForm, NewMapForm, SeedForm, localized
from proposals.opinion_maps.labels import MOVES, STATEMENT_MOODS, STATEMENT_STATES
from proposals.opinion_maps.models import TRANSITIONS, MapState, OpinionMap, OpinionStatement, StatementState
from proposals.opinion_maps.pages import Entry, entry
from proposals.opinion_maps.policy import READING, may_keep, may_look
from proposals.opinion_maps.queries import MapView, in_words, map_by_slug, maps

ROOT = "/secretariat/opinion-maps"
TONGUES = ("ja", "en")
PER_PAGE = 50  # statements
MENU = (MenuItem("opinion_maps_desk", N_("Opinion maps"), ROOT, order=34, place="desk", roles=READING),)


@dataclass(frozen=True)
class Row:
    """A statement at the desk."""

    id: int
    number: int
    slug: str
    text: str
    locale: str
    seed: bool
    state: StatementState
    reason: str
    author: str
    votes: int

    @property
    def path(self) -> str:
        return f"{ROOT}/{self.slug}/statements/{self.number}"


@dataclass(frozen=True)
class DeskPage:
    items: tuple[Entry, ...]
    waiting: tuple[Row, ...]
    pager: Pager  # of those that wait
    keeps: Verdict


@dataclass(frozen=True)
class FormPage:
    form: MapForm
    map: MapView | None = None


@dataclass(frozen=True, kw_only=True)
class MapDesk:
    map: MapView
    entry: Entry
    form: SeedForm
    rows: tuple[tuple[Row, str, str], ...]
    pager: Pager
    moves: tuple[tuple[str, str], ...]
    keeps: Verdict


@dataclass(frozen=True)
class DecisionPage:
    map: MapView
    row: Row
    form: DecisionForm


_ROWS = (
    select(OpinionStatement, OpinionMap.slug, Account.name)
    .join(OpinionMap, OpinionMap.id == OpinionStatement.map_id)
    .join(Subject, Subject.id == OpinionStatement.id)
    .outerjoin(Account, Account.id == Subject.author_id)
    .order_by(OpinionStatement.id)
)


def _rows(ctx: Context, *where: Any) -> tuple[tuple[Row, ...], Pager]:
    """The page of the statements that the address asks for."""
    paging = read_paging(ctx.query, PER_PAGE)
    total = ctx.session.scalar(select(func.count()).select_from(OpinionStatement).where(*where)) or 0
    wanted = _ROWS.where(*where).limit(paging.per_page).offset(paging.offset)
    rows = tuple(_row_of(ctx, *found) for found in ctx.session.execute(wanted))
    return rows, make_pager(paging, total)


def _row_of(ctx: Context, each: OpinionStatement, slug: str, author: str | None) -> Row:
    votes = each.agree + each.disagree + each.passed
    return Row(each.id, each.number, slug, *in_words(each.text, ctx.locale), each.seed, StatementState(each.state),
               each.reason, author or "", votes)  # fmt: skip


def index(ctx: Context) -> Response:
    ensure(may_look(ctx.actor))
    items = tuple(entry(view) for view in maps(ctx.session, ctx.actor, ctx.now))
    waiting, pager = _rows(ctx, OpinionStatement.state == StatementState.WAITING)
    return page(ctx, "proposals/opinion_maps/desk.html", DeskPage(items, waiting, pager, may_keep(ctx.actor)))


def new(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    values = {"takes_statements": True, "moderated": True}
    return _form(ctx, NewMapForm.filled(values, ctx._, choices=choices_of(ctx)))


def create(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    form = NewMapForm.read(ctx.form, ctx._, choices=choices_of(ctx))
    look_for_name(ctx, form)
    if not form.ok:
        return _form(ctx, form, status=422)
    row = actions.create_map(ctx.session, ctx.actor, form.values["slug"], form.said(processes_of(ctx)), now=ctx.now)
    ctx.say("ok", ctx._("The draft is kept. Add statements, then open it."))
    return redirect(ctx, f"{ROOT}/{row.slug}")


def show(ctx: Context) -> Response:
    return _desk(ctx, found(ctx, may_look), SeedForm(ctx._))


def edit(ctx: Context) -> Response:
    view = found(ctx)
    values = {
        "process": view.process_slug,
        "needs": view.needs,
        **{f"{name}_{tongue}": getattr(view, name).get(tongue) for name in ("question", "intro") for tongue in TONGUES},
        **{name: getattr(view, name) for name in ("opens_at", "closes_at", "takes_statements", "moderated")},
    }
    return _form(ctx, MapForm.filled(values, ctx._, choices=choices_of(ctx)), view)


def save(ctx: Context) -> Response:
    view = found(ctx)
    form = MapForm.read(ctx.form, ctx._, choices=choices_of(ctx))
    if not form.ok:
        return _form(ctx, form, view, 422)
    actions.change_map(ctx.session, ctx.actor, view.id, form.said(processes_of(ctx)), now=ctx.now)
    ctx.say("ok", ctx._("Saved."))
    return redirect(ctx, f"{ROOT}/{view.slug}")


def move(ctx: Context) -> Response:
    view = found(ctx)
    wanted = ctx.form.get("to", "")
    if wanted not in list(MOVES):
        raise NotFound
    to = MapState(wanted)
    actions.move_map(ctx.session, ctx.actor, view.id, to, now=ctx.now)
    ctx.say("ok", ctx._("Recorded. The page of the map says so from now on."))
    return redirect(ctx, f"{ROOT}/{view.slug}")


def add(ctx: Context) -> Response:
    view = found(ctx)
    form = SeedForm.read(ctx.form, ctx._)
    if not form.ok:
        return _desk(ctx, view, form, 422)
    text = localized(form.values, "text")
    actions.add_statement(ctx.session, ctx.actor, view.slug, text, locale="ja", now=ctx.now)
    ctx.say("ok", ctx._("The statement is added."))
    return redirect(ctx, f"{ROOT}/{view.slug}")


def ask(ctx: Context) -> Response:
    view = found(ctx)
    return page(ctx, "proposals/opinion_maps/decide.html", DecisionPage(view, row_of(ctx, view), DecisionForm(ctx._)))


def decide(ctx: Context) -> Response:
    view = found(ctx)
    row, form = row_of(ctx, view), DecisionForm.read(ctx.form, ctx._)
    if not form.ok:
        return page(ctx, "proposals/opinion_maps/decide.html", DecisionPage(view, row, form), status=422)
    to = StatementState(form.values["to"])
    actions.decide_statement(ctx.session, ctx.actor, row.id, to, form.values["reason"], now=ctx.now)
    ctx.say("ok", ctx._("Recorded. Its author is told."))
    return redirect(ctx, ROOT)


def found(ctx: Context, may: Callable[[Actor], Verdict] = may_keep) -> MapView:
    """The map of the address, for those who keep maps, or who else `may`."""
    ensure(may(ctx.actor))
    view = map_by_slug(ctx.session, ctx.actor, ctx.path["slug"], ctx.now)
    if view is None:
        raise NotFound
    return view


def row_of(ctx: Context, view: MapView) -> Row:
    """The statement of the address."""
    one = (OpinionStatement.map_id == view.id, OpinionStatement.number == ctx.path["number"])
    row = ctx.session.execute(_ROWS.where(*one)).first()
    if row is None:
        raise NotFound
    return _row_of(ctx, *row)


def _desk(ctx: Context, view: MapView, form: SeedForm, status: int = 200) -> Response:
    rows, pager = _rows(ctx, OpinionStatement.map_id == view.id)
    keeps = may_keep(ctx.actor)
    shown = MapDesk(
        map=view,
        entry=entry(view),
        form=form,
        rows=tuple((row, STATEMENT_STATES[row.state], STATEMENT_MOODS[row.state]) for row in rows),
        pager=pager,
        moves=tuple((str(to), MOVES[to]) for to in MOVES if keeps and to in TRANSITIONS[view.state]),
        keeps=keeps,
    )
    return page(ctx, "proposals/opinion_maps/desk_map.html", shown, status=status)


def _form(ctx: Context, form: MapForm, view: MapView | None = None, status: int = 200) -> Response:
    return page(ctx, "proposals/opinion_maps/edit.html", FormPage(form, view), status=status)


def look_for_name(ctx: Context, form: Form) -> None:
    """Whether the name in the address of a new map is free."""
    if form.ok and map_by_slug(ctx.session, ctx.actor, form.values["slug"], ctx.now) is not None:
        form.fail("slug", TAKEN)


def choices_of(ctx: Context) -> Mapping[str, list[tuple[str, str]]]:
    """The processes in which maps are made."""
    rows = ctx.session.execute(select(Process.slug, Process.title).order_by(Process.id.desc()))
    return {"process": [(slug, title.to(ctx.locale)) for slug, title in rows]}


def processes_of(ctx: Context) -> dict[str, int]:
    """Their numbers."""
    return {slug: id for slug, id in ctx.session.execute(select(Process.slug, Process.id))}


ROUTES = (
    get(ROOT, index),
    get(f"{ROOT}/new", new),
    post(ROOT, create),
    get(f"{ROOT}/{{slug}}", show),
    get(f"{ROOT}/{{slug}}/edit", edit),
    post(f"{ROOT}/{{slug}}/edit", save),
    post(f"{ROOT}/{{slug}}/state", move),
    post(f"{ROOT}/{{slug}}/statements", add),
    get(f"{ROOT}/{{slug}}/statements/{{number:int}}", ask),
    post(f"{ROOT}/{{slug}}/statements/{{number:int}}", decide),
)
