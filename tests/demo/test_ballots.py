"""The ballots of the demo: one counted by the votes of three hundred, two that anybody can vote in today, a draft."""
from participation.policy import ANONYMOUS
from proposals.ballots.models import State
from proposals.ballots.queries import ballot_lines, ballot_view


def test_a_budget_is_shared_out_and_two_ballots_are_open(demo, clock):
    with demo.db.read() as session:
        lines = {line.slug: line.state for line in ballot_lines(session, ANONYMOUS, drafts=True)}
        view = ballot_view(session, ANONYMOUS, "first-steps", clock())
    assert lines == {"first-steps": State.PUBLISHED, "next-theme": State.OPEN, "night-library": State.OPEN,
                     "next-budget": State.DRAFT}
    assert view.result.ballots == view.turnout == 300
    assert 0 < view.result.result["cost"] <= view.rules["budget"] and len(view.result.result["winners"]) > 3
