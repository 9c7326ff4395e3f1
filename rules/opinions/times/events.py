"""What happens to the announced times. Moments are ISO 8601 in UTC."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class PublicCommentExtended(Fact):
    """Private part: the reason (the log holds a commitment to it)."""

    TYPE = "public_comment.extended"
    AUDITED = True
    SAYS = N_("A public comment was made longer")
    public_comment_id: int
    document_id: int
    version: int
    before: str
    closes_at: str


@dataclass(frozen=True, kw_only=True)
class PublicCommentCorrected(Fact):
    TYPE = "public_comment.corrected"
    AUDITED = True
    SAYS = N_("The announcement of a public comment was corrected before it opened")
    public_comment_id: int
    document_id: int
    version: int
    opens_at: str
    closes_at: str


@dataclass(frozen=True, kw_only=True)
class PublicCommentCalledOff(Fact):
    """Private part: the reason."""

    TYPE = "public_comment.called_off"
    AUDITED = True
    SAYS = N_("A public comment was called off before it opened")
    public_comment_id: int
    document_id: int
    version: int


EVENTS = (PublicCommentExtended, PublicCommentCorrected, PublicCommentCalledOff)
