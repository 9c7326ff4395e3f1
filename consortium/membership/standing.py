"""Whether an organisation is a member: one function of what was decided, what was signed, and the time."""

from enum import StrEnum

from consortium.membership.models import Stage
from rules.signing.validity import Agreed, Agreement


class Standing(StrEnum):
    APPLIED = "applied"
    RETURNED = "returned"
    REFUSED = "refused"
    APPROVED = "approved"  # may join, and has not signed the participation rule yet
    MEMBER = "member"
    LAPSED = "lapsed"  # was a member until its signature ran out
    SUSPENDED = "suspended"
    LEFT = "left"


def standing(stage: Stage, agreed: Agreement) -> Standing:
    """`agreed` is the organisation's agreement with the participation rule at the time of asking.

    What people decided comes first: a suspended member with a valid signature is suspended.
    """
    if stage != Stage.APPROVED:
        return Standing(stage.value)
    if agreed.holds:
        return Standing.MEMBER
    return Standing.LAPSED if agreed.state == Agreed.LAPSED else Standing.APPROVED
