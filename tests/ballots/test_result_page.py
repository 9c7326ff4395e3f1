"""The result on a ballot's page: nothing before the close, then figures, drawing, steps and how to count again."""

import pytest

from proposals.ballots.actions import cast, publish_ballot
from tests.ballots.scene import Scene
from tests.support.client import Client

CHOICES = {
    "yes_no": ["yes", "yes", "no"],
    "approval": [["bench"], ["bench", "garden"], ["lamps"]],
    "runoff": [[["bench"], ["lamps"]], [["lamps"]], [["bench", "garden"]]],
    "stv": [[["bench"], ["lamps"]], [["lamps"]], [["garden"]]],
    "schulze": [[["bench"], ["lamps"]], [["lamps"]], [["bench"], ["garden"]]],
    "greedy": [["bench"], ["bench", "garden"], ["lamps"]],
    "equal_shares": [["bench"], ["bench", "garden"], ["lamps"]],
}
SAID = {
    "yes_no": ["Yes", "3 valid votes: Yes 2, No 1, I abstain 0."],
    "approval": ["bench", "The sums are: bench 2, "],
    "runoff": ["bench", "Round 1: bench 1.5, "],
    "stv": ["Whoever has 2 votes is sure of a place."],
    "schulze": ["bench", "Every pair compared", "This gives the order: bench, lamps, garden."],
    "greedy": ["bench", "Together 7,000,000 of 10,000,000 yen", "garden: 1 points, costs 4,000,000. It is funded;"],
    "equal_shares": ["Together 8,000,000 of 10,000,000 yen", "pay together: 1,500,000 each."],
}


@pytest.mark.parametrize("method", list(CHOICES))
def test_a_result_is_told_with_its_figures_and_its_steps(scene: Scene, client: Client, method: str) -> None:
    ballot = scene.ballot(method)
    for voter, choice in zip(scene.voters(3), CHOICES[method], strict=True):
        scene.do(cast, voter, ballot, choice)
    guest = client.another(language="en")
    assert 'id="result"' not in guest.open("/ballots/park-1").html
    scene.finish(ballot)
    assert 'id="result"' not in guest.open("/ballots/park-1").html
    assert "まだ公表していません" in client.another().sign_in(scene.desk).open("/ballots/park-1").text
    scene.do(publish_ballot, scene.desk, ballot)
    page = guest.open("/ballots/park-1")
    for said in [*SAID[method], "The count step by step", "sanpo tally ballot-park-1.json", 'role="img"']:
        assert said in page.html.replace("&#34;", '"'), said
    assert "%(" not in page.html
    assert client.another(language="ja").open("/ballots/park-1").status == 200


def test_a_quorum_that_was_missed_is_said(scene: Scene, client: Client) -> None:
    ballot = scene.ballot(quorum=5)
    scene.do(cast, scene.voters(1)[0], ballot, "yes")
    scene.finish(ballot)
    scene.do(publish_ballot, scene.desk, ballot)
    page = client.another(language="en").open("/ballots/park-1")
    assert "The quorum was not reached" in page.text and "Needed were 5 people." in page.text
