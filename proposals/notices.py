"""Who is told of what happens to a proposal, and who follows one by taking part."""

from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.events import StoredEvent
from participation.notifications.following import follow_by_taking_part, followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_
from participation.subjects import Subject
from proposals.answering.queries import SAYS
from proposals.models import Amendment, Answer, Proposal, ProposalAuthor, State


def proposal_rules() -> dict[str, NoticeRule]:
    return {
        "proposal.answered": NoticeRule(_answered, N_("%(decision)s: “%(title)s”."), _answer_text),
        "proposal.review_begun": NoticeRule(_to_followers, N_("The city has begun to review “%(title)s”.")),
        "proposal.merged": NoticeRule(_merged, N_("“%(title)s” and another proposal were merged into one.")),
        "proposal.author_invited": NoticeRule(_invited, N_("%(who)s asks you to write “%(title)s” with them.")),
        "amendment.suggested": NoticeRule(
            _amendment_to_authors, N_("%(who)s suggested other words for “%(title)s”."), _amendment_reason
        ),
        "amendment.accepted": NoticeRule(
            _amendment_to_its_author, N_("Your words for “%(title)s” were accepted."), _amendment_note
        ),
        "amendment.rejected": NoticeRule(
            _amendment_to_its_author, N_("Your words for “%(title)s” were not accepted."), _amendment_note
        ),
    }


_MERGED_INTO = select(Proposal.merged_into_id).where(Proposal.id == bindparam("proposal"))


def whoever_takes_part_follows(session: Session, event: StoredEvent) -> None:
    """Of what was merged since, the proposal that it went into."""
    proposal_id = event.body["proposal_id"]
    into = session.connection().execute(_MERGED_INTO, {"proposal": proposal_id}).scalar()
    follow_by_taking_part(session, event.actor_id, into or proposal_id, event.at)


def _answered(session: Session, event: StoredEvent) -> list[Wave]:
    """Authors and everybody who follows it, which supporters do; an answer is meant for each of them."""
    params = {"decision": SAYS[State(event.body["state"])], "number": event.body["number"]}
    return _direct(event.body["proposal_id"], params)


def _to_followers(session: Session, event: StoredEvent) -> list[Wave]:
    proposal_id = event.body["proposal_id"]
    return [Wave(followers(proposal_id), proposal_id, proposal_id)]


def _direct(proposal_id: int, params: dict[str, object]) -> list[Wave]:
    people = (*_authors(proposal_id), followers(proposal_id))
    return [Wave(each, proposal_id, proposal_id, direct=True, params=params) for each in people]


def _authors(proposal_id: int) -> tuple[Select[Any], Select[Any]]:
    """Who began it, and who joined."""
    first = select(Subject.author_id).where(Subject.id == proposal_id, Subject.author_id.is_not(None))
    joined = select(ProposalAuthor.account_id).where(
        ProposalAuthor.proposal_id == proposal_id, ProposalAuthor.accepted_at.is_not(None)
    )
    return first, joined


def _merged(session: Session, event: StoredEvent) -> list[Wave]:
    """Authors of both, and whoever follows the one that is left."""
    old, new = event.body["proposal_id"], event.body["into_id"]
    direct = [Wave(each, new, new, direct=True) for proposal in (old, new) for each in _authors(proposal)]
    return [*direct, Wave(followers(new), new, new)]


def _invited(session: Session, event: StoredEvent) -> list[Wave]:
    proposal_id = event.body["proposal_id"]
    whom = select(Account.id).where(Account.id == event.body["account_id"])
    return [Wave(whom, proposal_id, None, direct=True, params={"path": f"/proposals/{proposal_id}/authors"})]


def _amendment_to_authors(session: Session, event: StoredEvent) -> list[Wave]:
    proposal_id, amendment_id = event.body["proposal_id"], event.body["amendment_id"]
    return [Wave(each, proposal_id, amendment_id, direct=True) for each in _authors(proposal_id)]


def _amendment_to_its_author(session: Session, event: StoredEvent) -> list[Wave]:
    amendment_id = event.body["amendment_id"]
    author = select(Amendment.author_id).where(Amendment.id == amendment_id)
    return [Wave(author, event.body["proposal_id"], amendment_id, direct=True)]


def _amendment_reason(session: Session, row: NoticeRow) -> str:
    return _of_amendment(session, row, Amendment.reason)


def _amendment_note(session: Session, row: NoticeRow) -> str:
    return _of_amendment(session, row, Amendment.decision_note)


def _of_amendment(session: Session, row: NoticeRow, column: Any) -> str:
    shown = (Amendment.id == row.target_id, Subject.hidden_at.is_(None))
    return session.scalar(select(column).join(Subject, Subject.id == Amendment.id).where(*shown)) or ""


def _answer_text(session: Session, row: NoticeRow) -> str:
    """The whole answer as it was given, with who decided and when the next report comes."""
    answer = session.get(Answer, (row.about_id, row.params.get("number", 0)))
    if answer is None or session.get(Proposal, row.about_id) is None:
        return ""
    facts = [fact for fact in (answer.department, answer.cost) if fact]
    if answer.next_report_on:
        facts.append(answer.next_report_on.isoformat())
    return "\n\n".join([answer.reasons, *([" · ".join(facts)] if facts else [])])
