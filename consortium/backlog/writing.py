"""Putting an improvement on the list, changing its text, merging two."""

from collections.abc import Sequence
from dataclasses import dataclass

from consortium.backlog import actions
from consortium.backlog.actions import ItemText
from consortium.backlog.forms import MYSELF, ChangeForm, ItemForm, MergeForm
from consortium.backlog.pages import read_item
from consortium.backlog.policy import Case, may_change, may_merge, may_open, may_work
from consortium.backlog.queries import Item, case_of, items_by_id, newest_titles, service_of
from consortium.services.pages import read
from consortium.services.queries import Line, Owner, service_slug, whole_service
from participation.policy import N_, ensure
from participation.search.queries import similar, titles_within
from participation.web import Context, NotFound, Response, get, page, patch, post, redirect

CLOSE = 5  # near-duplicates offered
NOWHERE = N_("There is no improvement with this number.")
KEPT = "kept"  # in the form: whoever looks after it now


@dataclass(frozen=True)
class FormPage:
    service: Line
    form: ItemForm
    item: Item | None = None


@dataclass(frozen=True)
class MergePage:
    item: Item
    slug: str
    service: str
    form: MergeForm
    close: tuple[Item, ...]


def new(ctx: Context) -> Response:
    line = read(ctx).line
    ensure(may_open(ctx.actor, line.owner_ids, line.visible))
    first = line.owners[0].slug if line.owners else ""
    form = ItemForm.filled({"owner": first}, ctx._, choices=choices(ctx, line.owners))
    return page(ctx, "consortium/backlog/edit.html", FormPage(line, form))


def create(ctx: Context) -> Response:
    line = read(ctx).line
    ensure(may_open(ctx.actor, line.owner_ids, line.visible))
    form = ItemForm.read(ctx.form, ctx._, choices=choices(ctx, line.owners))
    if not form.ok:
        return page(ctx, "consortium/backlog/edit.html", FormPage(line, form), status=422)
    row = actions.open_item(
        ctx.session, ctx.actor, line, said(ctx, line.owners, form), locale=ctx.locale, now=ctx.now
    )
    ctx.say("ok", ctx._("It is on the list. Name the voices that it came from, so that they are told."))
    return redirect(ctx, f"/backlog/{row.id}")


def edit(ctx: Context) -> Response:
    case, item, line = _own(ctx)
    ensure(may_change(ctx.actor, case))
    form = ChangeForm.filled(stored(item, line.owners), ctx._, choices=choices(ctx, line.owners, item))
    return page(ctx, "consortium/backlog/edit.html", FormPage(line, form, item))


def save(ctx: Context) -> Response:
    case, item, line = _own(ctx)
    ensure(may_change(ctx.actor, case))
    form = ChangeForm.read(ctx.form, ctx._, choices=choices(ctx, line.owners, item))
    if not form.ok:
        return page(ctx, "consortium/backlog/edit.html", FormPage(line, form, item), status=422)
    text = said(ctx, line.owners, form, item)
    changed = actions.change_item(ctx.session, ctx.actor, item.id, text, form.values["reason"], now=ctx.now)
    ctx.say("ok", ctx._("The changes are saved.") if changed else ctx._("Nothing was different."))
    return redirect(ctx, item.path)


def ask_merge(ctx: Context) -> Response:
    case, item, _ = _own(ctx)
    ensure(may_work(ctx.actor, case.owners))
    return _merge(ctx, item, MergeForm.filled({"into": ctx.query.get("into")}, ctx._))


def merge(ctx: Context) -> Response:
    case, item, _ = _own(ctx)
    ensure(may_work(ctx.actor, case.owners))
    form = MergeForm.read(ctx.form, ctx._)
    into = case_of(ctx.session, form.values["into"]) if form.ok else None
    if form.ok and into is None:
        form.fail("into", NOWHERE)
    if into is None:
        return _merge(ctx, item, form, 422)
    verdict = may_merge(ctx.actor, case, into)
    if not verdict:
        form.fail("into", verdict.reason)
        return _merge(ctx, item, form, 422)
    actions.merge_items(ctx.session, ctx.actor, item.id, into.id, reason=form.values["reason"], now=ctx.now)
    ctx.say("ok", ctx._("Both are one now, with all voices and everybody who wants it."))
    return redirect(ctx, f"/backlog/{into.id}")


def choices(ctx: Context, owners: Sequence[Owner], item: Item | None = None) -> dict[str, list[tuple[str, str]]]:
    """Who may look after it: the organisations that run the service, oneself, or whoever does now."""
    named = [(owner.slug, owner.name.to(ctx.locale)) for owner in owners]
    kept = [(KEPT, item.person)] if item and item.person and item.account_id != ctx.actor.id else []
    return {"owner": [*named, *kept, (MYSELF, ctx._("Myself"))]}


def said(ctx: Context, owners: Sequence[Owner], form: ItemForm, item: Item | None = None) -> ItemText:
    """What the form says.

    Raises:
        Invalid: something is wrong.
    """
    kept = item is not None and form.values.get("owner") == KEPT
    person = item.account_id if item and kept else ctx.actor.id
    return form.said({owner.slug: owner.id for owner in owners}, person)


def stored(item: Item, owners: Sequence[Owner]) -> dict[str, object]:
    """What stands in the form of an improvement that is there already."""
    owner = next((each.slug for each in owners if each.name == item.organisation), "")
    owner = owner or (KEPT if item.account_id else "")
    return {"title": item.title, "body": item.body, "owner": owner, "target_on": item.target_on}


def _own(ctx: Context) -> tuple[Case, Item, Line]:
    case, item = read_item(ctx)
    view = whole_service(ctx.session, service_slug(ctx.session, item.service_id) or "")
    if view is None:
        raise NotFound
    return case, item, view.line


def _merge(ctx: Context, item: Item, form: MergeForm, status: int = 200) -> Response:
    slug, name = service_of(ctx.session, item.service_id)
    shown = MergePage(item, slug, name.to(ctx.locale), form, close_to(ctx, item.service_id, item.title, item.id))
    return page(ctx, "consortium/backlog/merge.html", shown, status=status)


def close_to(ctx: Context, service_id: int, text: str, besides: int | None = None) -> tuple[Item, ...]:
    """Improvements of a service whose words are close to a text, closest first: those that the index finds for a
    title, and those of whose title a longer text speaks."""
    many = {"kind": "backlog", "limit": CLOSE * 4, "besides": besides}
    found = [one.document.subject_id for one in similar(ctx.session, ctx.services, ctx.actor, text, **many)]
    titles = newest_titles(ctx.session, service_id)
    titles.pop(besides or 0, None)
    found += titles_within(text, titles, CLOSE)
    return items_by_id(ctx.session, service_id, list(dict.fromkeys(found)))[:CLOSE]


ROUTES = (
    get("/services/{slug}/backlog/new", new),
    post("/services/{slug}/backlog", create, limit="enter_service"),
    get("/backlog/{id:int}/edit", edit),
    patch("/backlog/{id:int}", save, limit="enter_service"),
    get("/backlog/{id:int}/merge", ask_merge),
    post("/backlog/{id:int}/merge", merge),
)
