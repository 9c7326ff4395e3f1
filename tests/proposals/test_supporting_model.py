"""Any sequence of steps leaves the platform and a plain dictionary in agreement."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from participation.policy import Actor, Refused
from proposals.models import Proposal, State, Support
from proposals.supporting.actions import Supported, support, withdraw_support
from proposals.supporting.queries import counter_mismatches
from tests.proposals.scene import Scene
from tests.support.application import People
from tests.support.databases import on_sqlite

PEOPLE, PROPOSALS, CAP = range(3), range(4), 2
OPEN = (State.PUBLISHED, State.UNDER_REVIEW)


class Supporting(RuleBasedStateMachine):
    scene: Scene
    people: list[Actor]

    def __init__(self) -> None:
        super().__init__()
        process = self.scene.process(cap=CAP)
        self.ids = [self.scene.proposal(self.people[0], process=process) for _ in PROPOSALS]
        self.given: dict[int, set[int]] = {who: set() for who in PEOPLE}
        self.open = dict.fromkeys(PROPOSALS, True)

    @rule(who=st.sampled_from(PEOPLE), what=st.sampled_from(PROPOSALS))
    def give(self, who: int, what: int) -> None:
        allowed = self.open[what] and (what in self.given[who] or len(self.given[who]) < CAP)
        if allowed:
            self.given[who].add(what)
        self.compare(support, who, what, allowed)

    @rule(who=st.sampled_from(PEOPLE), what=st.sampled_from(PROPOSALS))
    def take_back(self, who: int, what: int) -> None:
        if self.open[what]:
            self.given[who].discard(what)
        self.compare(withdraw_support, who, what, self.open[what])

    @rule(what=st.sampled_from(PROPOSALS), state=st.sampled_from((*OPEN, State.ACCEPTED)))
    def decide(self, what: int, state: State) -> None:
        self.scene.set(Proposal, self.ids[what], state=state)
        self.open[what] = state in OPEN

    def compare(self, action: object, who: int, what: int, allowed: bool) -> None:
        count = sum(what in given for given in self.given.values())
        try:
            answer = self.scene.do(action, self.people[who], self.ids[what])
        except Refused:
            assert not allowed
        else:
            assert (allowed, answer) == (True, Supported(count, what in self.given[who]))

    @invariant()
    def the_rows_are_those_of_the_dictionary(self) -> None:
        rows = self.scene.ask(lambda session: session.execute(
            select(Support.account_id, Support.proposal_id).where(Support.proposal_id.in_(self.ids))).all())
        assert {tuple(row) for row in rows} == {
            (self.people[who].id, self.ids[what]) for who, given in self.given.items() for what in given}
        assert self.scene.ask(counter_mismatches) == []


@on_sqlite
def test_supports_behave_like_a_dictionary(scene: Scene, person: People) -> None:
    run_state_machine_as_test(
        type("Bound", (Supporting,), {"scene": scene, "people": [person() for _ in PEOPLE]}),
        settings=settings(max_examples=20, stateful_step_count=25, deadline=None,
                          suppress_health_check=[HealthCheck.too_slow]))
