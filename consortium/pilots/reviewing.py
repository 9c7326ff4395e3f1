"""The review of a pilot: what waits, notes beside each field, and the decision."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.pilots import actions
from consortium.pilots.forms import LABELS, STEPS, TransitionForm
from consortium.pilots.labels import STATES
from consortium.pilots.models import Pilot, PilotState
from consortium.pilots.moving import SAID, Move, moves_of
from consortium.pilots.notes import Note, notes_of
from consortium.pilots.policy import may_annotate, may_look
from consortium.pilots.queries import Line, lines_of
from consortium.pilots.reading import read
from consortium.pilots.whole import Whole
from participation.component import MenuItem
from participation.policy import N_, Verdict, ensure, has_role
from participation.web import Context, Response, fragment, get, page, post, redirect
from participation.web.fields import Text, clean

LONGEST = 1_000  # characters of a note
DESK = ("secretariat", "administrator", "auditor")
SHOWN = (PilotState.SUBMITTED, PilotState.RETURNED, PilotState.EVALUATING, PilotState.APPROVED, PilotState.RUNNING)


class ReviewForm(TransitionForm):
    """The decision, and a note to each field."""

    fields = {  # noqa: RUF012 - one for each field of a pilot
        **TransitionForm.fields,
        **{f"note_{name}": Text(label, max=LONGEST, lines=True, required=False) for name, label in LABELS.items()},
    }


@dataclass(frozen=True)
class QueuePage:
    items: tuple[Line, ...]
    show: str
    shows: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    pilot: Whole
    steps: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # label of the step, (field, label) of each field
    notes: dict[str, Note]
    earlier: tuple[tuple[int, str, Note], ...]  # round, label of the field, note
    annotates: Verdict
    moves: tuple[Move, ...]
    form: ReviewForm


def queue(ctx: Context) -> Response:
    """For the desk: what is in a state, what waits longest first."""
    ensure(has_role(ctx.actor, *DESK))
    show = ctx.query.get("show", "")
    show = show if show in SHOWN else PilotState.SUBMITTED
    items = lines_of(ctx.session, Pilot.state == show)
    shows = [(str(state), ctx._(STATES[state])) for state in SHOWN]
    return page(ctx, "consortium/pilots/queue.html", QueuePage(items, show, shows))


def show(ctx: Context) -> Response:
    return _page(ctx, None)


def save_notes(ctx: Context) -> Response:
    """Autosave, and the button for whoever has no script."""
    view, _ = read(ctx)
    _keep(ctx, view)
    if ctx.form.get("do") != "save":
        return fragment(ctx, "consortium/_saved.html", None)
    form = ReviewForm.read(ctx.form, ctx._)
    form.errors = {name: message for name, message in form.errors.items() if name.startswith("note_")}
    if not form.ok:
        return _page(ctx, form, 422)
    ctx.say("ok", ctx._("Your notes are kept. The organisation sees them once the pilot is returned."))
    return redirect(ctx, f"{view.line.path}/review")


def decide(ctx: Context) -> Response:
    """Keep the notes and take the step: approve or return."""
    view, case = read(ctx)
    ensure(may_annotate(ctx.actor, case))
    _keep(ctx, view)
    form = ReviewForm.read(ctx.form, ctx._)
    if not form.ok:
        return _page(ctx, form, 422)
    to = PilotState(form.values["to"])
    actions.move_pilot(ctx.session, ctx.actor, view.line.id, to, reason=form.values["reason"], now=ctx.now)
    ctx.say("ok", ctx._(SAID[to]))
    return redirect(ctx, view.line.path)


def waiting_pilots(session: Session, now: datetime) -> list[tuple[str, int, int, str]]:
    """For the desk: how many pilots wait for the review, the oldest for how many days."""
    waiting = select(func.count(), func.min(Pilot.moved_at)).where(Pilot.state == PilotState.SUBMITTED)
    count, oldest = session.execute(waiting).one()
    return [(N_("Pilots to review"), count, (now - oldest).days if oldest else 0, "/secretariat/pilots")]


def _keep(ctx: Context, view: Whole) -> None:
    notes = {name: clean(ctx.form.get(f"note_{name}", ""))[:LONGEST] for name in LABELS if f"note_{name}" in ctx.form}
    actions.annotate(ctx.session, ctx.actor, view.line.id, notes, now=ctx.now)


def _page(ctx: Context, form: ReviewForm | None, status: int = 200) -> Response:
    view, case = read(ctx)
    ensure(may_look(ctx.actor, case))
    rounds, session = view.row.rounds, ctx.session
    earlier = [(n, notes_of(session, view.line.id, n)) for n in range(rounds - 1, 0, -1)]
    notes = _shown_notes(view, notes_of(session, view.line.id, rounds), bool(may_annotate(ctx.actor, case)))
    stored = {f"note_{name}": note.body for name, note in notes.items()}
    shown = ReviewPage(
        pilot=view,
        steps=tuple(
            (label, tuple((name, LABELS[name]) for name in kind.fields)) for label, kind in STEPS.values()
        ),
        notes=notes,
        earlier=tuple((n, LABELS[name], note) for n, notes in earlier for name, note in notes.items()),
        annotates=may_annotate(ctx.actor, case),
        moves=moves_of(ctx, case) if case.state == PilotState.SUBMITTED else (),
        form=form or ReviewForm.filled(stored, ctx._),
    )
    return page(ctx, "consortium/pilots/review.html", shown, status=status)


def _shown_notes(view: Whole, notes: dict[str, Note], own: bool) -> dict[str, Note]:
    """Notes are the reviewers' own until they decide."""
    return notes if own or view.line.state != PilotState.SUBMITTED else {}


MENU = (MenuItem("desk-pilots", N_("Pilots"), "/secretariat/pilots", place="desk", order=44, roles=DESK),)
ROUTES = (
    get("/secretariat/pilots", queue),
    get("/pilots/{id:int}/review", show),
    post("/pilots/{id:int}/review", decide, limit="move_pilot"),
    post("/pilots/{id:int}/review/notes", save_notes, limit="autosave"),
)
