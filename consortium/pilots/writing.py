"""The form of a pilot: a step to a page, each kept as it is typed, and a look at the whole before it is submitted."""

from dataclasses import dataclass

from consortium.pilots import actions
from consortium.pilots.cases import missing_fields
from consortium.pilots.forms import DRAFTS, LABELS, STEP_OF, STEPS
from consortium.pilots.guards import Case
from consortium.pilots.models import PilotState
from consortium.pilots.moving import Move, moves_of
from consortium.pilots.notes import Note, notes_of
from consortium.pilots.policy import may_edit
from consortium.pilots.reading import read
from consortium.pilots.saving import Offers, filled, offers, sort_out, to_columns
from consortium.pilots.whole import Whole
from participation.policy import ensure
from participation.web import Context, NotFound, Response, fragment, get, page, post, redirect
from participation.web.forms import Form


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


ROUTES = (
    get("/pilots/{id:int}/edit/{step}", edit),
    post("/pilots/{id:int}/edit/{step}", save, limit="autosave"),
    post("/pilots/{id:int}/edit/{step}/draft", autosave, limit="autosave"),
    get("/pilots/{id:int}/check", check),
)
