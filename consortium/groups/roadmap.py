"""The roadmap of a group: a picture and a table on its page, and the form that changes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from consortium.groups import actions
from consortium.groups.drawing import Picture, picture
from consortium.groups.forms import StepForm, localized
from consortium.groups.labels import STEP_MOODS, STEPS
from consortium.groups.models import RoadmapStep, StepState
from consortium.groups.pages import read
from consortium.groups.policy import SCOPE, may_lead_group, may_change_group
from consortium.groups.queries import Whole
from participation.policy import Verdict, ensure
from participation.subjects import Subject
from participation.web import Context, Response, delete, get, page, patch, post, redirect
from participation.web.i18n import ZONE


@dataclass(frozen=True)
class RoadmapBlock:
    steps: Sequence[RoadmapStep]
    picture: Picture | None
    labels: dict[str, str]
    moods: dict[str, str]
    path: str
    leads: Verdict


@dataclass(frozen=True)
class RoadmapPage:
    group: Whole
    form: StepForm
    block: RoadmapBlock
    step: RoadmapStep | None = None


def roadmap_block(ctx: Context, subject: Subject) -> RoadmapBlock | None:
    """The roadmap on the page of its group; nothing where there is none and the reader cannot begin one. One query."""
    if subject.kind != SCOPE:
        return None
    block = _block(ctx, subject.id, ctx.url_path)
    return block if block.steps or block.leads else None


def _block(ctx: Context, group_id: int, path: str) -> RoadmapBlock:
    wanted = select(RoadmapStep).where(RoadmapStep.group_id == group_id)
    steps = ctx.session.scalars(wanted.order_by(RoadmapStep.starts_on, RoadmapStep.id)).all()
    today = ctx.now.astimezone(ZONE).date()
    words = {str(state): ctx._(label) for state, label in STEPS.items()}
    moods = {str(state): mood for state, mood in STEP_MOODS.items()}
    return RoadmapBlock(steps, picture(steps, today), words, moods, path, may_lead_group(ctx.actor, group_id))


def edit(ctx: Context) -> Response:
    values = {"starts_on": ctx.now.astimezone(ZONE).date(), "state": StepState.PLANNED}
    return _page(ctx, _own(ctx), StepForm.filled(values, ctx._))


def add(ctx: Context) -> Response:
    return _save(ctx, None)


def edit_step(ctx: Context) -> Response:
    group = _own(ctx)
    step = actions.found_step(ctx.session, group.line.id, ctx.path["id"])
    values = {name: getattr(step, name) for name in ("starts_on", "ends_on", "state")}
    titles = {f"title_{locale}": step.title.get(locale, "") for locale in ("ja", "en")}
    return _page(ctx, group, StepForm.filled({**values, **titles}, ctx._), step)


def save(ctx: Context) -> Response:
    return _save(ctx, ctx.path["id"])


def remove(ctx: Context) -> Response:
    group = _own(ctx)
    actions.remove_step(ctx.session, ctx.actor, group.line.id, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._("The step is taken out of the roadmap."))
    return redirect(ctx, f"{group.line.path}/roadmap")


def _save(ctx: Context, number: int | None) -> Response:
    group, form = _own(ctx), StepForm.read(ctx.form, ctx._)
    step = actions.found_step(ctx.session, group.line.id, number) if number else None
    if not form.ok:
        return _page(ctx, group, form, step, 422)
    values, title = form.values, localized(form.values["title_ja"], form.values["title_en"])
    days, state = (values["starts_on"], values["ends_on"]), StepState(values["state"])
    actions.write_step(ctx.session, ctx.actor, group.line.id, number, title, *days, state, now=ctx.now)
    ctx.say("ok", ctx._("The roadmap says so from now on."))
    return redirect(ctx, f"{group.line.path}/roadmap")


def _own(ctx: Context) -> Whole:
    group = read(ctx)
    ensure(may_change_group(ctx.actor, group.line.id, group.line.state))
    return group


def _page(
    ctx: Context, group: Whole, form: StepForm, step: RoadmapStep | None = None, status: int = 200
) -> Response:
    view = RoadmapPage(group, form, _block(ctx, group.line.id, group.line.path), step)
    return page(ctx, "consortium/groups/roadmap.html", view, status=status)


ROUTES = (
    get("/working-groups/{slug}/roadmap", edit),
    post("/working-groups/{slug}/roadmap", add, limit="join_group"),
    get("/working-groups/{slug}/roadmap/{id:int}", edit_step),
    patch("/working-groups/{slug}/roadmap/{id:int}", save, limit="join_group"),
    delete("/working-groups/{slug}/roadmap/{id:int}", remove, limit="join_group"),
)
