"""What people say, like, support and follow in the story."""

from dataclasses import replace

from consortium.demo.stage import Turn
from participation.comments.actions import edit_comment, like_comment, write_comment
from participation.comments.models import Comment
from participation.notifications.following import follow as begin_to_follow
from participation.subjects import Subject
from proposals.supporting import actions as supporting


def comment(turn: Turn) -> None:
    told, parent = turn.detail, turn.detail["parent"]
    answered = None if parent is None else turn.stage.comments[turn.on, parent]
    written = say(turn, told["text"], told["align"], locale=told.get("lang", "ja"), parent_id=answered)
    turn.stage.comments[turn.on, told["number"]] = written.id


def say(turn: Turn, body: str, alignment: str, *, locale: str, parent_id: int | None = None) -> Comment:
    """A comment on the proposal, in a language that need not be the person's own."""
    return write_comment(
        turn.session,
        replace(turn.actor, locale=locale),
        turn.session.get_one(Subject, turn.proposal_id),
        body=body.rstrip(),
        alignment=alignment,
        parent_id=parent_id,
        registry=turn.stage.registry,
        now=turn.now,
    )


def edit(turn: Turn) -> None:
    edit_comment(turn.session, turn.actor, _comment(turn), body=turn.detail["text"], now=turn.now)


def like(turn: Turn) -> None:
    like_comment(turn.session, turn.actor, _comment(turn), now=turn.now)


def support(turn: Turn) -> None:
    supporting.support(turn.session, turn.actor, turn.proposal_id, turn.now)


def follow(turn: Turn) -> None:
    """A proposal, or a process by its slug."""
    thing = turn.stage.proposals.get(turn.on) or turn.stage.processes[turn.on]
    begin_to_follow(turn.session, turn.actor, turn.session.get_one(Subject, thing), now=turn.now)


def comment_id(turn: Turn) -> int:
    return turn.stage.comments[turn.on, turn.detail["number"]]


def _comment(turn: Turn) -> Comment:
    return turn.session.get_one(Comment, comment_id(turn))
