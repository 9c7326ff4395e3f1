"""The form of a pilot: a step to a page, each kept as it is typed, and a look at the whole before it is submitted."""

from dataclasses import dataclass

from consortium.membership.queries import members
from consortium.membership.standing import Standing
from consortium.pilots import actions
from consortium.pilots.cases import missing_fields
from consortium.pilots.forms import DRAFTS, LABELS, STEP_OF, STEPS, IdeaForm
from consortium.pilots.guards import Case, represents
from consortium.pilots.models import PilotState
from consortium.pilots.moving import Move, moves_of
from consortium.pilots.notes import Note, notes_of
from consortium.pilots.policy import NOBODY, may_edit
from consortium.pilots.reading import read
from consortium.pilots.saving import Offers, filled, offers, sort_out, to_columns
from consortium.pilots.whole import Whole
from participation.organisations.models import MandateRole
from participation.organisations.queries import organisations_of
from participation.policy import N_, Refused, Verdict, ensure, takes_part
from participation.web import Context, NotFound, Response, fragment, get, page, post, redirect
from participation.web.forms import Form
from participation.web.fields import Choice, Text


class NewForm(Form):
    title = Text(IdeaForm.fields["title"].label, min=4, max=120, hint=IdeaForm.fields["title"].hint)
    organisation = Choice(N_("Which organisation leads it"))


@dataclass(frozen=True)
class Choosable:
    """An organisation that may lead a new pilot."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class NewPage:
    form: NewForm


@dataclass(frozen=True)
class StepLink:
    key: str
    label: str
    path: str
    open: tuple[str, ...]  # labels of what is still missing
    notes: int
    current: bool


@dataclass(frozen=True, kw_only=True)
class StepPage:
    pilot: Whole
    step: str
    label: str
    form: Form
    steps: tuple[StepLink, ...]
    notes: dict[str, Note]  # by field, of the last review
    offered: Offers
    back: str
    answer: str  # the reason with which it was returned


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    pilot: Whole
    steps: tuple[StepLink, ...]
    submit: Move | None
    answer: str


def new(ctx: Context) -> Response:
    own = own_organisations(ctx)
    first = own[0].slug if len(own) == 1 else ""
    form = NewForm.filled({"organisation": first}, ctx._, choices=names_of(own))
    return page(ctx, "consortium/pilots/new.html", NewPage(form))


def create(ctx: Context) -> Response:
    own = own_organisations(ctx)
    form = NewForm.read(ctx.form, ctx._, choices=names_of(own))
    if not form.ok:
        return page(ctx, "consortium/pilots/new.html", NewPage(form), status=422)
    number = next(each.id for each in own if each.slug == form.values["organisation"])
    row = actions.draft_pilot(
        ctx.session, ctx.actor, title=form.values["title"], organisation_id=number, locale=ctx.locale, now=ctx.now
    )
    if represents(ctx.actor, number):
        return redirect(ctx, f"/pilots/{row.id}/edit/{next(iter(STEPS))}")
    ctx.say("ok", ctx._("The draft is there. The organisation's representatives go on writing it."))
    return redirect(ctx, f"/pilots/{row.id}")


def edit(ctx: Context) -> Response:
    view, _ = _editable(ctx)
    offered = offers(ctx)
    return _step_page(ctx, view, filled(ctx, _kind(ctx), view, offered), offered)


def save(ctx: Context) -> Response:
    """Keep the step and go on; what cannot be used is shown once more, and is kept as it was typed."""
    view, _ = _editable(ctx)
    offered = offers(ctx)
    form = _kind(ctx).read(ctx.form, ctx._, choices=offered.choices)
    _keep(ctx, view, form, offered)
    if not form.ok:
        return _step_page(ctx, view, form, offered, 422)
    keys = [*STEPS, "check"]
    following = keys[keys.index(ctx.path["step"]) + 1]
    if ctx.form.get("do") == "save":
        ctx.say("ok", ctx._("Kept. You can go on with it at any time."))
        following = ctx.path["step"]
    return redirect(ctx, _path(view.line.id, following))


def autosave(ctx: Context) -> Response:
    view, _ = _editable(ctx)
    offered = offers(ctx)
    _keep(ctx, view, _kind(ctx).read(ctx.form, ctx._, choices=offered.choices), offered)
    return fragment(ctx, "consortium/_saved.html", None)


def check(ctx: Context) -> Response:
    """As citizens will read it, with what is still missing."""
    view, case = _editable(ctx)
    submit = next((move for move in moves_of(ctx, case) if move.to == PilotState.SUBMITTED), None)
    shown = CheckPage(pilot=view, steps=_steps(ctx, view, "check"), submit=submit, answer=_answer(view))
    return page(ctx, "consortium/pilots/check.html", shown)


def _keep(ctx: Context, view: Whole, form: Form, offered: Offers) -> None:
    values, typed = sort_out(form)
    others = {name: raw for name, raw in view.row.typed.items() if name not in form.fields}
    columns = to_columns(values, offered)
    actions.save_pilot(ctx.session, ctx.actor, view.line.id, columns, {**others, **typed}, now=ctx.now)


def _editable(ctx: Context) -> tuple[Whole, Case]:
    view, case = read(ctx)
    ensure(may_edit(ctx.actor, case))
    return view, case


def _kind(ctx: Context) -> type[Form]:
    if ctx.path["step"] not in STEPS:
        raise NotFound
    return DRAFTS[ctx.path["step"]]


def _path(pilot_id: int, step: str) -> str:
    return f"/pilots/{pilot_id}/check" if step == "check" else f"/pilots/{pilot_id}/edit/{step}"


def _step_page(ctx: Context, view: Whole, form: Form, offered: Offers, status: int = 200) -> Response:
    step, keys = ctx.path["step"], list(STEPS)
    place = keys.index(step)
    shown = StepPage(
        pilot=view,
        step=step,
        label=STEPS[step][0],
        form=form,
        steps=_steps(ctx, view, step),
        notes=notes_of(ctx.session, view.row.id, view.row.rounds),
        offered=offered,
        back=_path(view.line.id, keys[place - 1]) if place else view.line.path,
        answer=_answer(view),
    )
    return page(ctx, "consortium/pilots/edit.html", shown, status=status)


def _steps(ctx: Context, view: Whole, current: str) -> tuple[StepLink, ...]:
    missing = missing_fields(ctx.session, view.row)
    noted = notes_of(ctx.session, view.row.id, view.row.rounds)
    return tuple(
        StepLink(
            key,
            label,
            _path(view.line.id, key),
            tuple(LABELS[name] for name in missing if STEP_OF[name] == key),
            sum(STEP_OF[name] == key for name in noted),
            key == current,
        )
        for key, (label, _) in STEPS.items()
    )


def _answer(view: Whole) -> str:
    last = view.steps[-1]
    return last.reason if last.state == PilotState.RETURNED else ""


def own_organisations(ctx: Context) -> list[Choosable]:
    """The organisations for which this person may draft one: the own ones, for the secretariat all members."""
    ensure(takes_part(ctx.actor))
    if ctx.actor.has("secretariat"):
        known = (each for each in members(ctx.session, ctx.now) if each.standing == Standing.MEMBER)
        return [Choosable(each.id, each.slug, each.name.to(ctx.locale)) for each in known]
    own = organisations_of(ctx.session, ctx.actor, ctx.locale)
    named = [Choosable(each.id, each.slug, each.name) for each in own if MandateRole.REPRESENTATIVE in each.roles]
    if not named:
        raise Refused(Verdict("forbidden", NOBODY))
    return named


def names_of(own: list[Choosable]) -> dict[str, list[tuple[str, str]]]:
    return {"organisation": [(each.slug, each.name) for each in own]}


ROUTES = (
    get("/pilots/new", new),
    post("/pilots/new", create, limit="draft_pilot"),
    get("/pilots/{id:int}/edit/{step}", edit),
    post("/pilots/{id:int}/edit/{step}", save, limit="autosave"),
    post("/pilots/{id:int}/edit/{step}/draft", autosave, limit="autosave"),
    get("/pilots/{id:int}/check", check),
)
