"""Who is told of what happens to a proposal, and who follows one by taking part."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.notifications.following import follow_by_taking_part, followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_
from participation.subjects import Subject
from proposals.answering.queries import SAYS
from proposals.models import Answer, Proposal, ProposalAuthor, State


def proposal_rules() -> dict[str, NoticeRule]:
    return {
        "proposal.answered": NoticeRule(_answered, N_("%(decision)s: “%(title)s”."), _answer_text),
        "proposal.review_begun": NoticeRule(_to_followers, N_("The city has begun to review “%(title)s”.")),
    }


def whoever_takes_part_follows(session: Session, event: StoredEvent) -> None:
    follow_by_taking_part(session, event.actor_id, event.body["proposal_id"], event.at)


def _answered(session: Session, event: StoredEvent) -> list[Wave]:
    """Authors and everybody who follows it, which supporters do; an answer is meant for each of them."""
    params = {"decision": SAYS[State(event.body["state"])], "number": event.body["number"]}
    return _direct(event.body["proposal_id"], params)


def _to_followers(session: Session, event: StoredEvent) -> list[Wave]:
    proposal_id = event.body["proposal_id"]
    return [Wave(followers(proposal_id), proposal_id, proposal_id)]


def _direct(proposal_id: int, params: dict[str, object]) -> list[Wave]:
    author = select(Subject.author_id).where(Subject.id == proposal_id, Subject.author_id.is_not(None))
    authors = select(ProposalAuthor.account_id).where(
        ProposalAuthor.proposal_id == proposal_id, ProposalAuthor.accepted_at.is_not(None)
    )
    people = (author, authors, followers(proposal_id))
    return [Wave(each, proposal_id, proposal_id, direct=True, params=params) for each in people]


def _answer_text(session: Session, row: NoticeRow) -> str:
    """The whole answer as it was given, with who decided and when the next report comes."""
    answer = session.get(Answer, (row.about_id, row.params.get("number", 0)))
    if answer is None or session.get(Proposal, row.about_id) is None:
        return ""
    facts = [fact for fact in (answer.department, answer.cost) if fact]
    if answer.next_report_on:
        facts.append(answer.next_report_on.isoformat())
    return "\n\n".join([answer.reasons, *([" · ".join(facts)] if facts else [])])
