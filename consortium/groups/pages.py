"""The list of working groups and the page of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from consortium.groups.asking import Asked, Filters, asked, chips, everything, filters
from consortium.groups.forms import other_state
from consortium.groups.labels import MOVES
from consortium.groups.policy import may_change_group, may_enter_group, may_move_group
from consortium.groups.queries import Line, Whole, group_slug, whole_group
from participation.policy import Verdict
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, fragment, get, page, redirect, subject_blocks


@dataclass(frozen=True, kw_only=True)
class ListPage:
    asked: Asked
    items: Sequence[Line]
    filters: Filters
    chips: list[tuple[str, str]]
    enterable: Verdict


@dataclass(frozen=True, kw_only=True)
class GroupPage:
    group: Whole
    changeable: Verdict
    move: tuple[str, str] | None  # (state, word on the button), for whoever may


def index(ctx: Context) -> Response:
    wanted, offered = asked(ctx), filters(ctx)
    view = ListPage(
        asked=wanted,
        items=[line for line in everything(ctx) if wanted.fits(line)],
        filters=offered,
        chips=chips(ctx, wanted, offered),
        enterable=may_enter_group(ctx.actor),
    )
    if ctx.htmx:
        return fragment(ctx, "consortium/groups/_list.html", view)
    return page(ctx, "consortium/groups/index.html", view)


def show(ctx: Context) -> Response:
    found = read(ctx)
    line, to = found.line, other_state(found.line.state)
    view = GroupPage(
        group=found,
        changeable=may_change_group(ctx.actor, line.id, line.state),
        move=(str(to), ctx._(MOVES[to])) if may_move_group(ctx.actor, line.state, to) else None,
    )
    subject = ctx.session.get_one(Subject, line.id)
    return page(ctx, "consortium/groups/show.html", view, blocks=subject_blocks(ctx, subject))


def by_id(ctx: Context) -> Response:
    slug = group_slug(ctx.session, ctx.path["id"])
    if slug is None:
        raise NotFound
    return redirect(ctx, f"/working-groups/{slug}")


def read(ctx: Context) -> Whole:
    """The group of the address.

    Raises:
        NotFound: there is none, or it is hidden and the reader is not of the secretariat.
    """
    found = whole_group(ctx.session, ctx.path["slug"])
    if found is None or not (found.line.visible or may_enter_group(ctx.actor)):
        raise NotFound
    return found


ROUTES = (
    get("/working-groups", index, cached=True),
    get("/working-groups/by-id/{id:int}", by_id),
    get("/working-groups/{slug}", show),
)
