"""One vote per person, changed until the close, found again by its receipt; refused with a reason."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from participation.events import Event
from participation.policy import Refused
from participation.subjects import Subject
from proposals.ballots.actions import call_off, cast, close_ballot
from proposals.ballots.models import Ballot, BallotKey, CastBallot, CastRequest, CountedBallot, Turnout
from proposals.ballots.problems import Wrong
from proposals.ballots.queries import ballot_view
from tests.ballots.scene import Scene
from tests.support.clock import TestClock


def counted(scene: Scene, ballot: int) -> list[tuple[str, str, int | None]]:
    return scene.ask(lambda session: [tuple(row) for row in session.execute(
        select(CountedBallot.receipt, CountedBallot.choice, CountedBallot.account_id)
        .where(CountedBallot.ballot_id == ballot).order_by(CountedBallot.receipt))])


def reason(scene: Scene, *asked) -> str:
    with pytest.raises(Refused) as refused:
        scene.do(cast, *asked)
    return refused.value.verdict.reason


def test_a_vote_is_changed_until_the_close_and_the_last_one_counts(scene: Scene, clock: TestClock) -> None:
    ballot, (hanako, taro) = scene.ballot(), scene.voters(2)
    first = scene.do(cast, hanako, ballot, "no")
    again = scene.do(cast, hanako, ballot, "no")
    changed = scene.do(cast, hanako, ballot, "yes")
    other = scene.do(cast, taro, ballot, "abstain")
    assert (first.first, again.first, again.repeated, changed.first) == (True, False, True, False)
    assert again.code == first.code != changed.code
    view = scene.ask(ballot_view, hanako, "park-1", clock())
    assert (view.own.choice, view.own.receipt, view.turnout) == ("yes", changed.code, 2)
    clock.advance(days=7)
    scene.do(close_ballot, None, ballot)
    assert counted(scene, ballot) == sorted([(changed.code, '"yes"', None), (other.code, '"abstain"', None)])
    assert scene.ask(ballot_view, hanako, "park-1", clock()).own is None
    for table in (CastBallot, CastRequest, BallotKey):
        assert scene.ask(lambda session, table=table: session.scalars(select(table)).all()) == []


def test_a_repeated_request_gets_the_same_receipt_even_after_a_change(scene: Scene) -> None:
    ballot, hanako = scene.ballot(), scene.person()
    first = scene.do(cast, hanako, ballot, "no", key="a")
    second = scene.do(cast, hanako, ballot, "yes", key="b")
    late = scene.do(cast, hanako, ballot, "no", key="a")
    assert (late.code, late.repeated) == (first.code, True)
    assert scene.ask(ballot_view, hanako, "park-1", scene.clock()).own.receipt == second.code


def test_a_secret_vote_leaves_no_name_in_the_log_and_only_the_hour_in_the_roll(scene: Scene) -> None:
    scene.clock.advance(minutes=17)
    ballot, hanako = scene.ballot(), scene.person()
    scene.do(cast, hanako, ballot, "yes")
    kept = scene.ask(lambda session: session.scalars(select(Event).where(Event.type == "ballot.vote_cast")).one())
    assert (kept.actor_id, kept.actor_ref, kept.body) == (None, None, f'{{"ballot_id":{ballot},"first":true}}')
    at = scene.ask(lambda session: session.scalar(select(Turnout.at)))
    assert (at.minute, at.second, at.microsecond) == (0, 0, 0)


def test_a_ballot_that_is_not_secret_keeps_who_chose_what(scene: Scene, clock: TestClock) -> None:
    ballot, hanako = scene.ballot(secret=False), scene.person()
    receipt = scene.do(cast, hanako, ballot, "yes")
    clock.advance(days=7)
    scene.do(close_ballot, None, ballot)
    assert counted(scene, ballot) == [(receipt.code, '"yes"', hanako.id)]


def test_who_may_not_vote_is_told_why_and_where_to_go(scene: Scene, clock: TestClock) -> None:
    ballot = scene.ballot(needs=["resident", "adult"], opens_at=clock() + timedelta(hours=1))
    verified = scene.person(verifications=("resident", "adult"))
    assert reason(scene, verified, ballot, "yes") == "Voting has not begun yet."
    clock.advance(hours=1)
    scene.do(cast, verified, ballot, "yes")
    young = scene.person(verifications=("resident",))
    with pytest.raises(Refused) as refused:
        scene.do(cast, young, ballot, "yes")
    assert (refused.value.verdict.kind, refused.value.verdict.remedy) == ("forbidden", "/me/verification")
    assert "auditor" in reason(scene, scene.person(roles=("auditor",)), ballot, "yes")
    clock.advance(days=7)
    assert reason(scene, verified, ballot, "no") == "Voting is over."
    other = scene.ballot()
    scene.do(call_off, scene.desk, other, "The square was sold.")
    assert reason(scene, verified, other, "no") == "This ballot was called off."
    assert scene.ask(lambda session: session.get(Subject, other).visible)


@pytest.mark.parametrize(("method", "rules", "choice", "field", "message"), [
    ("yes_no", {}, "perhaps", "choice", "This choice cannot be read."),
    ("approval", {"max_choices": 1}, ["bench", "lamps"], "choice", "You chose too many."),
    ("approval", {}, ["castle"], "choice", "This is not one of the options"),
    ("approval", {}, ["bench", "bench"], "choice", "You chose the same option twice"),
    ("approval", {}, [], "choice", "Please choose something."),
    ("score", {"lowest": 0, "highest": 5}, {"bench": 6}, "bench", "Please choose a whole number from"),
    ("runoff", {}, [["bench"], ["lamps", "bench"]], "choice", "You chose the same option twice"),
    ("greedy", {"budget": 5, "max_cost": 7_000_000}, ["garden", "lamps"], "choice", "What you chose costs more"),
])
def test_a_choice_that_breaks_a_rule_is_refused_at_its_field(scene: Scene, method, rules, choice, field, message):
    ballot, hanako = scene.ballot(method, rules=rules), scene.person()
    with pytest.raises(Wrong) as wrong:
        scene.do(cast, hanako, ballot, choice)
    (problem,) = wrong.value.problems
    assert (problem.field, problem.message.startswith(message)) == (field, True)
    assert scene.ask(lambda session: session.get(Ballot, ballot).frozen_at) is None


def test_equal_ranks_are_kept_and_the_order_of_input_is_not(scene: Scene) -> None:
    ballot, (hanako, taro) = scene.ballot("runoff"), scene.voters(2)
    scene.do(cast, hanako, ballot, [["lamps", "bench"], ["garden"]])
    scene.do(cast, taro, ballot, [["bench", "lamps"], ["garden"]])
    stored = scene.ask(lambda session: session.scalars(select(CastBallot.choice)).all())
    assert stored == ['[["bench","lamps"],["garden"]]'] * 2
