"""What authors do in the story: drafts, publications, invitations, edits, withdrawals."""

from collections.abc import Mapping
from typing import Any

from consortium.demo.stage import Turn
from consortium.demo.texts import changed
from participation.subjects import Subject
from proposals import actions
from proposals.coauthors import actions as coauthors
from proposals.models import Proposal


def draft(turn: Turn) -> None:
    entry, text = turn.proposal.entry, turn.proposal.original
    values = {
        "title": text["title"],
        "body": text["body"].rstrip(),
        "category_id": turn.stage.categories[entry["category"]],
        "area_id": turn.stage.areas[entry["area"]],
        "lat": entry["point"][0],
        "lng": entry["point"][1],
    }
    process = turn.stage.processes[turn.proposal.process]
    turn.stage.proposals[turn.on] = actions.create_draft(
        turn.session, turn.actor, process, values, locale=entry["language"], now=turn.now
    )


def publish(turn: Turn) -> None:
    draft(turn)
    actions.publish(turn.session, turn.actor, turn.proposal_id, now=turn.now)


def edit(turn: Turn) -> None:
    values = text_after(turn, turn.detail)
    actions.edit(turn.session, turn.actor, turn.proposal_id, values, reason=turn.detail.get("why", ""), now=turn.now)


def withdraw(turn: Turn) -> None:
    actions.withdraw(turn.session, turn.actor, turn.proposal_id, now=turn.now)


def invite(turn: Turn) -> None:
    """The first author asks the person whom the scene names."""
    author = turn.stage.actors[turn.proposal.entry["by"]]
    coauthors.invite(turn.session, author, turn.proposal_id, turn.stage.people[turn.key].name, now=turn.now)


def join(turn: Turn) -> None:
    invite(turn)
    coauthors.join(turn.session, turn.actor, turn.proposal_id, now=turn.now)


def text_after(turn: Turn, change: Mapping[str, Any]) -> dict[str, str]:
    """Title and body of the proposal as they would stand after a change that the story tells."""
    title = turn.session.get_one(Subject, turn.proposal_id).title
    body = turn.session.get_one(Proposal, turn.proposal_id).body
    title, body = changed(title, body, change)
    return {"title": title, "body": body}
