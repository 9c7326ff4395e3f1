"""The ballot as a whole for the desk: how it stands, what it lacks, what freezes when; and the steps of its way."""

from dataclasses import dataclass

from participation.policy import N_, Refused, Verdict
from participation.web import Context, NotFound, Response, get, page, post, redirect
from participation.web.forms import Form
from proposals.ballots import actions
from proposals.ballots.cases import Case
from proposals.ballots.desk.reading import PATH, Place, places_of, read
from proposals.ballots.forms import STEP_OF, ReasonForm
from proposals.ballots.labels import METHODS, NEEDS, STATES
from proposals.ballots.models import Ballot, State
from proposals.ballots.policy import may_call_off, may_change, may_close, may_open, may_postpone, may_publish
from proposals.ballots.problems import Wrong
from proposals.ballots.queries import BallotView, ballot_view
from proposals.ballots.readiness import lacking

MOVES: dict[str, tuple[str, str]] = {
    State.OPEN: (N_("Open the ballot"), N_("Everybody sees it then; votes are taken from the announced time on.")),
    State.CLOSED: (N_("Close it before its time"), N_("Nobody can vote any more after that. The reason is public.")),
    State.PUBLISHED: (N_("Publish the result"), N_("Everybody sees the result and the counted ballots.")),
    State.CALLED_OFF: (
        N_("Call it off"),
        N_("There will be no result; what was cast is deleted uncounted. The reason is public."),
    ),
}
REASONED = (State.CLOSED, State.CALLED_OFF)


@dataclass(frozen=True)
class Missing:
    said: str
    path: str


@dataclass(frozen=True)
class Move:
    to: str
    label: str


@dataclass(frozen=True, kw_only=True)
class WholePage:
    ballot: BallotView
    state: str
    method: str
    needs: tuple[str, ...]
    areas: tuple[str, ...]
    places: tuple[Place, ...]
    changeable: Verdict
    missing: tuple[Missing, ...]
    moves: tuple[Move, ...]
    postponable: Verdict


@dataclass(frozen=True, kw_only=True)
class MovePage:
    ballot: Ballot
    to: str
    label: str
    text: str
    form: Form | None
    missing: tuple[Missing, ...]


def show(ctx: Context) -> Response:
    ballot, case = read(ctx)
    view = ballot_view(ctx.session, ctx.actor, ballot.slug, ctx.now)
    whole = WholePage(
        ballot=view,
        state=STATES[view.state],
        method=METHODS[case.method],
        needs=tuple(ctx._(NEEDS[need]) for need in view.needs),
        areas=tuple(name.to(ctx.locale) for name in view.areas),
        places=places_of(ballot, "look"),
        changeable=may_change(ctx.actor, case),
        missing=_missing(ctx, ballot),
        moves=tuple(Move(to, label) for to, (label, _) in MOVES.items() if _may(ctx, case, to)),
        postponable=may_postpone(ctx.actor, case, ctx.now),
    )
    return page(ctx, "proposals/ballots/desk.html", whole)


def ask(ctx: Context) -> Response:
    """Before a step: what it means, and what cannot be taken back."""
    return _ask(ctx, ReasonForm.filled({}, ctx._) if ctx.path["to"] in REASONED else None)


def move(ctx: Context) -> Response:
    ballot, case = read(ctx)
    to, reason = ctx.path["to"], ""
    if to not in MOVES:
        raise NotFound
    if to in REASONED:
        form = ReasonForm.read(ctx.form, ctx._)
        if not form.ok:
            return _ask(ctx, form, 422)
        reason = form.values["reason"]
    try:
        _do(ctx, ballot.id, to, reason)
    except Wrong:
        ctx.session.rollback()
        return _ask(ctx, None, 422)
    ctx.say("ok", ctx._("Done: %(step)s", step=ctx._(MOVES[to][0])))
    return redirect(ctx, f"{PATH}/{case.id}")


def _do(ctx: Context, ballot_id: int, to: str, reason: str) -> None:
    about = (ctx.session, ctx.actor, ballot_id)
    if to == State.OPEN:
        actions.open_ballot(*about, now=ctx.now)
    elif to == State.CLOSED:
        actions.close_ballot(*about, now=ctx.now, reason=reason)
    elif to == State.PUBLISHED:
        actions.publish_ballot(*about, now=ctx.now)
    else:
        actions.call_off(*about, reason, now=ctx.now)


def _may(ctx: Context, case: Case, to: str) -> Verdict:
    if to == State.OPEN:
        return may_open(ctx.actor, case)
    if to == State.CLOSED:
        return may_close(ctx.actor, case, ctx.now, "given later")
    return may_publish(ctx.actor, case) if to == State.PUBLISHED else may_call_off(ctx.actor, case)


def _ask(ctx: Context, form: Form | None, status: int = 200) -> Response:
    ballot, case = read(ctx)
    to = ctx.path["to"]
    if to not in MOVES:
        raise NotFound
    verdict = _may(ctx, case, to)
    if not verdict:
        raise Refused(verdict)
    label, text = MOVES[to]
    missing = _missing(ctx, ballot) if to == State.OPEN else ()
    view = MovePage(ballot=ballot, to=to, label=label, text=text, form=form, missing=missing)
    return page(ctx, "proposals/ballots/desk_move.html", view, form=form, status=status)


def _missing(ctx: Context, ballot: Ballot) -> tuple[Missing, ...]:
    if ballot.state != State.DRAFT:
        return ()
    path = f"{PATH}/{ballot.id}"
    found = []
    for problem in lacking(ctx.session, ballot, ctx.now):
        step = STEP_OF.get(problem.field) or STEP_OF.get(f"{problem.field}_ja")
        where = f"{path}/edit/{step}#{problem.field}" if step else f"{path}/options"
        found.append(Missing(ctx._(problem.message, **problem.values), where))
    typed = [Missing(ctx._(N_("Something that was typed cannot be used yet.")), f"{path}/edit/{STEP_OF[name]}#{name}")
             for name in ballot.typed if name in STEP_OF]  # fmt: skip
    return (*found, *typed)


ROUTES = (
    get(PATH + "/{id:int}", show),
    get(PATH + "/{id:int}/state/{to}", ask),
    post(PATH + "/{id:int}/state/{to}", move, limit="desk_ballot"),
)
