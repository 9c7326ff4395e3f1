"""The steps that a person may take with a pilot now, and the page that asks before each."""

from dataclasses import dataclass

from consortium.pilots.actions import move_pilot
from consortium.pilots.forms import TransitionForm
from consortium.pilots.guards import RULES, Asked, Case, may_move_pilot
from consortium.pilots.labels import MOVES
from consortium.pilots.models import TRANSITIONS, PilotState
from consortium.pilots.reading import read, today
from consortium.pilots.whole import Whole
from participation.policy import N_, Verdict, takes_part
from participation.web import Context, NotFound, Response, get, page, post, redirect

SOME_REASON = "-"  # stands for the reason that is typed later
SAID = {
    PilotState.SUBMITTED: N_("The pilot is submitted. The secretariat looks at it, and you are told by mail."),
    PilotState.APPROVED: N_("The pilot is approved. Everybody can read it now."),
    PilotState.RETURNED: N_("The pilot is returned. Its people are told, with your words."),
    PilotState.RUNNING: N_("The pilot has begun. The first report is due in a month."),
    PilotState.EVALUATING: N_("The trial is over. Please write the evaluation now."),
    PilotState.RELEASED: N_("The pilot is a service of the catalogue from now on."),
    PilotState.ENDED: N_("The pilot has ended. What was learned can be read here."),
}


@dataclass(frozen=True)
class Move:
    """A step that this person's role allows; `verdict` says what is still missing for it."""

    to: PilotState
    verdict: Verdict
    why: str  # the refusal in the reader's language

    @property
    def label(self) -> str:
        return MOVES[self.to]


@dataclass(frozen=True)
class MovePage:
    pilot: Whole
    moves: tuple[Move, ...]  # the one that is asked about; all that are possible where what was sent is none
    form: TransitionForm

    @property
    def label(self) -> str:
        return self.moves[0].label if len(self.moves) == 1 else N_("Change the state")


def moves_of(ctx: Context, case: Case) -> tuple[Move, ...]:
    """The arrows from the present state for whoever may decide on them at all, in the order of the way."""
    concern = [to for to in MOVES if to in TRANSITIONS[case.state] and _concerns(ctx, case, to)]
    return tuple(_move(ctx, case, to) for to in concern)


def _concerns(ctx: Context, case: Case, to: PilotState) -> bool:
    return bool(takes_part(ctx.actor) & RULES[to].who(Asked(ctx.actor, case, SOME_REASON, today(ctx))))


def _move(ctx: Context, case: Case, to: PilotState) -> Move:
    verdict = may_move_pilot(ctx.actor, case, to, today=today(ctx), reason=SOME_REASON)
    return Move(to, verdict, ctx._(verdict.reason, **dict(verdict.values)))


def ask(ctx: Context) -> Response:
    """What a step means, and room for its reason."""
    view, case = read(ctx)
    wanted = ctx.query.get("to", "")
    return _page(ctx, view, case, TransitionForm.filled({"to": wanted}, ctx._))


def go(ctx: Context) -> Response:
    """Take the step; what its guards refuse is said with their reason."""
    view, case = read(ctx)
    form = TransitionForm.read(ctx.form, ctx._)
    if not form.ok:
        return _page(ctx, view, case, form, 422)
    to = PilotState(form.values["to"])
    move_pilot(ctx.session, ctx.actor, view.line.id, to, reason=form.values["reason"], now=ctx.now)
    ctx.say("ok", ctx._(SAID[to]))
    return redirect(ctx, view.line.path)


def _page(ctx: Context, view: Whole, case: Case, form: TransitionForm, status: int = 200) -> Response:
    moves = moves_of(ctx, case)
    if "to" not in form.errors:
        moves = tuple(move for move in moves if move.to == form.raw["to"])
    if not moves:
        raise NotFound
    return page(ctx, "consortium/pilots/move.html", MovePage(view, moves, form), status=status)


ROUTES = (
    get("/pilots/{id:int}/transitions", ask),
    post("/pilots/{id:int}/transitions", go, limit="move_pilot"),
)
