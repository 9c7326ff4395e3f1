"""Who may do what with a draw. A draw is asked by its row and that of its workshop."""

from datetime import datetime

from participation.policy import ALLOWED, N_, Actor, Verdict, require
from participation.states import may_move
from workshops.models import State, Workshop, WorkshopApplication
from workshops.panels.models import TRANSITIONS, Answer, WorkshopDraw, WorkshopInvitation
from workshops.policy import may_organise

UPCOMING = (State.DRAWING, State.CONFIRMED)


def may_name_source(actor: Actor, workshop: Workshop, draw: WorkshopDraw) -> Verdict:
    """Which public number completes the seed: as long as people can still apply."""
    return may_organise(actor, workshop) & require(
        workshop.state == State.RECRUITING and draw.frozen_at is None,
        N_("The call is closed, so the source of the public number stays as it was announced."),
    )


def may_enter_value(actor: Actor, workshop: Workshop, draw: WorkshopDraw) -> Verdict:
    """The public number itself: once, when it is known that a panel exists."""
    return (
        may_organise(actor, workshop)
        & require(
            workshop.state == State.DRAWING and draw.frozen_at is not None,
            N_("The number is entered when the call is closed, and before the places are confirmed."),
        )
        & require(draw.checked_at is not None, N_("The quotas are being checked. Please try again in a moment."))
        & require(not draw.problem, N_("No panel meets the quotas. Please change them first."))
        & require(draw.entered_at is None, N_("The number is entered already and cannot be changed."))
    )


def may_ease(actor: Actor, workshop: Workshop, draw: WorkshopDraw) -> Verdict:
    """Change quotas or seats: only when no panel meets them."""
    return may_organise(actor, workshop) & require(
        workshop.state == State.DRAWING and bool(draw.problem) and draw.entered_at is None,
        N_("Quotas are changed after the close only when no panel can meet them."),
    )


def may_answer(
    invitation: WorkshopInvitation, workshop: Workshop, application: WorkshopApplication | None, to: Answer,
    now: datetime,
) -> Verdict:  # fmt: skip
    """Whoever was invited, known by the mailed link or the account, or an organiser who was told by telephone."""
    in_time = workshop.starts_at is not None and now < workshop.starts_at and State(workshop.state) in UPCOMING
    return (
        require(in_time, N_("The workshop has begun, is over or was called off."), kind="closed")
        & require(application is not None, N_("The application was deleted."))
        & require(
            invitation.state != Answer.INVITED or now < invitation.deadline or to != Answer.ACCEPTED,
            N_("The deadline has passed, and the place was given to somebody else."),
            kind="closed",
        )
        & may_move(TRANSITIONS, Answer(invitation.state), to)
    )


def may_answer_for(actor: Actor, workshop: Workshop) -> Verdict:
    """An organiser, for somebody who told them."""
    return ALLOWED & may_organise(actor, workshop)
