"""Whether an organisation is a member: one function of what was decided, what was signed, and the time."""

from enum import StrEnum

from consortium.membership.models import Stage


class Standing(StrEnum):
    APPLIED = "applied"
    RETURNED = "returned"
    REFUSED = "refused"
    APPROVED = "approved"  # may join, and has not signed the participation rule yet
    MEMBER = "member"
    LAPSED = "lapsed"  # was a member until its signature ran out
    SUSPENDED = "suspended"
    LEFT = "left"


def standing(stage: Stage, signed: bool, valid: bool) -> Standing:
    """`signed`: it has ever signed the participation rule; `valid`: one of its signatures holds now.

    What people decided comes first: a suspended member with a valid signature is suspended.
    """
    if stage != Stage.APPROVED:
        return Standing(stage.value)
    if valid:
        return Standing.MEMBER
    return Standing.LAPSED if signed else Standing.APPROVED
