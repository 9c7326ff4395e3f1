"""Who is told of ballots: followers of the process (and of the ballot) when it opens, those of them who have not voted
a day before the close, all of them when the result is there."""

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_
from proposals.ballots.models import Ballot, Postponement, Turnout


def ballot_rules() -> dict[str, NoticeRule]:
    return {
        "ballot.opened": NoticeRule(_to_followers, N_("A ballot was announced: “%(title)s”."), _pledge),
        "ballot.reminder_due": NoticeRule(
            _to_those_who_have_not, N_("“%(title)s” closes within a day. You can still vote.")
        ),
        "ballot.published": NoticeRule(_to_followers, N_("The result of “%(title)s” is published.")),
        "ballot.postponed": NoticeRule(
            _to_followers_and_voters, N_("“%(title)s” is open longer than was announced."), _why_longer
        ),
        "ballot.called_off": NoticeRule(_to_followers, N_("“%(title)s” was called off."), _reason),
    }


def _people(session: Session, ballot_id: int) -> Select[tuple[int]]:
    process_id = session.scalar(select(Ballot.process_id).where(Ballot.id == ballot_id)) or 0
    both = union(followers(process_id), followers(ballot_id)).subquery()
    return select(both.c.account_id)


def _to_followers(session: Session, event: StoredEvent) -> list[Wave]:
    ballot_id = event.body["ballot_id"]
    return [Wave(_people(session, ballot_id), ballot_id, ballot_id)]


def _to_followers_and_voters(session: Session, event: StoredEvent) -> list[Wave]:
    """Whoever has voted may think again."""
    ballot_id = event.body["ballot_id"]
    voted = select(Turnout.account_id).where(Turnout.ballot_id == ballot_id)
    both = union(_people(session, ballot_id), voted).subquery()
    return [Wave(select(both.c.account_id), ballot_id, ballot_id)]


def _to_those_who_have_not(session: Session, event: StoredEvent) -> list[Wave]:
    ballot_id = event.body["ballot_id"]
    people = _people(session, ballot_id)
    voted = select(Turnout.account_id).where(Turnout.ballot_id == ballot_id)
    return [Wave(people.where(people.selected_columns[0].not_in(voted)), ballot_id, ballot_id)]


def _pledge(session: Session, row: NoticeRow) -> str:
    """How the result will be used, in each language that there is: a notice has no reader at hand."""
    ballot = session.get(Ballot, row.about_id)
    return "\n\n".join(ballot.pledge.values()) if ballot else ""


def _why_longer(session: Session, row: NoticeRow) -> str:
    newest = select(Postponement.reason).where(Postponement.ballot_id == row.about_id)
    return session.scalar(newest.order_by(Postponement.until.desc()).limit(1)) or ""


def _reason(session: Session, row: NoticeRow) -> str:
    ballot = session.get(Ballot, row.about_id)
    return ballot.end_reason if ballot else ""
