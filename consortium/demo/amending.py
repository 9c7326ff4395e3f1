"""Counter-texts in the story, and what the authors make of them."""

from consortium.demo.authoring import text_after
from consortium.demo.stage import Turn
from proposals.amending import actions
from proposals.models import Proposal


def amend(turn: Turn) -> None:
    text, reason = text_after(turn, turn.detail), turn.detail["why"]
    turn.stage.amendments[turn.on, turn.detail["number"]] = actions.suggest(
        turn.session, turn.actor, turn.proposal_id, title=text["title"], body=text["body"], reason=reason, now=turn.now
    )


def decide(turn: Turn) -> None:
    amendment, note = turn.stage.amendments[turn.on, turn.detail["number"]], turn.detail.get("answer", "")
    if turn.detail["outcome"] == "rejected":
        actions.reject(turn.session, turn.actor, amendment, note=note, now=turn.now)
        return
    seen = turn.session.get_one(Proposal, turn.proposal_id).version
    actions.accept(turn.session, turn.actor, amendment, seen_version=seen, note=note, now=turn.now)
