"""What happened in a public comment. Ids only: who wrote what stands in no event."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class PublicCommentOpened(Fact):
    """`opens_at` and `closes_at` are ISO 8601 moments in UTC."""

    TYPE = "public_comment.opened"
    AUDITED = True
    SAYS = N_("A public comment was called")
    public_comment_id: int
    document_id: int
    number: int
    opens_at: str
    closes_at: str


@dataclass(frozen=True, kw_only=True)
class OpinionSent(Fact):
    TYPE = "opinion.sent"
    AUDITED = True
    SAYS = N_("An opinion was received")
    opinion_id: int
    public_comment_id: int
    source: str


@dataclass(frozen=True, kw_only=True)
class OpinionWithdrawn(Fact):
    TYPE = "opinion.withdrawn"
    AUDITED = True
    SAYS = N_("An opinion was withdrawn by who sent it")
    opinion_id: int
    public_comment_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionMoved(Fact):
    """The secretariat put an opinion into another group."""

    TYPE = "opinion.moved"
    AUDITED = True
    SAYS = N_("An opinion was put together with others")
    opinion_id: int
    group_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionReworded(Fact):
    """The table shows other words, because those sent would tell who wrote them."""

    TYPE = "opinion.reworded"
    AUDITED = True
    SAYS = N_("The public wording of an opinion was changed")
    opinion_id: int


@dataclass(frozen=True, kw_only=True)
class ResponseGiven(Fact):
    """Private part: the city's view (the log holds a commitment to it)."""

    TYPE = "opinion.answered"
    AUDITED = True
    SAYS = N_("The city answered opinions")
    public_comment_id: int
    group_id: int
    number: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ResponseShown(Fact):
    """A row of the table became public: those who wrote are told it."""

    TYPE = "opinion.response_shown"
    document_id: int
    group_id: int
    number: int
    version: int


@dataclass(frozen=True, kw_only=True)
class ResponsesPublished(Fact):
    TYPE = "public_comment.answered"
    AUDITED = True
    SAYS = N_("The table of opinions and responses was published")
    public_comment_id: int
    document_id: int
    rows: int


EVENTS = (
    PublicCommentOpened,
    OpinionSent,
    OpinionWithdrawn,
    OpinionMoved,
    OpinionReworded,
    ResponseGiven,
    ResponseShown,
    ResponsesPublished,
)
