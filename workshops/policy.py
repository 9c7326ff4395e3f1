"""Who may do what with a workshop. A workshop is asked by its row; what is shown to everybody its subject says."""

from datetime import datetime

from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require, signed_in
from participation.states import may_move
from workshops.models import AHEAD, TRANSITIONS, State, Workshop

FACILITATOR, SCOPE = "facilitator", "workshop"
READING = ("secretariat", "administrator", "auditor")
NOT_ORGANISER = N_("Only the facilitators of this workshop and the secretariat can do this.")


def organises(actor: Actor, workshop_id: int) -> bool:
    return actor.has("secretariat") or actor.has(FACILITATOR, SCOPE, workshop_id)


def may_create(actor: Actor) -> Verdict:
    return has_role(actor, "secretariat")


def may_organise(actor: Actor, workshop: Workshop) -> Verdict:
    """The secretariat, and whoever it made facilitator of this workshop."""
    if organises(actor, workshop.id):
        return ALLOWED
    return signed_in(actor) & Verdict("forbidden", NOT_ORGANISER)


def may_read(actor: Actor, workshop: Workshop, visible: bool) -> Verdict:
    """Everybody from its announcement on; before, its organisers and those who look after the platform."""
    if visible and workshop.state != State.PLANNED:
        return ALLOWED
    return may_organise(actor, workshop) | has_role(actor, *READING)


def may_read_desk(actor: Actor, workshop: Workshop) -> Verdict:
    """The organisers' pages, applications among them: organisers, and auditors, who change nothing."""
    return ALLOWED if actor.has("auditor") else may_organise(actor, workshop)


def may_change(actor: Actor, workshop: Workshop) -> Verdict:
    """Texts, time, place: until it was held or called off."""
    return may_organise(actor, workshop) & require(
        State(workshop.state) in AHEAD, N_("This workshop is over, so it can no longer be changed.")
    )


def may_admit(actor: Actor, workshop: Workshop) -> Verdict:
    """Take people in and hand them a personal link: on the day and after it too, until the record is published."""
    return may_organise(actor, workshop) & require(
        State(workshop.state) not in (State.PUBLISHED, State.CALLED_OFF),
        N_("This workshop is over, so nobody can be taken in any more."),
    )


def may_change_rules(actor: Actor, workshop: Workshop) -> Verdict:
    """Places, call, questions and quotas: until the call is announced. People apply by these rules."""
    return may_organise(actor, workshop) & require(
        workshop.state == State.PLANNED,
        N_("The call is announced, so places, dates of the call, questions and quotas stay as they are."),
    )


def may_appoint(actor: Actor) -> Verdict:
    """Make somebody facilitator of a workshop."""
    return has_role(actor, "secretariat")


def may_step(
    actor: Actor | None, workshop: Workshop, to: State, now: datetime, *, people: int, reason: str = ""
) -> Verdict:
    """A step along the table. `people`: participants who have accepted. `actor` None is the platform itself, at the
    time that was announced."""
    return (
        (may_organise(actor, workshop) if actor is not None else ALLOWED)
        & may_move(TRANSITIONS, State(workshop.state), to)
        & _in_time(workshop, to, now, people, reason.strip())
    )


def _in_time(workshop: Workshop, to: State, now: datetime, people: int, reason: str) -> Verdict:
    if to == State.DRAWING:
        over = workshop.call_closes_at is not None and workshop.call_closes_at <= now
        return require(
            over or bool(reason), N_("Please say why the call ends before the announced time. Everybody will read it.")
        )
    if to == State.CONFIRMED:
        return require(people > 0, N_("Nobody has accepted a place yet.")) & require(
            people >= workshop.capacity or bool(reason),
            N_("Not all places are taken. Please say why the workshop is held with fewer. Everybody will read it."),
        )
    if to == State.HELD:
        begun = workshop.starts_at is not None and workshop.starts_at <= now
        return require(begun, N_("This workshop has not begun yet."))
    if to == State.CALLED_OFF:
        return require(bool(reason), N_("Please say why the workshop is called off. Everybody will read it."))
    return ALLOWED


def may_apply(workshop: Workshop, visible: bool, now: datetime) -> Verdict:
    """Everybody, with an account or without, while the call is open; whom the call is for, the form asks."""
    if not takes_applications(workshop, visible, now):
        early = workshop.state == State.RECRUITING and workshop.call_opens_at and now < workshop.call_opens_at
        reason = N_("The call has not opened yet.") if early else N_("The call is closed.")
        return Verdict("closed", reason)
    return ALLOWED


def takes_applications(workshop: Workshop, visible: bool, now: datetime) -> bool:
    opens, closes = workshop.call_opens_at, workshop.call_closes_at
    running = opens is not None and closes is not None and opens <= now < closes
    return visible and workshop.state == State.RECRUITING and running
