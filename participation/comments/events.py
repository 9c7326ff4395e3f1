"""What happens to comments."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class CommentWritten(Fact):
    TYPE = "comment.written"
    AUDITED = True
    SAYS = N_("Somebody wrote a comment")

    comment_id: int
    on_id: int
    parent_id: int | None


@dataclass(frozen=True, kw_only=True)
class CommentEdited(Fact):
    TYPE = "comment.edited"

    comment_id: int
    on_id: int


@dataclass(frozen=True, kw_only=True)
class CommentWithdrawn(Fact):
    TYPE = "comment.withdrawn"
    AUDITED = True
    SAYS = N_("Somebody withdrew their comment")

    comment_id: int
    on_id: int


@dataclass(frozen=True, kw_only=True)
class CommentLiked(Fact):
    TYPE = "comment.liked"

    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentLikeWithdrawn(Fact):
    TYPE = "comment.like_withdrawn"

    comment_id: int
