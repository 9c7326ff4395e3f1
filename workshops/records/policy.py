"""Who keeps, reads and publishes a record. Photos have an answer of their own, which no reader can overrule."""

from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require
from workshops.models import State, Workshop
from workshops.policy import READING, may_organise

KEPT = (State.CONFIRMED, State.HELD, State.PUBLISHED)
NOT_YET = N_("The record of this workshop is not published yet.")


def may_keep(actor: Actor, workshop: Workshop) -> Verdict:
    """Write the record, add lessons and photos: the organisers, from the confirmed panel on. What is published can be
    corrected, and a photo taken back, at any time."""
    return may_organise(actor, workshop) & require(
        State(workshop.state) in KEPT, N_("There is nothing to record before the panel is complete.")
    )


def may_read_record(actor: Actor, workshop: Workshop, *, visible: bool, member: bool) -> Verdict:
    """Everybody once it is published; before, whoever takes part, organises, or looks after the platform."""
    if visible and workshop.state == State.PUBLISHED:
        return ALLOWED
    inside = member or bool(may_organise(actor, workshop)) or bool(has_role(actor, *READING))
    return require(inside, NOT_YET, "forbidden")


def may_picture(actor: Actor, workshop: Workshop, *, member: bool) -> Verdict:
    """Put a picture on a poster: its team until the record is published, the organisers also afterwards."""
    team = require(member and workshop.state in (State.CONFIRMED, State.HELD), NOT_YET, "forbidden")
    return team | may_keep(actor, workshop)
