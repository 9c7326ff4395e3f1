"""What people say, like and support in the story."""

from dataclasses import replace

from consortium.demo.stage import Turn
from participation.comments.actions import edit_comment, like_comment, write_comment
from participation.comments.models import Comment
from participation.subjects import Subject
from proposals.supporting import actions as supporting


def comment(turn: Turn) -> None:
    said = turn.detail
    parent = said["parent"]
    written = write_comment(
        turn.session,
        replace(turn.actor, locale=said.get("lang", "ja")),
        turn.session.get_one(Subject, turn.proposal_id),
        body=said["text"],
        alignment=said["align"],
        parent_id=None if parent is None else turn.stage.comments[turn.on, parent],
        registry=turn.stage.registry,
        now=turn.now,
    )
    turn.stage.comments[turn.on, said["number"]] = written.id


def edit(turn: Turn) -> None:
    edit_comment(turn.session, turn.actor, _comment(turn), body=turn.detail["text"], now=turn.now)


def like(turn: Turn) -> None:
    like_comment(turn.session, turn.actor, _comment(turn), now=turn.now)


def support(turn: Turn) -> None:
    supporting.support(turn.session, turn.actor, turn.proposal_id, turn.now)


def _comment(turn: Turn) -> Comment:
    return turn.session.get_one(Comment, turn.stage.comments[turn.on, turn.detail["number"]])
