"""What a ballot still lacks before it can be opened."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import N_
from participation.spaces.queries import open_features
from proposals.ballots.counting import BadRules, Rules
from proposals.ballots.models import BUDGETED, Ballot, BallotOption, Method
from proposals.ballots.problems import Problem



def lacking(session: Session, ballot: Ballot, now: datetime) -> tuple[Problem, ...]:
    """Field by field; empty when it can be opened. Two queries."""
    costs = session.scalars(select(BallotOption.cost).where(BallotOption.ballot_id == ballot.id)).all()
    opened = open_features(session, ballot.process_id, max(ballot.opens_at or now, now))
    return (*_texts(ballot), *_times(ballot, now), *_rules(ballot, list(costs)), *_phase("vote" in opened))


def _texts(ballot: Ballot) -> Iterator[Problem]:
    if not ballot.title.to("ja"):
        yield Problem("title", N_("Please give the ballot a title."))
    if not ballot.pledge.to("ja"):
        yield Problem("pledge", N_("Please say how the result will be used: people decide by it whether to vote."))


def _times(ballot: Ballot, now: datetime) -> Iterator[Problem]:
    if ballot.opens_at is None:
        yield Problem("opens_at", N_("Please say when voting begins."))
    if ballot.closes_at is None:
        yield Problem("closes_at", N_("Please say when voting ends."))
    elif ballot.closes_at <= max(now, ballot.opens_at or now):
        yield Problem("closes_at", N_("Voting must end later than it begins, and later than now."))


def _rules(ballot: Ballot, costs: list[int]) -> Iterator[Problem]:
    if ballot.method != Method.YES_NO and len(costs) < 2:
        yield Problem("options", N_("Please give at least two options."))
    if ballot.method in BUDGETED:
        if not ballot.rules.get("budget"):
            yield Problem("budget", N_("Please say how large the budget is."))
        if not all(costs):
            yield Problem("options", N_("Please say of every option what it costs."))
    if int(ballot.rules.get("seats", 1)) > max(1, len(costs)):
        yield Problem("seats", N_("There are fewer options than seats."))
    try:
        Rules.from_json({**ballot.rules, "method": ballot.method})
    except BadRules:
        yield Problem("method", N_("These rules do not fit the method. Please look through them again."))


def _phase(opened: bool) -> Iterator[Problem]:
    if not opened:
        yield Problem(
            "opens_at",
            N_("No phase of the process opens voting at that time. Please change the phase or the time."),
        )
