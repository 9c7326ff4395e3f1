"""Who posts and ends challenges, who answers them, who reads which sheet, and who brings both together."""

from collections.abc import Sequence
from datetime import date, datetime, time

from consortium.challenges.models import SHEET_TRANSITIONS, TRANSITIONS, ChallengeState, SheetState
from consortium.membership.standing import Standing
from consortium.services.policy import Acting, stands_well
from participation.organisations.models import MandateRole
from participation.organisations.policy import acts_for
from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require, signed_in, takes_part
from participation.states import may_move
from participation.web.i18n import ZONE

COORDINATOR = ("coordinator", "council", 0)  # a role that the secretariat gives
POSTING = (Standing.APPROVED, Standing.MEMBER)
NOT_YOURS = N_("Only those who posted this challenge and the secretariat can do this.")
NOT_OVER = N_("Solution sheets are taken until the deadline.")
HANDED_IN = (SheetState.SUBMITTED, SheetState.CHOSEN, SheetState.NOT_CHOSEN)


def now_in(state: ChallengeState, closes_on: date | None, now: datetime) -> ChallengeState:
    """The state at this time: after its last day a challenge takes no more sheets, whether the worker ran or not."""
    over = closes_on is not None and now > datetime.combine(closes_on, time(23, 59, 59), ZONE)
    return ChallengeState.CLOSED if state == ChallengeState.OPEN and over else state


def coordinates(actor: Actor) -> bool:
    return actor.has("secretariat") or actor.has(*COORDINATOR)


def posting_for(acting: Sequence[Acting]) -> tuple[int, ...]:
    """The organisations for which a person may post."""
    return tuple(each.organisation_id for each in acting if each.standing in POSTING)


def may_post(actor: Actor, acting: Sequence[Acting]) -> Verdict:
    """A new challenge: the secretariat, and representatives of organisations that are approved."""
    return takes_part(actor) & require(
        actor.has("secretariat") or bool(posting_for(acting)),
        N_("Only the secretariat and representatives of approved organisations post challenges."),
        "forbidden",
    )


def may_post_for(actor: Actor, acting: Sequence[Acting], organisation_id: int | None) -> Verdict:
    own = organisation_id in posting_for(acting) or actor.has("secretariat")
    return may_post(actor, acting) & require(own, N_("Please post for an organisation of your own."), "forbidden")


def may_keep(actor: Actor, organisation_id: int | None) -> Verdict:
    """What was posted: representatives of the poster, and the secretariat."""
    own = organisation_id is not None and acts_for(actor, organisation_id, MandateRole.REPRESENTATIVE)
    return signed_in(actor) & require(own or actor.has("secretariat"), NOT_YOURS, "forbidden")


def may_write(actor: Actor, organisation_id: int | None, state: ChallengeState) -> Verdict:
    return may_keep(actor, organisation_id) & require(
        state == ChallengeState.DRAFT, N_("This challenge was posted, so its text stays as it is.")
    )


def may_change_challenge(actor: Actor, organisation_id: int | None, state: ChallengeState) -> Verdict:
    """What was posted, while members can still answer what it says then; `state` is that at this time."""
    return may_keep(actor, organisation_id) & require(
        state == ChallengeState.OPEN, N_("A challenge is changed only while it takes solution sheets.")
    )


def may_move_challenge(
    actor: Actor, organisation_id: int | None, state: ChallengeState, to: ChallengeState
) -> Verdict:
    """`state` is that at this time. What becomes of the sheets is decided by matching alone."""
    return may_keep(actor, organisation_id) & may_move(TRANSITIONS, state, to) & require(
        to != ChallengeState.MATCHED, N_("A challenge is matched by choosing its sheets.")
    )


def may_read(actor: Actor, organisation_id: int | None, visible: bool) -> Verdict:
    """Everybody, once it was posted; a draft those who write it, and auditors."""
    if visible or may_keep(actor, organisation_id):
        return ALLOWED
    return has_role(actor, "auditor")


def may_answer(
    actor: Actor, own: Sequence[Acting], poster_id: int | None, state: ChallengeState
) -> Verdict:
    """`own` is the organisation that answers, where this person represents it; `state` is that at this time."""
    return (
        takes_part(actor)
        & stands_well(own, N_("Only representatives of member organisations answer challenges."))
        & require(
            all(each.organisation_id != poster_id for each in own),
            N_("This organisation posted the challenge, so others answer it."),
        )
        & require(state == ChallengeState.OPEN, N_("No solution sheets are taken any more."), "closed")
    )


def may_move_sheet(state: SheetState, to: SheetState) -> Verdict:
    return may_move(SHEET_TRANSITIONS, state, to)


def may_read_sheet(
    actor: Actor,
    poster_id: int | None,
    organisation_id: int,
    sheet: SheetState,
    public: bool,
    challenge: ChallengeState,
) -> Verdict:
    """Its own people always. What was handed in: the poster, coordinators and auditors; others after the deadline,
    where the organisation lets everybody read it. `challenge` is its state at this time."""
    if acts_for(actor, organisation_id):
        return ALLOWED
    inside = coordinates(actor) or actor.has("auditor") or (poster_id is not None and acts_for(actor, poster_id))
    over = challenge in (ChallengeState.CLOSED, ChallengeState.MATCHED)
    return require(
        sheet in HANDED_IN and (inside or (public and over)), N_("This solution sheet is not public."), "forbidden"
    )


def may_match(actor: Actor, state: ChallengeState) -> Verdict:
    """Choose sheets and make a pilot of them; `state` is that at this time."""
    return (
        takes_part(actor)
        & require(coordinates(actor), N_("Only coordinators and the secretariat match sheets."), "forbidden")
        & require(state != ChallengeState.OPEN, NOT_OVER)
        & may_move(TRANSITIONS, state, ChallengeState.MATCHED)
    )


def may_name_coordinators(actor: Actor) -> Verdict:
    return has_role(actor, "secretariat")
