"""Any sequence of votes, changes, erasures, restarts and the close agrees with a plain dictionary."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from participation.accounts.models import Account
from participation.policy import Actor, Refused
from proposals.ballots.actions import cast, close_ballot
from proposals.ballots.checking import broken_ballots
from proposals.ballots.models import CastBallot, CountedBallot, Turnout
from proposals.ballots.personal import erase_account
from tests.ballots.scene import Scene
from tests.support.application import People
from tests.support.databases import on_sqlite

PEOPLE, CHOICES = range(4), ("yes", "no", "abstain")


class Voting(RuleBasedStateMachine):
    scene: Scene
    people: list[Actor]

    def __init__(self) -> None:
        super().__init__()
        self.ballot = self.scene.ballot()
        self.votes: dict[int, tuple[str, str]] = {}  # person -> receipt, choice
        self.open = True

    @rule(who=st.sampled_from(PEOPLE), choice=st.sampled_from(CHOICES), key=st.sampled_from(("", "a")))
    def vote(self, who: int, choice: str, key: str) -> None:
        key = f"{key}{choice}" if key else ""
        try:
            receipt = self.scene.do(cast, self.people[who], self.ballot, choice, key=key)
        except Refused:
            assert not self.open
            return
        assert self.open
        if not receipt.repeated:
            assert receipt.first == (who not in self.votes)
            self.votes[who] = (receipt.code, choice)
        elif not key:
            assert (receipt.code, choice) == self.votes[who]

    @rule(who=st.sampled_from(PEOPLE))
    def erase(self, who: int) -> None:
        """Whoever leaves has voted all the same."""
        self.scene.db.write(lambda session: erase_account(session, self.people[who].id, self.scene.clock()))
        self.scene.db.write(lambda session: setattr(session.get(Account, self.people[who].id), "name", ""))

    @rule()
    def restart(self) -> None:
        """Every connection anew."""
        self.scene.db.engines.read.dispose()
        self.scene.db.engines.write.dispose()

    @rule()
    def close(self) -> None:
        if self.open and len(self.votes) > 2:
            self.scene.do(close_ballot, self.scene.desk, self.ballot, reason="All have voted.")
            self.open = False

    @invariant()
    def the_rows_are_those_of_the_dictionary(self) -> None:
        table: Any = CastBallot if self.open else CountedBallot
        rows = self.scene.ask(lambda session: session.execute(
            select(table.receipt, table.choice).where(table.ballot_id == self.ballot)).all())
        assert sorted(map(tuple, rows)) == sorted((code, f'"{choice}"') for code, choice in self.votes.values())
        voted = select(func.count()).select_from(Turnout).where(Turnout.ballot_id == self.ballot)
        assert self.scene.ask(lambda session: session.scalar(voted)) == len(self.votes)
        assert self.scene.ask(lambda session: list(broken_ballots(session))) == []


@on_sqlite
def test_ballots_behave_like_a_dictionary(scene: Scene, person: People) -> None:
    run_state_machine_as_test(
        type("Bound", (Voting,), {"scene": scene, "people": [person() for _ in PEOPLE]}),
        settings=settings(max_examples=6, stateful_step_count=12, deadline=None,
                          suppress_health_check=[HealthCheck.too_slow]))
