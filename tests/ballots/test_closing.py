"""The close in the worker, the count, the publication; and what the database refuses afterwards."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from participation.events import Event
from participation.policy import Refused
from participation.notifications.models import Follow, Notice
from proposals.ballots.actions import (
    OptionValues, call_off, cast, change_ballot, close_ballot, open_ballot, publish_ballot, set_options,
)
from proposals.ballots.checking import broken_ballots
from proposals.ballots.models import Ballot, BallotResult, CountedBallot, State
from proposals.ballots.queries import ballot_view, published_list
from tests.ballots.scene import Scene
from tests.support.clock import TestClock

CHOICES = (["bench"], ["garden", "lamps"], ["lamps"], ["bench", "lamps"])


def vote_all(scene: Scene, ballot: int, number: int = 12) -> None:
    for place, voter in enumerate(scene.voters(number)):
        scene.do(cast, voter, ballot, CHOICES[place % len(CHOICES)])


@pytest.fixture
def published(scene: Scene, clock: TestClock, deliver: Any) -> int:
    """A ballot with twelve votes whose result is published."""
    ballot = scene.ballot("approval")
    vote_all(scene, ballot)
    clock.advance(days=7, minutes=1)
    deliver()
    deliver()
    scene.do(publish_ballot, scene.desk, ballot)
    return ballot


def test_the_worker_closes_at_the_time_and_counts(scene: Scene, clock: TestClock, deliver: Any) -> None:
    ballot = scene.ballot("approval", quorum=13)
    vote_all(scene, ballot)
    clock.advance(days=6, hours=23)
    deliver()
    assert scene.ask(lambda session: session.get(Ballot, ballot).state) == State.OPEN
    clock.advance(hours=1)
    deliver()
    assert scene.ask(ballot_view, scene.person(), "park-1", clock()).result is None
    view = scene.ask(ballot_view, scene.desk, "park-1", clock())
    assert (view.state, view.result.ballots, view.result.valid) == (State.CLOSED, 12, False)
    assert view.result.result["counts"] == {"bench": 6, "garden": 3, "lamps": 9}
    assert view.seed and view.result.published is False
    with pytest.raises(Refused):
        scene.do(publish_ballot, scene.person(), ballot)
    scene.do(publish_ballot, scene.desk, ballot)
    assert scene.ask(ballot_view, scene.person(), "park-1", clock()).result.published


def test_a_ballot_that_publishes_itself_needs_nobody(scene: Scene, clock: TestClock, deliver: Any) -> None:
    ballot = scene.ballot(self_publishing=True)
    scene.do(cast, scene.person(), ballot, "yes")
    clock.advance(days=7)
    deliver()
    assert scene.ask(lambda session: session.get(Ballot, ballot).state) == State.PUBLISHED


def test_nobody_closes_early_without_a_reason_that_everybody_reads(scene: Scene) -> None:
    ballot = scene.ballot()
    with pytest.raises(Refused):
        scene.do(close_ballot, scene.desk, ballot)
    scene.do(close_ballot, scene.desk, ballot, reason="The machine was down for a day.")
    view = scene.ask(ballot_view, scene.person(), "park-1", scene.clock())
    assert (view.state, view.end_reason) == (State.CLOSED, "The machine was down for a day.")


def test_a_list_of_few_or_of_the_same_is_not_shown(scene: Scene, clock: TestClock, deliver: Any) -> None:
    few, same, named = scene.ballot(), scene.ballot(), scene.ballot(secret=False)
    for voter in scene.voters(9):
        scene.do(cast, voter, few, "yes")
    for voter in scene.voters(11):
        scene.do(cast, voter, same, "yes")
    hanako = scene.person("Hanako")
    scene.do(cast, hanako, named, "yes")
    clock.advance(days=7)
    deliver()
    for ballot in (few, same, named):
        scene.do(publish_ballot, scene.desk, ballot)
    lists = [scene.ask(published_list, hanako, f"park-{number}", clock()) for number in (1, 2, 3)]
    assert [(each.withheld, each.total, len(each.ballots)) for each in lists] == [
        ("few", 9, 0), ("unanimous", 11, 0), ("", 1, 1)]
    assert lists[2].ballots[0].voter == "Hanako"


def test_the_count_so_far_is_made_for_ballots_that_are_not_hidden(scene: Scene, clock: TestClock, deliver: Any):
    shown, hidden = scene.ballot("approval", hidden=False, secret=False), scene.ballot("approval")
    vote_all(scene, shown, 4)
    vote_all(scene, hidden, 4)
    deliver()
    clock.advance(minutes=1)
    views = [scene.ask(ballot_view, scene.desk, f"park-{number}", clock()) for number in (1, 2)]
    assert (views[0].running["counts"], views[1].running) == ({"bench": 2, "garden": 1, "lamps": 3}, None)


def test_rules_are_open_until_the_first_vote_and_then_stay(scene: Scene) -> None:
    ballot = scene.draft("approval")
    scene.do(change_ballot, scene.desk, ballot, {"secret": False, "hidden": False})
    scene.do(change_ballot, scene.desk, ballot, {"secret": True, "hidden": True})
    scene.do(open_ballot, scene.desk, ballot)
    scene.do(set_options, scene.desk, ballot, [OptionValues(key=key, title={"ja": key}) for key in ("a", "b")])
    with pytest.raises(Exception, match="Hidden and secret stay"):
        scene.do(change_ballot, scene.desk, ballot, {"secret": False})
    scene.do(cast, scene.person(), ballot, ["a"])
    for change in (lambda: scene.do(change_ballot, scene.desk, ballot, {"quorum": 4}),
                   lambda: scene.do(set_options, scene.desk, ballot, [])):
        with pytest.raises(Refused):
            change()
    assert scene.ask(lambda session: list(broken_ballots(session))) == []


PROMISED = (
    "UPDATE ballot SET rules = '{}'", "UPDATE ballot SET method = 'score'", "UPDATE ballot SET needs = '[]'",
    "UPDATE ballot SET quorum = 1", "UPDATE ballot SET secret = NOT secret", "UPDATE ballot SET hidden = NOT hidden",
    "UPDATE ballot SET state = 'draft'", "DELETE FROM ballot", "UPDATE ballot SET frozen_at = NULL",
    "UPDATE ballot_option SET cost = 1", "DELETE FROM ballot_option",
    "INSERT INTO ballot_area SELECT id, 1 FROM ballot",
    "UPDATE ballot_turnout SET at = at", "DELETE FROM ballot_turnout", "DELETE FROM ballot_cast",
)
COUNTED = (
    "UPDATE ballot_counted SET choice = '[]'", "DELETE FROM ballot_counted", "DELETE FROM ballot_turnout",
    "INSERT INTO ballot_counted (ballot_id, receipt, choice) SELECT id, 'x', '[]' FROM ballot",
    "INSERT INTO ballot_turnout (ballot_id, account_id, at) SELECT b.id, 1, b.closed_at FROM ballot b",
    "INSERT INTO ballot_cast (ballot_id, voter_tag, receipt, choice) SELECT id, 'x', 'x', '[]' FROM ballot",
    "UPDATE ballot_result SET ballots = 3", "DELETE FROM ballot_result", "UPDATE ballot SET state = 'open'",
)


def test_the_database_refuses_what_voters_were_promised(scene: Scene) -> None:
    vote_all(scene, scene.ballot("approval"), 2)
    for statement in PROMISED:
        with pytest.raises(DBAPIError, match="a ballot stays as its voters knew it"):
            scene.db.write(lambda session, statement=statement: session.execute(text(statement)))


def test_the_database_refuses_to_touch_what_was_counted(scene: Scene, published: int) -> None:
    for statement in COUNTED:
        with pytest.raises(DBAPIError, match="a ballot stays as its voters knew it"):
            scene.db.write(lambda session, statement=statement: session.execute(text(statement)))


def test_followers_hear_of_it_and_only_those_who_have_not_voted_are_reminded(
        scene: Scene, clock: TestClock, deliver: Any) -> None:
    voted, silent = scene.voters(2)
    scene.db.write(lambda session: [session.add(Follow(account_id=each.id, subject_id=scene.process_id, at=clock()))
                                    for each in (voted, silent)] and None)
    ballot = scene.ballot(self_publishing=True)
    scene.do(cast, voted, ballot, "yes")
    for hours in (0, 24 * 6 + 1, 24):
        clock.advance(hours=hours)
        for _ in range(3):
            deliver()
    told = scene.ask(lambda session: [tuple(row) for row in session.execute(
        select(Notice.account_id, Notice.type).order_by(Notice.account_id, Notice.at, Notice.type))])
    assert told == [(voted.id, "ballot.opened"), (voted.id, "ballot.published"), (silent.id, "ballot.opened"),
                    (silent.id, "ballot.reminder_due"), (silent.id, "ballot.published")]


def test_what_is_called_off_is_not_counted_and_the_reason_stays(scene: Scene, deliver: Any) -> None:
    ballot = scene.ballot()
    scene.do(cast, scene.person(), ballot, "yes")
    with pytest.raises(Refused):
        scene.do(call_off, scene.desk, ballot, " ")
    scene.do(call_off, scene.desk, ballot, "The square was sold.")
    scene.clock.advance(days=8)
    deliver()
    kept = scene.ask(lambda session: (session.scalars(select(CountedBallot)).all(),
                                      session.scalars(select(BallotResult)).all(), list(broken_ballots(session))))
    assert kept == ([], [], [])
    types = scene.ask(lambda session: session.scalars(select(Event.type).order_by(Event.id)).all())
    assert types == ["ballot.opened", "ballot.vote_cast", "ballot.called_off"]


DISGUISES = {
    "a counted ballot is not the one": "UPDATE ballot_counted SET choice = '[\"garden\"]' WHERE receipt ="
                                       " (SELECT max(receipt) FROM ballot_counted WHERE choice <> '[\"garden\"]')",
    "there are 13": "INSERT INTO ballot_counted (ballot_id, receipt, choice) SELECT id, 'X', '[]' FROM ballot",
    "there are 11": "DELETE FROM ballot_counted WHERE receipt = (SELECT max(receipt) FROM ballot_counted)",
    "the roll of those who voted": "INSERT INTO ballot_turnout (ballot_id, account_id, at)"
                                   " SELECT b.id, a.id, b.closed_at FROM ballot b, account a WHERE a.name = 'Desk'",
    "the roll of those": "DELETE FROM ballot_turnout WHERE account_id = (SELECT max(account_id) FROM ballot_turnout)",
    "its result is not": "UPDATE ballot_result SET result = '{}'",
    "its result": "UPDATE ballot_result SET valid = NOT valid",
    "its result was removed": "DELETE FROM ballot_result",
    "its rules, options or texts": "UPDATE ballot_option SET cost = 7",
    "its rules": "UPDATE ballot SET quorum = 99",
    "its state": "UPDATE ballot SET state = 'closed'",
    "is gone or a draft": "UPDATE ballot SET state = 'draft'",
}


def drop_guards(scene: Scene) -> None:
    """What whoever owns the database can do."""
    def work(session: Any) -> None:
        names = text("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ballot%'"
                     if scene.db.sqlite else "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c"
                     " ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relname LIKE 'ballot%'")
        for name, table in session.execute(names).all():
            session.execute(text(f"DROP TRIGGER {name}" + ("" if scene.db.sqlite else f" ON {table}")))
    scene.db.write(work)


def test_whoever_owns_the_database_changes_nothing_unnoticed(scene: Scene, published: int) -> None:
    assert scene.ask(lambda session: list(broken_ballots(session))) == []
    drop_guards(scene)
    for said, statement in DISGUISES.items():
        with scene.db.engines.write.connect() as connection:
            connection.execute(text(statement))
            with Session(connection) as session:
                found = list(broken_ballots(session))
            connection.rollback()
        assert any(said in finding for finding in found), (said, found)
        assert all("park-1" in finding or "number" in finding for finding in found)


def test_a_vote_slipped_in_while_it_is_open_is_found(scene: Scene) -> None:
    ballot = scene.ballot()
    scene.do(cast, scene.person(), ballot, "yes")
    scene.db.write(lambda session: session.execute(
        text("INSERT INTO ballot_cast (ballot_id, voter_tag, receipt, choice) VALUES (:b, :t, 'x', '\"no\"')"),
        {"b": ballot, "t": b"x"}))
    found = scene.ask(lambda session: list(broken_ballots(session)))
    assert found == [f"ballot park-1 (number {ballot}): "
                     "the log has 1 votes, the roll 1 people, and 2 ballots were cast"]
