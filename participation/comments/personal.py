"""What comments know of a person. On erasure they stay: others answered them, under the words for who has left."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.comments.models import Comment, CommentLike
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    own = select(Comment.id, Comment.on_id, Comment.body, Comment.alignment, Comment.at, Comment.withdrawn_at)
    liked = select(CommentLike.comment_id, CommentLike.at)
    return {
        "written": as_plain(session, own.where(Comment.author_id == account_id).order_by(Comment.id)),
        "found_helpful": as_plain(session, liked.where(CommentLike.account_id == account_id)),
    }
