"""What the secretariat does in the story: answers, merges, looks into reports, hides."""

from datetime import timedelta

from consortium.council.documents import publish_entry
from consortium.demo import voices
from consortium.demo.stage import Turn
from participation.moderation.actions import hide_thing, report_thing
from participation.moderation.models import Ground
from participation.subjects import Subject
from proposals.answering import actions as answering
from proposals.merging import actions as merging
from proposals.models import State
from rules.documents.models import Kind

PROCESS = "kobe-vision"


def answer(turn: Turn) -> None:
    """An official answer in the language of the proposal; that a review begins is told by a comment instead."""
    told, language = turn.detail, turn.proposal.entry["language"]
    if told["state"] == State.UNDER_REVIEW:
        answering.begin_review(turn.session, turn.actor, turn.proposal_id, now=turn.now)
        voices.say(turn, told[language], "neutral", locale=language)
        return
    more = {"department": told["department"][language]}
    if "cost" in told:
        more["cost"] = f"¥{told['cost']:,}"
    if "next" in told:
        more["next_report_on"] = turn.stage.today + timedelta(days=told["next"])
    answering.answer(
        turn.session,
        turn.actor,
        turn.proposal_id,
        state=State(told["state"]),
        reasons=told[language].rstrip(),
        locale=language,
        more=more,
        now=turn.now,
    )


def merge(turn: Turn) -> None:
    into = turn.stage.proposals[turn.detail["into"]]
    merging.merge(turn.session, turn.actor, turn.proposal_id, into, reason=turn.detail["why"], now=turn.now)


def hide(turn: Turn) -> None:
    _hide(turn, turn.proposal_id)


def report_comment(turn: Turn) -> None:
    subject = turn.session.get_one(Subject, voices.comment_id(turn))
    words, ground = turn.detail["reason"], Ground(turn.detail.get("ground", Ground.PERSONAL))
    report_thing(turn.session, turn.actor, subject, ground=ground, words=words, now=turn.now)


def hide_comment(turn: Turn) -> None:
    _hide(turn, voices.comment_id(turn))


def publish_version(turn: Turn) -> None:
    """A version of a document of the council file; the vision belongs to the running process."""
    entry, process = turn.stage.documents[turn.on], turn.stage.processes.get(PROCESS)
    process_id = process if entry.kind == Kind.VISION else None
    place, registry = turn.detail["place"], turn.stage.registry
    publish_entry(turn.session, turn.actor, entry, place, registry, process_id=process_id, now=turn.now)


def _hide(turn: Turn, subject_id: int) -> None:
    subject = turn.session.get_one(Subject, subject_id)
    reason = turn.detail["reason"][turn.proposal.entry["language"]]
    hide_thing(turn.session, turn.actor, subject, ground=Ground.PERSONAL, reason=reason, now=turn.now)
