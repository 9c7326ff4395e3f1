"""Who may do what with a ballot. Every function looks at a `Case` and says the reason of a refusal in plain words."""

from datetime import datetime

from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, phase_allows, require, takes_part
from participation.states import may_move
from proposals.ballots.cases import Case
from proposals.ballots.models import TRANSITIONS, State

READING = ("secretariat", "administrator", "auditor")
PROVE, PROFILE = "/me/verification", "/me/profile"
MISSING = {
    "resident": N_("This ballot is for people who are verified as residents. My page says how to do that."),
    "worker": N_("This ballot is for people who are verified to work in the city. My page says how to do that."),
    "student": N_("This ballot is for people who are verified to study in the city. My page says how to do that."),
    "adult": N_("This ballot is for people whose age of 18 or more is verified. My page says how to do that."),
}


def may_manage(actor: Actor, process_id: int | None = None) -> Verdict:
    """The secretariat; for the ballots of one process also whoever was made its manager."""
    if process_id is not None and actor.has("manager", "process", process_id):
        return ALLOWED
    return has_role(actor, "secretariat")


def may_look(actor: Actor, process_id: int | None = None) -> Verdict:
    """At the desk: those who prepare ballots, and those who read everything and change nothing there."""
    return may_manage(actor, process_id) | has_role(actor, *READING)


def may_read(actor: Actor, case: Case) -> Verdict:
    """Everybody once it is open; a draft those who prepare it, and those who audit."""
    if case.visible:
        return ALLOWED
    return may_look(actor, case.process_id)


def may_vote(actor: Actor, case: Case, now: datetime) -> Verdict:
    """What is closed is closed for everybody: nobody is sent to sign in first only to learn that."""
    return _takes_votes(case, now) & phase_allows(case.features, "vote") & may_take_part(actor, case)


def may_take_part(actor: Actor, case: Case) -> Verdict:
    """Whether this person belongs to those whom the ballot is for, whatever the time."""
    verdict = takes_part(actor)
    for need in case.needs:
        verdict = verdict & _verified(actor, need)
    return verdict & _lives_there(actor, case)


def _takes_votes(case: Case, now: datetime) -> Verdict:
    reason = ""
    if case.state == State.CALLED_OFF:
        reason = N_("This ballot was called off.")
    elif case.state == State.DRAFT or (case.state == State.OPEN and case.opens_at is not None and now < case.opens_at):
        reason = N_("Voting has not begun yet.")
    elif not case.takes_votes_at(now):
        reason = N_("Voting is over.")
    return Verdict("closed", reason) if reason else ALLOWED


def _verified(actor: Actor, need: str) -> Verdict:
    return ALLOWED if need in actor.verifications else Verdict("forbidden", MISSING[need], remedy=PROVE)


def _lives_there(actor: Actor, case: Case) -> Verdict:
    if not case.areas or actor.area_id in {id for id, _ in case.areas}:
        return ALLOWED
    names = ", ".join(name.to(actor.locale) for _, name in case.areas)
    if actor.area_id is None:
        reason = N_("This ballot is for people who live in: %(areas)s. Your profile does not name a living area yet.")
        return Verdict("forbidden", reason, (("areas", names),), remedy=PROFILE)
    reason = N_("This ballot is for people who live in: %(areas)s. Your profile names another living area.")
    return Verdict("forbidden", reason, (("areas", names),), remedy=PROFILE)


def may_change(actor: Actor, case: Case) -> Verdict:
    """Its rules, options and texts: a draft, or an open ballot for which nobody has voted yet."""
    return (
        may_manage(actor, case.process_id)
        & require(
            case.state in (State.DRAFT, State.OPEN),
            N_("This ballot is over, so nothing of it can be changed any more."),
        )
        & require(not case.frozen, N_("The first vote was cast, so nothing of this ballot can be changed any more."))
    )


def may_open(actor: Actor, case: Case) -> Verdict:
    return may_manage(actor, case.process_id) & may_move(TRANSITIONS, case.state, State.OPEN)


def may_close(actor: Actor, case: Case, now: datetime, reason: str = "") -> Verdict:
    """Before its time only with a reason, which everybody reads."""
    return (
        may_manage(actor, case.process_id)
        & may_move(TRANSITIONS, case.state, State.CLOSED)
        & require(
            bool(reason.strip()) or (case.closes_at is not None and now >= case.closes_at),
            N_("Please say why the ballot is closed before the announced time. Everybody will read it."),
        )
    )


def may_postpone(actor: Actor, case: Case, now: datetime) -> Verdict:
    """Give people more time, as long as there is some left; what was announced is never shortened this way."""
    return may_manage(actor, case.process_id) & require(
        case.state == State.OPEN and case.closes_at is not None and now < case.closes_at,
        N_("Only the close of a ballot that is open can be put off."),
    )


def may_call_off(actor: Actor, case: Case) -> Verdict:
    return may_manage(actor, case.process_id) & may_move(TRANSITIONS, case.state, State.CALLED_OFF)


def may_publish(actor: Actor, case: Case) -> Verdict:
    return (
        may_manage(actor, case.process_id)
        & may_move(TRANSITIONS, case.state, State.PUBLISHED)
        & require(case.counted, N_("The ballots are still being counted. Please try again in a moment."))
    )


def may_see_result(actor: Actor, case: Case) -> Verdict:
    """Everybody once it is published; before, whoever decides on the publication and whoever audits."""
    if case.state == State.PUBLISHED:
        return ALLOWED
    return require(case.state == State.CLOSED, N_("There is no result yet."), kind="closed") & (
        may_manage(actor, case.process_id) | has_role(actor, "auditor")
    )
