"""Who may comment, edit, like."""

from collections.abc import Collection

from participation.comments.models import Comment
from participation.component import SubjectKind
from participation.policy import ALLOWED, N_, Actor, Verdict, phase_allows, require, signed_in, takes_part
from participation.subjects import Subject


def may_comment(
    actor: Actor, subject: Subject, kind: SubjectKind | None, features: Collection[str], state: Verdict = ALLOWED
) -> Verdict:
    """A person who takes part, on a public thing whose process is in a phase that opens it; `state` is what the thing
    itself says, which may be closed for good. What is closed is closed for everybody, signed in or not."""
    if kind is None or kind.comment_feature is None:
        return Verdict("forbidden", N_("This cannot be commented on."))
    return (
        require(subject.visible, N_("This is not public, so it cannot be commented on."))
        & state
        & (phase_allows(features, kind.comment_feature) if kind.in_process else ALLOWED)
        & takes_part(actor)
    )


def may_edit(actor: Actor, comment: Comment, subject: Subject) -> Verdict:
    """Its author, as long as it stands; every earlier text stays visible."""
    return (
        signed_in(actor)
        & require(comment.author_id == actor.id, N_("Only its author can change a comment."), "forbidden")
        & require(subject.visible and comment.withdrawn_at is None, N_("This comment is no longer shown."))
    )


def may_like(actor: Actor, comment: Comment, subject: Subject) -> Verdict:
    """Anybody who takes part, on a comment of somebody else."""
    return (
        takes_part(actor)
        & require(subject.visible and comment.withdrawn_at is None, N_("This comment is no longer shown."))
        & require(comment.author_id != actor.id, N_("You wrote this comment yourself."))
    )
