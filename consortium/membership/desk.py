"""The secretariat's register: what waits first, and the page on which it decides."""

from dataclasses import dataclass

from consortium.membership import actions
from consortium.membership.forms import DecisionForm
from consortium.membership.labels import STANDINGS
from consortium.membership.models import Membership, Stage
from consortium.membership.policy import DECIDED, may_decide, may_review
from consortium.membership.queries import MemberView, StepView, history_of, member, members
from consortium.membership.standing import Standing
from participation.component import MenuItem
from participation.organisations.policy import LABELS
from participation.organisations.queries import PersonView, people_of
from participation.policy import N_, ensure
from participation.web import Context, NotFound, Response, get, page, post, redirect

SAYS = {
    Stage.APPROVED: N_("Approve"),
    Stage.RETURNED: N_("Ask back"),
    Stage.REFUSED: N_("Refuse"),
    Stage.SUSPENDED: N_("Suspend"),
}
REINSTATE = N_("Reinstate")
DONE = N_("Recorded. The organisation's people are told, with your words.")
WHY = N_("Please say why.")


@dataclass(frozen=True)
class DeskList:
    items: tuple[MemberView, ...]
    show: str
    shows: list[tuple[str, str]]


@dataclass(frozen=True)
class ReviewPage:
    member: MemberView
    purpose: str
    contact: str
    people: tuple[PersonView, ...]
    roles: dict[str, str]
    steps: tuple[StepView, ...]
    choices: list[tuple[str, str]]  # (stage, word on the button) that are possible now
    form: DecisionForm


def index(ctx: Context) -> Response:
    """Everybody, or one standing; what was applied for longest ago stands first."""
    ensure(may_review(ctx.actor))
    show = ctx.query.get("show", "")
    show = show if show in (*Standing, "all") else str(Standing.APPLIED)
    found = [view for view in members(ctx.session, ctx.now, every=True) if show in ("all", view.standing)]
    shows = [(str(place), ctx._(label)) for place, label in STANDINGS.items()]
    items = tuple(sorted(found, key=lambda view: view.moved_at))
    return page(ctx, "consortium/desk.html", DeskList(items, show, [*shows, ("all", ctx._("All"))]))


def review(ctx: Context) -> Response:
    return _page(ctx, _found(ctx), DecisionForm.filled({}, ctx._))


def decide(ctx: Context) -> Response:
    view, form, wanted = _found(ctx), DecisionForm.read(ctx.form, ctx._), str(ctx.form.get("to", ""))
    if wanted not in list(Stage):
        raise NotFound
    to = Stage(wanted)
    ensure(may_decide(ctx.actor, view.stage, to, view.id))
    if to in actions.NEEDS_REASON and form.ok and not form.values["reason"]:
        form.fail("reason", WHY)
    if not form.ok:
        return _page(ctx, view, form, 422)
    actions.decide(ctx.session, ctx.actor, view.id, to, form.values["reason"], now=ctx.now)
    ctx.say("ok", ctx._(DONE))
    return redirect(ctx, f"/secretariat/members/{view.id}")


def _found(ctx: Context) -> MemberView:
    ensure(may_review(ctx.actor))
    view = member(ctx.session, ctx.now, organisation_id=ctx.path["id"])
    if view is None:
        raise NotFound
    return view


def _page(ctx: Context, view: MemberView, form: DecisionForm, status: int = 200) -> Response:
    row = ctx.session.get_one(Membership, view.id)
    says = {**SAYS, **({Stage.APPROVED: REINSTATE} if view.stage == Stage.SUSPENDED else {})}
    shown = ReviewPage(
        view,
        row.purpose,
        row.contact,
        people_of(ctx.session, view.id),
        {str(role): ctx._(label) for role, label in LABELS.items()},
        history_of(ctx.session, view.id),
        [(str(to), ctx._(says[to])) for to in DECIDED if may_decide(ctx.actor, view.stage, to, view.id)],
        form,
    )
    return page(ctx, "consortium/review.html", shown, status=status)


MENU = (
    MenuItem(
        "desk-members",
        N_("Organisations"),
        "/secretariat/members",
        place="desk",
        order=40,
        roles=("secretariat", "administrator", "auditor"),
    ),
)
ROUTES = (
    get("/secretariat/members", index),
    get("/secretariat/members/{id:int}", review),
    post("/secretariat/members/{id:int}", decide),
)
