"""How a workshop stands, what it lacks, its next step, and who facilitates it."""

from dataclasses import dataclass

from participation.policy import N_, Verdict, ensure
from participation.web import Context, NotFound, Response, delete, get, page, post, redirect
from participation.web.forms import Form
from workshops import actions
from workshops.desk.reading import desk_of, organised
from workshops.forms import FacilitatorForm, StepForm
from workshops.labels import STATES
from workshops.members import participants
from workshops.models import State, Workshop
from workshops.policy import may_appoint, may_change, may_step
from workshops.port import DeskLink
from workshops.problems import Wrong
from workshops.queries import Appointed, WholeWorkshop, account_at, facilitators
from workshops.readiness import lacking

STEPS: dict[State, tuple[str, str]] = {
    State.RECRUITING: (
        N_("Announce the call"),
        N_("Everybody sees the workshop then. Places, dates of the call, questions and quotas stay as they are."),
    ),
    State.DRAWING: (N_("End the call"), N_("Nobody can apply any more after that. Places are drawn next.")),
    State.CONFIRMED: (N_("Settle who takes part"), N_("The panel is complete, and the preparation of the day begins.")),
    State.HELD: (N_("Mark it as held"), N_("The record can be written after that.")),
    State.PUBLISHED: (N_("Publish the record"), N_("Everybody can read what came out of the workshop.")),
    State.CALLED_OFF: (N_("Call it off"), N_("It does not take place. Whoever applied or follows it is told why.")),
}
RULES = ("capacity", "call_opens_at", "call_closes_at", "purpose", "retention_days")


@dataclass(frozen=True)
class Missing:
    said: str
    path: str


@dataclass(frozen=True, kw_only=True)
class DeskPage:
    whole: WholeWorkshop
    state: str
    changeable: Verdict
    appointing: Verdict
    missing: tuple[Missing, ...]
    steps: tuple[tuple[str, str], ...]
    links: tuple[DeskLink, ...]
    people: tuple[Appointed, ...]
    form: Form


@dataclass(frozen=True, kw_only=True)
class StepPage:
    whole: WholeWorkshop
    to: State
    label: str
    text: str
    form: Form
    reasoned: bool
    missing: tuple[Missing, ...]


def show(ctx: Context) -> Response:
    return _desk(ctx, desk_of(ctx), FacilitatorForm.filled({}, ctx._))


def ask(ctx: Context) -> Response:
    whole, to = organised(ctx), _to(ctx)
    ensure(_may(ctx, whole.workshop, to))
    return _ask(ctx, whole, to, StepForm.filled({"to": to}, ctx._))


def move(ctx: Context) -> Response:
    whole, to = organised(ctx), _to(ctx)
    form = StepForm.read({**ctx.form, "to": to}, ctx._)
    ensure(_may(ctx, whole.workshop, to))
    if form.ok and not form.values["reason"] and not _may(ctx, whole.workshop, to, given=""):
        form.fail("reason", N_("Please say why."))
    if not form.ok:
        return _ask(ctx, whole, to, form, 422)
    about, registry = (ctx.session, ctx.actor, whole.workshop.id, to), ctx.services.registry
    try:
        actions.move_workshop(*about, reason=form.values["reason"], registry=registry, now=ctx.now)
    except Wrong as wrong:
        form.errors.update(wrong.said(ctx._).errors)
        return _ask(ctx, whole, to, form, 422)
    ctx.say("ok", ctx._("Done: %(step)s", step=ctx._(STEPS[to][0])))
    return redirect(ctx, f"{whole.path}/desk")


def appoint(ctx: Context) -> Response:
    whole, form = organised(ctx), FacilitatorForm.read(ctx.form, ctx._)
    ensure(may_appoint(ctx.actor))
    number = account_at(ctx.session, form.values["email"]) if form.ok else None
    if form.ok and number is None:
        form.fail("email", N_("Nobody has an account with this address."))
    if not form.ok or number is None:
        return _desk(ctx, whole, form, 422)
    actions.appoint(ctx.session, ctx.actor, whole.workshop.id, number, now=ctx.now)
    return redirect(ctx, f"{whole.path}/desk")


def dismiss(ctx: Context) -> Response:
    whole = organised(ctx)
    actions.dismiss(ctx.session, ctx.actor, whole.workshop.id, ctx.path["account"], now=ctx.now)
    return redirect(ctx, f"{whole.path}/desk")


def _to(ctx: Context) -> State:
    if ctx.path["to"] not in list(STEPS):
        raise NotFound
    return State(ctx.path["to"])


def _may(ctx: Context, row: Workshop, to: State, given: str = "given later") -> Verdict:
    return may_step(ctx.actor, row, to, ctx.now, people=participants(ctx.session, row.id), reason=given)


def _desk(ctx: Context, whole: WholeWorkshop, form: Form, status: int = 200) -> Response:
    row = whole.workshop
    hung = [link for links in ctx.services.registry.hooks("workshop_desk") for link in links(ctx, row)]
    view = DeskPage(
        whole=whole,
        state=STATES[State(row.state)],
        changeable=may_change(ctx.actor, row),
        appointing=may_appoint(ctx.actor),
        missing=_missing(ctx, whole) if row.state == State.PLANNED else (),
        steps=tuple((to, label) for to, (label, _) in STEPS.items() if _may(ctx, row, to)),
        links=tuple(sorted(hung, key=lambda link: link.order)),
        people=facilitators(ctx.session, row.id),
        form=form,
    )
    return page(ctx, "workshops/desk.html", view, status=status)


def _ask(ctx: Context, whole: WholeWorkshop, to: State, form: Form, status: int = 200) -> Response:
    label, text = STEPS[to]
    view = StepPage(
        whole=whole,
        to=to,
        label=label,
        text=text,
        form=form,
        reasoned=to == State.CALLED_OFF or not _may(ctx, whole.workshop, to, given=""),
        missing=_missing(ctx, whole) if to == State.RECRUITING else (),
    )
    return page(ctx, "workshops/step.html", view, status=status)


def _missing(ctx: Context, whole: WholeWorkshop) -> tuple[Missing, ...]:
    """What is still needed before the call, with the place where it is written."""
    found = []
    for problem in lacking(ctx.session, whole.workshop, ctx.now):
        where = "/desk/questions" if problem.field == "quotas" else f"/edit#{_field(problem.field)}"
        found.append(Missing(ctx._(problem.message, **problem.values), whole.path + where))
    return tuple(found)


def _field(name: str) -> str:
    return name if name in RULES or name == "starts_at" else f"{name}_ja"


ROUTES = (
    get("/workshops/{slug}/desk", show),
    get("/workshops/{slug}/desk/state/{to}", ask),
    post("/workshops/{slug}/desk/state/{to}", move, limit="workshop_desk"),
    post("/workshops/{slug}/desk/facilitators", appoint, limit="workshop_desk"),
    delete("/workshops/{slug}/desk/facilitators/{account:int}", dismiss, limit="workshop_desk"),
)
