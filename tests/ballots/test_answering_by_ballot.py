"""What won becomes official answers by one form of the desk, and ballot and proposal name one another."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from participation.db import Database
from participation.policy import Refused
from proposals.ballots.actions import OptionValues, cast, open_ballot, publish_ballot, set_options
from proposals.ballots.results.answering import answer_by_ballot
from proposals.models import Answer, Proposal
from tests.ballots.scene import Scene
from tests.proposals.scene import Scene as Proposals
from tests.support.application import People
from tests.support.client import Client
from tests.support.clock import TestClock


@pytest.fixture
def stood(scene: Scene, db: Database, clock: TestClock, person: People) -> tuple[int, int, int]:
    """An open ballot with a vote for the first of two proposals: (ballot, first, second)."""
    make = Proposals(db, clock, person).proposal
    first, second = (make(title=title, process=scene.process_id) for title in ("A seat at each stop", "A roof"))
    ballot = scene.draft("approval")
    scene.do(set_options, scene.desk, ballot, [
        OptionValues(key=key, title={"ja": key, "en": key}, source_id=one)
        for key, one in (("seat", first), ("roof", second))])
    scene.do(open_ballot, scene.desk, ballot)
    scene.do(cast, scene.voters(1)[0], ballot, ["seat"])
    return ballot, first, second


def answers(scene: Scene) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}

    def read(session: object, now: object) -> None:
        found.update({one.proposal_id: (one.state, one.reasons) for one in session.scalars(select(Answer))})

    scene.do(read)
    return found


def test_the_desk_answers_by_the_result(scene: Scene, client: Client, stood: tuple[int, int, int]) -> None:
    ballot, first, second = stood
    guest = client.another(language="en")
    assert "stands for the vote" in guest.open(f"/proposals/{first}").text
    scene.finish(ballot)
    scene.do(publish_ballot, scene.desk, ballot)
    assert "was chosen" in guest.open(f"/proposals/{first}").text
    assert "was not chosen" in guest.open(f"/proposals/{second}").text
    desk = client.another(language="ja").sign_in(scene.desk)
    page = desk.open("/ballots/park-1/answers")
    assert dict(page.form("/answers").fields)["accepted"] == str(first)
    missing = desk.submit(page, {"department": "公園課"}, form="/answers")
    assert (missing.status, answers(scene)) == (422, {})
    soon = (scene.clock() + timedelta(days=30)).date().isoformat()
    typed = {"department": "公園課", "next_report_on": soon, "rejected": str(second)}
    done = desk.submit(missing, typed, form="/answers")
    assert done.status == 303
    given = answers(scene)
    assert {one: state for one, (state, _) in given.items()} == {first: "accepted", second: "rejected"}
    assert "公園の予算" in given[first][1] and "/ballots/park-1" in given[first][1]


def test_nobody_else_answers_and_nothing_before_the_publication(scene: Scene, stood: tuple[int, int, int]) -> None:
    ballot, first, _ = stood
    reasons = {"accepted": "It won the ballot.", "rejected": "It did not win."}
    for actor in (scene.desk, scene.voters(1)[0]):
        with pytest.raises(Refused):
            scene.do(answer_by_ballot, actor, ballot, accepted=[first], rejected=[], reasons=reasons)
    scene.finish(ballot)
    scene.do(publish_ballot, scene.desk, ballot)
    assert scene.do(answer_by_ballot, scene.desk, ballot, accepted=[first, 999], rejected=[], reasons=reasons) == 1
    states: list[str] = []
    scene.do(lambda session, now: states.append(session.get_one(Proposal, first).state))
    assert states == ["accepted"]
