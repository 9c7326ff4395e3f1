"""The secretariat's pages for processes and their phases."""

from dataclasses import dataclass

from participation.policy import N_, Verdict, ensure
from participation.spaces import actions, queries
from participation.spaces.forms import PhaseForm, ProcessForm, apart
from participation.spaces.models import Phase, Process, ProcessState
from participation.spaces.pages import feature_labels
from participation.spaces.policy import TRANSITIONS, may_manage, may_set_state
from participation.spaces.queries import ProcessView
from participation.web import Context, NotFound, Response, delete, get, page, patch, post, redirect

TAKEN = N_("Another process already has this address.")
SAVED = N_("Saved.")


@dataclass(frozen=True)
class DeskProcess:
    """The editing page of a process; `moves` are the states that it can go to, with the verdict for each."""

    process: ProcessView
    form: ProcessForm
    labels: dict[str, str]
    moves: dict[str, Verdict]


@dataclass(frozen=True)
class PhasePage:
    process: ProcessView
    phase_id: int | None
    form: PhaseForm


def index(ctx: Context) -> Response:
    ensure(may_manage(ctx.actor))
    return page(ctx, "spaces/desk.html", queries.processes(ctx.session, ctx.locale, ctx.now, drafts=True))


def new(ctx: Context) -> Response:
    ensure(may_manage(ctx.actor))
    return page(ctx, "spaces/new.html", None, form=ProcessForm.filled({}, ctx._))


def create(ctx: Context) -> Response:
    ensure(may_manage(ctx.actor))
    form = ProcessForm.read(ctx.form, ctx._)
    if form.ok and queries.process_by_slug(ctx.session, form.values["slug"]) is not None:
        form.fail("slug", TAKEN)
    if not form.ok:
        return page(ctx, "spaces/new.html", None, form=form, status=422)
    process = actions.create_process(ctx.session, ctx.actor, form.process_values(), now=ctx.now)
    ctx.say("ok", ctx._(N_("The process is kept as a draft. Now give it phases; then you can publish it.")))
    return redirect(ctx, f"/secretariat/processes/{process.id}")


def edit(ctx: Context) -> Response:
    process = _process(ctx)
    texts = {key: text for name in actions.TEXTS for key, text in apart(name, getattr(process, name)).items()}
    form = ProcessForm.filled({**texts, "slug": process.slug, "support_cap": process.support_cap}, ctx._)
    return page(ctx, "spaces/edit.html", _desk(ctx, process, form))


def save(ctx: Context) -> Response:
    process = _process(ctx)
    form = ProcessForm.read(ctx.form, ctx._)
    other = queries.process_by_slug(ctx.session, form.values["slug"]) if form.ok else None
    if other is not None and other.id != process.id:
        form.fail("slug", TAKEN)
    if not form.ok:
        return page(ctx, "spaces/edit.html", _desk(ctx, process, form), status=422)
    actions.edit_process(ctx.session, ctx.actor, process, form.process_values(), now=ctx.now)
    ctx.say("ok", ctx._(SAVED))
    return redirect(ctx, f"/secretariat/processes/{process.id}")


def set_state(ctx: Context) -> Response:
    process = _process(ctx)
    wanted = str(ctx.form.get("to", ""))
    if wanted not in list(ProcessState):
        raise NotFound
    actions.set_process_state(ctx.session, ctx.actor, process, ProcessState(wanted), now=ctx.now)
    ctx.say("ok", ctx._(SAVED))
    return redirect(ctx, f"/secretariat/processes/{process.id}")


def new_phase(ctx: Context) -> Response:
    process = _process(ctx)
    form = PhaseForm.filled({"starts_at": ctx.now}, ctx._, choices=_features(ctx))
    return page(ctx, "spaces/phase.html", PhasePage(_view(ctx, process), None, form))


def create_phase(ctx: Context) -> Response:
    process = _process(ctx)
    form = PhaseForm.read(ctx.form, ctx._, choices=_features(ctx))
    if not form.ok:
        return page(ctx, "spaces/phase.html", PhasePage(_view(ctx, process), None, form), status=422)
    actions.add_phase(ctx.session, ctx.actor, process, form.phase_values(), now=ctx.now)
    ctx.say("ok", ctx._(N_("The phase is added.")))
    return redirect(ctx, f"/secretariat/processes/{process.id}#phases")


def edit_phase(ctx: Context) -> Response:
    process, phase = _phase(ctx)
    texts = {**apart("title", phase.title), **apart("description", phase.description)}
    stored = {"starts_at": phase.starts_at, "ends_at": phase.ends_at, "features": phase.features}
    form = PhaseForm.filled({**texts, **stored}, ctx._, choices=_features(ctx))
    return page(ctx, "spaces/phase.html", PhasePage(_view(ctx, process), phase.id, form))


def save_phase(ctx: Context) -> Response:
    process, phase = _phase(ctx)
    form = PhaseForm.read(ctx.form, ctx._, choices=_features(ctx))
    if not form.ok:
        return page(ctx, "spaces/phase.html", PhasePage(_view(ctx, process), phase.id, form), status=422)
    actions.edit_phase(ctx.session, ctx.actor, process, phase, form.phase_values(), now=ctx.now)
    ctx.say("ok", ctx._(SAVED))
    return redirect(ctx, f"/secretariat/processes/{process.id}#phases")


def remove_phase(ctx: Context) -> Response:
    process, phase = _phase(ctx)
    actions.remove_phase(ctx.session, ctx.actor, process, phase, now=ctx.now)
    ctx.say("ok", ctx._(N_("The phase is removed.")))
    return redirect(ctx, f"/secretariat/processes/{process.id}#phases")


def move_phase(ctx: Context) -> Response:
    process, phase = _phase(ctx)
    by = {"up": -1, "down": 1}.get(str(ctx.form.get("to", "")), 0)
    actions.move_phase(ctx.session, ctx.actor, process, phase, by, now=ctx.now)
    return redirect(ctx, f"/secretariat/processes/{process.id}#phases")


def _desk(ctx: Context, process: Process, form: ProcessForm) -> DeskProcess:
    view = _view(ctx, process)
    moves = {
        to.value: may_set_state(ctx.actor, process, to, list(view.phases))  # type: ignore[arg-type]
        for to in sorted(TRANSITIONS[ProcessState(process.state)])
    }
    return DeskProcess(view, form, feature_labels(ctx), moves)


def _view(ctx: Context, process: Process) -> ProcessView:
    return queries.process_view(ctx.session, process, ctx.locale, ctx.now)


def _features(ctx: Context) -> dict[str, list[tuple[str, str]]]:
    return {"features": list(feature_labels(ctx).items())}


def _process(ctx: Context) -> Process:
    process = ctx.session.get(Process, ctx.path["id"])
    ensure(may_manage(ctx.actor, process))
    if process is None:
        raise NotFound
    return process


def _phase(ctx: Context) -> tuple[Process, Phase]:
    process, phase = _process(ctx), ctx.session.get(Phase, ctx.path["phase"])
    if phase is None or phase.process_id != process.id:
        raise NotFound
    return process, phase


ROUTES = (
    get("/secretariat/processes", index),
    get("/secretariat/processes/new", new),
    post("/secretariat/processes", create),
    get("/secretariat/processes/{id:int}", edit),
    patch("/secretariat/processes/{id:int}", save),
    post("/secretariat/processes/{id:int}/state", set_state),
    get("/secretariat/processes/{id:int}/phases/new", new_phase),
    post("/secretariat/processes/{id:int}/phases", create_phase),
    get("/secretariat/processes/{id:int}/phases/{phase:int}", edit_phase),
    patch("/secretariat/processes/{id:int}/phases/{phase:int}", save_phase),
    delete("/secretariat/processes/{id:int}/phases/{phase:int}", remove_phase),
    post("/secretariat/processes/{id:int}/phases/{phase:int}/position", move_phase),
)
