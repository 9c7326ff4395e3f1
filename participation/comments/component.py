"""What comments bring."""

from datetime import timedelta

from participation.comments import api, events, pages
from participation.comments.models import Comment, CommentLike, CommentVersion
from participation.comments.personal import export_account
from participation.comments.queries import comment_document, readable_comments
from participation.component import Component, Feature, Limit, SubjectBlock, SubjectKind
from participation.policy import N_

COMMENTS = Component(
    name="comments",
    models=(Comment, CommentVersion, CommentLike),
    routes=(*pages.ROUTES, *api.ROUTES),
    features=(Feature("comment", N_("Commenting")),),
    events=(
        events.CommentWritten,
        events.CommentEdited,
        events.CommentWithdrawn,
        events.CommentLiked,
        events.CommentLikeWithdrawn,
    ),
    subject_kinds=(
        SubjectKind(
            "comment",
            N_("Comment"),
            lambda comment_id: f"/comments/{comment_id}",
            document=comment_document,
            readable=readable_comments,
        ),
    ),
    subject_blocks=(SubjectBlock("comments/_block.html", pages.comments_block, order=80),),
    intents=pages.INTENTS,
    hooks={"export_account": export_account},
    limits={"comment": Limit(10, timedelta(minutes=10)), "like": Limit(60, timedelta(minutes=1))},
)
