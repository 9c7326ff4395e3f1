"""What can be chosen: options by hand, one form each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from participation.policy import Verdict, ensure
from participation.web import Context, NotFound, Response, delete, get, page, post, redirect
from participation.web.forms import Form
from proposals.ballots import actions
from proposals.ballots.actions import OptionValues
from proposals.ballots.desk.reading import PATH, Place, area_choices, area_ids, options_of, places_of, read
from proposals.ballots.forms import OptionForm, option_values
from proposals.ballots.models import BUDGETED, Ballot, Method
from proposals.ballots.policy import may_change
from proposals.ballots.problems import Wrong
from proposals.ballots.sources import Source, sources_of


@dataclass(frozen=True, kw_only=True)
class OptionsPage:
    """`key`: of the option that the form changes; "" for a new one."""

    ballot: Ballot
    options: tuple[OptionValues, ...]
    sources: Mapping[int, Source]  # by the id of what an option was made from
    form: Form
    key: str
    places: tuple[Place, ...]
    changeable: Verdict
    needed: bool  # yes/no ballots have no options
    costs: bool
    total: int


def show(ctx: Context) -> Response:
    return _page(ctx, OptionForm.filled({}, ctx._, choices=_choices(ctx)))


def edit(ctx: Context) -> Response:
    ballot, _ = read(ctx)
    one = _one(ctx, ballot)
    texts = {f"{name}_{locale}": text for name in ("title", "summary") for locale, text in getattr(one, name).items()}
    keys = {number: key for key, number in area_ids(ctx.session).items()}
    values = {**texts, "cost": one.cost or None, "area": keys.get(one.area_id or 0, "")}
    return _page(ctx, OptionForm.filled(values, ctx._, choices=_choices(ctx)), one.key)


def save(ctx: Context) -> Response:
    """A new option, or with a key in the address that one changed; it keeps its key and what it was made from."""
    ballot, case = read(ctx)
    ensure(may_change(ctx.actor, case))
    key = ctx.path.get("key", "")
    before = _one(ctx, ballot) if key else None
    form = OptionForm.read(ctx.form, ctx._, choices=_choices(ctx))
    if form.ok:
        values = option_values(form.values, area_ids(ctx.session))
        changed = replace(before, **values) if before else OptionValues(**values)
        rows = options_of(ctx.session, ballot.id)
        kept = [changed if row.key == key else row for row in rows] if before else [*rows, changed]
        _put(ctx, ballot, kept, form)
    if not form.ok:
        return _page(ctx, form, key, 422)
    ctx.say("ok", ctx._("The option is kept."))
    return redirect(ctx, f"{PATH}/{ballot.id}/options")


def remove(ctx: Context) -> Response:
    ballot, case = read(ctx)
    ensure(may_change(ctx.actor, case))
    one, form = _one(ctx, ballot), OptionForm.filled({}, ctx._, choices=_choices(ctx))
    _put(ctx, ballot, [row for row in options_of(ctx.session, ballot.id) if row.key != one.key], form)
    if not form.ok:
        return _page(ctx, form, status=422)
    ctx.say("ok", ctx._("The option is removed."))
    return redirect(ctx, f"{PATH}/{ballot.id}/options")


def _put(ctx: Context, ballot: Ballot, rows: list[OptionValues], form: Form) -> None:
    try:
        actions.set_options(ctx.session, ctx.actor, ballot.id, rows, now=ctx.now)
    except Wrong as wrong:
        form.errors.update(wrong.said(ctx._).errors)
        ctx.session.rollback()


def _one(ctx: Context, ballot: Ballot) -> OptionValues:
    found = [row for row in options_of(ctx.session, ballot.id) if row.key == ctx.path["key"]]
    if not found:
        raise NotFound
    return found[0]


def _choices(ctx: Context) -> dict[str, list[tuple[str, str]]]:
    return {"area": area_choices(ctx)}


def _page(ctx: Context, form: Form, key: str = "", status: int = 200) -> Response:
    ballot, case = read(ctx)
    rows = options_of(ctx.session, ballot.id)
    view = OptionsPage(
        ballot=ballot,
        options=tuple(rows),
        sources=sources_of(ctx.session, ctx.services.registry.kinds, [row.source_id for row in rows if row.source_id]),
        form=form,
        key=key,
        places=places_of(ballot, "options"),
        changeable=may_change(ctx.actor, case),
        needed=ballot.method != Method.YES_NO,
        costs=ballot.method in BUDGETED,
        total=sum(row.cost for row in rows),
    )
    return page(ctx, "proposals/ballots/desk_options.html", view, status=status)


_ALL, _ONE = PATH + "/{id:int}/options", PATH + "/{id:int}/options/{key}"
ROUTES = (
    get(_ALL, show),
    post(_ALL, save, limit="desk_ballot"),
    get(_ONE, edit),
    post(_ONE, save, limit="desk_ballot"),
    delete(_ONE, remove, limit="desk_ballot"),
)
