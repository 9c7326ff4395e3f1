"""Who may do what with the meetings of a body. Roles are granted in the scope of the body, whatever kind it is."""

from datetime import datetime
from typing import Protocol

from participation.meetings.models import MINUTES_TRANSITIONS, TRANSITIONS, Access, MeetingState, MinutesState
from participation.policy import ALLOWED, N_, Actor, Verdict, require, signed_in
from participation.states import may_move

LEAD, MEMBER, ADVISER = "lead", "member", "adviser"
ROLES = (LEAD, MEMBER, ADVISER)
NOT_LEAD = N_("Only the chair of this group and the secretariat can do this.")
NOT_INSIDE = N_("Only members of this group and the secretariat can do this.")


class Gathering(Protocol):
    """A meeting, as its row or as a view of it."""

    @property
    def body_id(self) -> int: ...
    @property
    def body_kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...


def belongs(actor: Actor, kind: str, body_id: int, *roles: str) -> bool:
    """Whether the person holds one of the roles (any, if none is named) in this body."""
    return any(actor.has(role, kind, body_id) for role in roles or ROLES)


def sees_inside(actor: Actor, kind: str, body_id: int) -> bool:
    """Whether drafts and papers for members are open to the reader: people of the body, secretariat and auditors."""
    return belongs(actor, kind, body_id) or actor.has("secretariat") or actor.has("auditor")


def may_lead(actor: Actor, kind: str, body_id: int) -> Verdict:
    """Call and run the meetings of a body."""
    if belongs(actor, kind, body_id, LEAD) or actor.has("secretariat"):
        return ALLOWED
    return signed_in(actor) & Verdict("forbidden", NOT_LEAD)


def may_plan(actor: Actor, kind: str, body_id: int, at_work: bool) -> Verdict:
    return may_lead(actor, kind, body_id) & require(at_work, N_("This group has ended, so it meets no more."))


def may_read(actor: Actor, meeting: Gathering, visible: bool) -> bool:
    """That there is such a meeting, and when: everybody, from the invitation on."""
    return visible or sees_inside(actor, meeting.body_kind, meeting.body_id)


def may_read_inside(actor: Actor, meeting: Gathering, access: str) -> bool:
    """Place, agenda, public papers, confirmed minutes; of a meeting for members only, its people alone."""
    return access == Access.PUBLIC or sees_inside(actor, meeting.body_kind, meeting.body_id)


def may_change_meeting(actor: Actor, meeting: Gathering) -> Verdict:
    """Its date, place and agenda, until it was held or called off."""
    return may_lead(actor, meeting.body_kind, meeting.body_id) & require(
        meeting.state in (MeetingState.PLANNED, MeetingState.INVITED),
        N_("This meeting is over, so it can no longer be changed."),
    )


def may_move_meeting(actor: Actor, meeting: Gathering, to: MeetingState, now: datetime, *, agenda: bool) -> Verdict:
    """Along the table; one invites to what lies ahead and has an agenda, and what has not begun was not held."""
    return (
        may_lead(actor, meeting.body_kind, meeting.body_id)
        & may_move(TRANSITIONS, MeetingState(meeting.state), to)
        & require(
            to != MeetingState.INVITED or meeting.starts_at > now, N_("This meeting lies in the past. Change its date.")
        )
        & require(to != MeetingState.INVITED or agenda, N_("Please write the agenda first."))
        & require(to != MeetingState.HELD or meeting.starts_at <= now, N_("This meeting has not begun yet."))
    )


def may_answer(actor: Actor, meeting: Gathering, now: datetime) -> Verdict:
    """Say whether one comes: whoever belongs to the body, until it begins."""
    return (
        signed_in(actor)
        & require(belongs(actor, meeting.body_kind, meeting.body_id), NOT_INSIDE, kind="forbidden")
        & require(
            meeting.state == MeetingState.INVITED and meeting.starts_at > now,
            N_("Answers are taken from the invitation until the meeting begins."),
        )
    )


def may_record(actor: Actor, meeting: Gathering, minutes: MinutesState | None) -> Verdict:
    """Write down who was there, what was said and decided: people of the body but its advisers, until confirmation."""
    writes = belongs(actor, meeting.body_kind, meeting.body_id, LEAD, MEMBER) or actor.has("secretariat")
    return (
        signed_in(actor)
        & require(writes, NOT_INSIDE, kind="forbidden")
        & require(meeting.state == MeetingState.HELD, N_("Minutes are written of a meeting that was held."))
        & require(
            minutes != MinutesState.CONFIRMED, N_("These minutes are confirmed. Correct them by a note.")
        )
    )


def may_confirm(actor: Actor, meeting: Gathering, minutes: MinutesState | None, later: Gathering | None) -> Verdict:
    """The chair or the secretariat, while a later meeting of the same body is held."""
    return (
        may_lead(actor, meeting.body_kind, meeting.body_id)
        & require(minutes is not None, N_("There are no minutes of this meeting yet."))
        & may_move(MINUTES_TRANSITIONS, minutes or MinutesState.CONFIRMED, MinutesState.CONFIRMED)
        & require(
            later is not None
            and later.body_id == meeting.body_id
            and later.state == MeetingState.HELD
            and later.starts_at > meeting.starts_at,
            N_("Minutes are confirmed at a later meeting of the same group, and none was held yet."),
        )
    )


def may_note(actor: Actor, meeting: Gathering, minutes: MinutesState | None) -> Verdict:
    """Correct what is confirmed, by a note beside it."""
    return may_lead(actor, meeting.body_kind, meeting.body_id) & require(
        minutes == MinutesState.CONFIRMED, N_("Drafts are corrected by changing them.")
    )


def may_give_action(actor: Actor, meeting: Gathering) -> Verdict:
    return may_lead(actor, meeting.body_kind, meeting.body_id) & require(
        meeting.state == MeetingState.HELD, N_("Tasks are given at a meeting that was held.")
    )


def may_finish(actor: Actor, meeting: Gathering, owner_id: int | None) -> Verdict:
    """Whoever took it upon them, and the chair."""
    own = actor.signed_in and actor.id == owner_id
    return ALLOWED if own else may_lead(actor, meeting.body_kind, meeting.body_id)
