"""The form of a ballot for the desk: a step to a page, kept as it is typed, shown as frozen once somebody has voted."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from participation.policy import N_, Verdict, ensure
from participation.spaces.models import Process
from participation.spaces.queries import process_by_slug
from participation.web import Context, NotFound, Response, fragment, get, page, post, redirect
from participation.web.fields import Choice, Text
from participation.web.forms import Form
from proposals.ballots import actions
from proposals.ballots.desk.reading import (
    PATH,
    Place,
    area_choices,
    area_ids,
    as_sent,
    chosen_areas,
    places_of,
    read,
)
from proposals.ballots.forms import DRAFTS, STEPS, QuestionForm, from_columns, to_columns
from proposals.ballots.labels import GOOD_FOR, METHODS
from proposals.ballots.models import Ballot, State
from proposals.ballots.policy import may_change, may_manage
from proposals.ballots.problems import Wrong

NOT_YET = N_("As it is typed, this cannot be used yet.")


class NewForm(Form):
    title_ja = QuestionForm.fields["title_ja"]
    slug = Text(N_("Address"), min=2, max=60, hint=N_("The last part of its address: small letters, digits, hyphens."))
    process = Choice(N_("Process"))


@dataclass(frozen=True)
class NewPage:
    form: Form


@dataclass(frozen=True, kw_only=True)
class StepPage:
    """`changeable` says why nothing can be changed any more."""

    ballot: Ballot
    step: str
    label: str
    form: Form
    places: tuple[Place, ...]
    changeable: Verdict
    drafted: bool
    methods: tuple[tuple[str, str], ...]  # name, what it is good for


def new(ctx: Context) -> Response:
    ensure(may_manage(ctx.actor))
    return _new_page(ctx, NewForm.filled({}, ctx._, choices=_processes(ctx)))


def create(ctx: Context) -> Response:
    ensure(may_manage(ctx.actor))
    form = NewForm.read(ctx.form, ctx._, choices=_processes(ctx))
    if not form.ok:
        return _new_page(ctx, form, 422)
    values, about = form.values, {"title": {"ja": form.values["title_ja"]}}
    process = process_by_slug(ctx.session, values["process"])
    try:
        number = actions.create_ballot(
            ctx.session, ctx.actor, process.id if process else 0, values["slug"], about, now=ctx.now
        )
    except Wrong as wrong:
        form.errors.update(wrong.said(ctx._).errors)
        return _new_page(ctx, form, 422)
    return redirect(ctx, f"{PATH}/{number}/edit/question")


def edit(ctx: Context) -> Response:
    ballot, _ = read(ctx)
    return _step_page(ctx, ballot, _filled(ctx, ballot))


def save(ctx: Context) -> Response:
    """Keep the step and go on; what cannot be used is shown once more, and is kept as it was typed."""
    ballot, case = read(ctx)
    ensure(may_change(ctx.actor, case))
    form = _kind(ctx).read(ctx.form, ctx._, choices={"areas": area_choices(ctx)})
    try:
        _keep(ctx, ballot, form)
    except Wrong as wrong:
        form.errors.update(wrong.said(ctx._).errors)
    if not form.ok:
        return _step_page(ctx, ballot, form, 422)
    if ctx.form.get("do") == "save":
        ctx.say("ok", ctx._("Kept. You can go on with it at any time."))
        return redirect(ctx, f"{PATH}/{ballot.id}/edit/{ctx.path['step']}")
    places = places_of(ballot, ctx.path["step"])
    here = next(number for number, place in enumerate(places) if place.current)
    return redirect(ctx, places[here + 1].path)


def autosave(ctx: Context) -> Response:
    """Drafts alone: what everybody sees already is changed by pressing a button."""
    ballot, case = read(ctx)
    ensure(may_change(ctx.actor, case))
    if case.state == State.DRAFT:
        _keep(ctx, ballot, _kind(ctx).read(ctx.form, ctx._, choices={"areas": area_choices(ctx)}))
    return fragment(ctx, "proposals/ballots/_desk_saved.html", None)


def _keep(ctx: Context, ballot: Ballot, form: Form) -> None:
    values = {name: form.values[name] for name in form.fields if name not in form.errors}
    wrong = {name: form.raw[name] for name in form.errors if name in form.fields and as_sent(form.raw[name])}
    if ballot.state == State.OPEN and form.errors:
        return
    stored = to_columns(values, area_ids(ctx.session), ballot.method, ballot.rules)
    others = {name: raw for name, raw in ballot.typed.items() if name not in form.fields}
    if _times_fit(ballot, stored):
        actions.change_ballot(
            ctx.session, ctx.actor, ballot.id, {**stored, "typed": {**others, **wrong}}, now=ctx.now
        )


def _times_fit(ballot: Ballot, stored: dict[str, Any]) -> bool:
    """The database refuses an end before the beginning; the form says so by itself."""
    opens, closes = stored.get("opens_at", ballot.opens_at), stored.get("closes_at", ballot.closes_at)
    return opens is None or closes is None or closes > opens


def _filled(ctx: Context, ballot: Ballot) -> Form:
    keys = {number: key for key, number in area_ids(ctx.session).items()}
    values = from_columns(ballot, keys, chosen_areas(ctx.session, ballot.id))
    form = _kind(ctx).filled(values, ctx._, choices={"areas": area_choices(ctx)})
    for name, raw in ballot.typed.items():
        if name in form.fields:
            form.raw[name] = raw
            form.errors[name] = ctx._(NOT_YET)
    return form


def _kind(ctx: Context) -> type[Form]:
    if ctx.path["step"] not in STEPS:
        raise NotFound
    return DRAFTS[ctx.path["step"]]


def _step_page(ctx: Context, ballot: Ballot, form: Form, status: int = 200) -> Response:
    _, case = read(ctx)
    step = ctx.path["step"]
    view = StepPage(
        ballot=ballot,
        step=step,
        label=STEPS[step][0],
        form=form,
        places=places_of(ballot, step),
        changeable=may_change(ctx.actor, case),
        drafted=case.state == State.DRAFT,
        methods=tuple((ctx._(METHODS[key]), ctx._(GOOD_FOR[key])) for key in METHODS) if step == "method" else (),
    )
    return page(ctx, "proposals/ballots/desk_edit.html", view, status=status)


def _new_page(ctx: Context, form: Form, status: int = 200) -> Response:
    return page(ctx, "proposals/ballots/desk_new.html", NewPage(form), status=status)


def _processes(ctx: Context) -> dict[str, list[tuple[str, str]]]:
    rows = ctx.session.execute(select(Process.slug, Process.title).order_by(Process.id.desc()))
    return {"process": [(slug, title.to(ctx.locale)) for slug, title in rows]}


ROUTES = (
    get(f"{PATH}/new", new),
    post(f"{PATH}/new", create, limit="desk_ballot"),
    get(PATH + "/{id:int}/edit/{step}", edit),
    post(PATH + "/{id:int}/edit/{step}", save, limit="desk_ballot"),
    post(PATH + "/{id:int}/edit/{step}/draft", autosave, limit="desk_ballot"),
)
