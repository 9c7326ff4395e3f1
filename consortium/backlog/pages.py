"""The page of an improvement: where it stands, its way so far, who wants it too, and its next step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from consortium.backlog import actions
from consortium.backlog.board import board_page
from consortium.backlog.forms import MoveForm
from consortium.backlog.labels import BACK, MOVES, STATES
from consortium.backlog.models import TRANSITIONS, WITH_REASON, ItemState
from consortium.backlog.policy import (
    Case,
    may_change,
    may_say_helped,
    may_say_me_too,
    may_step,
    may_work,
    what_is_missing,
)
from consortium.backlog.queries import Item, Step, case_of, duplicates_of, item_of, says_me_too, service_of, steps_of
from consortium.backlog.wanting import Wanted, say_me_too, withdraw_me_too
from consortium.services.queries import whole_service
from participation.db import Localized
from participation.policy import Verdict, ensure
from participation.subjects import Subject
from participation.web import (
    Context,
    NotFound,
    Response,
    delete,
    fragment,
    get,
    page,
    post,
    redirect,
    subject_blocks,
)
from participation.web.i18n import show_date

WAY = (ItemState.NEW, ItemState.TRIAGED, ItemState.PLANNED, ItemState.IN_PROGRESS, ItemState.RELEASED)
PAGE, REGION = "consortium/backlog/item.html", "consortium/backlog/_item.html"


@dataclass(frozen=True)
class MeTooBox:
    item_id: int
    count: int
    mine: bool
    may: Verdict


@dataclass(frozen=True)
class Move:
    """A step that is possible now, with the form for it."""

    to: str
    label: str
    reason: bool
    note: bool
    form: MoveForm


@dataclass(frozen=True, kw_only=True)
class ItemPage:
    item: Item
    slug: str
    service: Localized
    way: tuple[tuple[str, str, str], ...]
    steps: tuple[Step, ...]
    duplicates: tuple[Item, ...]
    box: MeTooBox
    moves: tuple[Move, ...]
    changeable: Verdict
    mergeable: bool
    helpable: Verdict
    form: MoveForm | None = None


def show(ctx: Context) -> Response:
    case, item = read_item(ctx)
    return _answer(ctx, case, item)


def move(ctx: Context) -> Response:
    """The next state; from a card of the board back to the board."""
    case, item = read_item(ctx)
    ensure(may_work(ctx.actor, case.owners))
    form = move_form(ctx, case, MoveForm.read)
    if not form.ok:
        return _answer(ctx, case, item, form)
    values = {name: form.values[name] for name in ("reason", "release_note")}
    actions.move_item(ctx.session, ctx.actor, item.id, form.state, **values, now=ctx.now)
    ctx.session.flush()
    if ctx.form.get("back") == "board":
        return _back_to_board(ctx, item)
    if ctx.htmx:
        return _answer(ctx, *read_item(ctx))
    ctx.say("ok", ctx._("Recorded. Everybody behind it is told."))
    return redirect(ctx, item.path)


def move_form(ctx: Context, case: Case, read: Callable[..., MoveForm]) -> MoveForm:
    """What was typed or sent; a missing reason or note stands at its field."""
    form = read(ctx.json if ctx.api else ctx.form, ctx._)
    if form.ok:
        said = (form.values["reason"], form.values["release_note"])
        field, message = what_is_missing(case.state, form.state, *said)
        if field and may_step(ctx.actor, case, form.state):
            form.fail(field, message)
    return form


def give(ctx: Context) -> Response:
    return _me_too(ctx, say_me_too(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now))


def take_back(ctx: Context) -> Response:
    return _me_too(ctx, withdraw_me_too(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now))


def read_item(ctx: Context) -> tuple[Case, Item]:
    """The improvement of the address. Hidden ones are there for those who keep the list and for the desk.

    Raises:
        NotFound: there is none, or its service is not public.
    """
    case, item = case_of(ctx.session, ctx.path["id"]), item_of(ctx.session, ctx.path["id"])
    if case is None or item is None:
        raise NotFound
    about = ctx.session.get(Subject, item.service_id)
    inside = may_work(ctx.actor, case.owners)
    if not inside and not (item.visible and about is not None and about.visible):
        raise NotFound
    return case, item


def _me_too(ctx: Context, wanted: Wanted) -> Response:
    said = ctx._("You want this too. You are told what becomes of it.") if wanted.mine else ctx._("You took it back.")
    if ctx.htmx:
        case, item = read_item(ctx)
        box = MeTooBox(item.id, wanted.me_toos, wanted.mine, may_say_me_too(ctx.actor, case))
        return fragment(ctx, "consortium/backlog/_me_too.html", None, box=box, said=said)
    ctx.say("ok", said)
    return redirect(ctx, f"/backlog/{ctx.path['id']}")


def _back_to_board(ctx: Context, item: Item) -> Response:
    slug, _ = service_of(ctx.session, item.service_id)
    if not ctx.htmx:
        return redirect(ctx, f"/services/{slug}/backlog")
    view = whole_service(ctx.session, slug)
    assert view is not None  # its item was just moved
    return fragment(ctx, "consortium/backlog/_board.html", board_page(ctx, view.line))


def _answer(ctx: Context, case: Case, item: Item, form: MoveForm | None = None) -> Response:
    view, status = _view(ctx, case, item, form), 422 if form else 200
    if ctx.htmx:
        return fragment(ctx, REGION, view, status=status)
    subject = ctx.session.get_one(Subject, item.id)
    return page(ctx, PAGE, view, status=status, blocks=subject_blocks(ctx, subject))


def _view(ctx: Context, case: Case, item: Item, form: MoveForm | None) -> ItemPage:
    slug, service = service_of(ctx.session, item.service_id)
    steps = steps_of(ctx.session, item.id)
    mine = says_me_too(ctx.session, ctx.actor, item.id)
    return ItemPage(
        item=item,
        slug=slug,
        service=service,
        way=_way(ctx, item, steps),
        steps=steps,
        duplicates=duplicates_of(ctx.session, item.id),
        box=MeTooBox(item.id, item.me_toos, mine, may_say_me_too(ctx.actor, case)),
        moves=_moves(ctx, case, form),
        changeable=may_change(ctx.actor, case),
        mergeable=bool(may_work(ctx.actor, case.owners)) and item.merged_into_id is None
        and item.state != ItemState.RELEASED,
        helpable=may_say_helped(ctx.actor, case),
        form=form,
    )  # fmt: skip


def _moves(ctx: Context, case: Case, form: MoveForm | None) -> tuple[Move, ...]:
    possible = [to for to in MOVES if to in TRANSITIONS[case.state] and may_step(ctx.actor, case, to)]
    typed = str(form.raw.get("to", "")) if form else ""
    # words that came without a step stay in every form, since nobody knows for which they were meant
    words = {name: form.raw.get(name, "") for name in ("reason", "release_note")} if form else {}
    return tuple(
        Move(
            str(to),
            ctx._(BACK.get((case.state, to), MOVES[to])),
            (case.state, to) in WITH_REASON,
            to == ItemState.RELEASED,
            form if form and typed == to else MoveForm.filled({**words, "to": to}, ctx._),
        )
        for to in possible
    )


def _way(ctx: Context, item: Item, steps: tuple[Step, ...]) -> tuple[tuple[str, str, str], ...]:
    """The states that lead to a release, each with its day; a declined one ends where it did."""
    reached: dict[ItemState, datetime] = {}
    for step in steps:
        if step.was != step.to:
            reached[step.to] = step.at
    ended = item.state == ItemState.DECLINED
    names = [state for state in WAY if state in reached] + [ItemState.DECLINED] if ended else list(WAY)
    place = names.index(item.state)
    return tuple(
        (ctx._(STATES[state]), show_date(reached[state], ctx.locale) if number <= place and state in reached else "",
         "now" if number == place else "done" if number < place else "")
        for number, state in enumerate(names)
    )  # fmt: skip


ROUTES = (
    get("/backlog/{id:int}", show, cached=True),
    post("/backlog/{id:int}/transitions", move),
    post("/backlog/{id:int}/me-too", give, limit="support"),
    delete("/backlog/{id:int}/me-too", take_back, limit="support"),
)
