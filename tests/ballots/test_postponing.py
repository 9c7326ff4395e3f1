"""A close that is put off: later only, with a reason that everybody reads, written down, told to those who voted."""
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from participation.events import Event
from participation.notifications.models import Notice
from proposals.ballots.actions import cast, close_ballot, postpone_ballot
from proposals.ballots.jobs import clear_away
from proposals.ballots.models import Ballot
from tests.ballots.scene import Scene
from tests.proposals.doors import Doors
from tests.support.client import Client
from tests.support.databases import on_sqlite


def at(moment: Any) -> str:
    return moment.isoformat()


def test_a_close_is_put_off_by_page_and_api_and_never_brought_forward(
        scene: Scene, client: Client, deliver: Any) -> None:
    ballot, doors, voter = scene.ballot(), Doors(client), scene.person()
    close, path = scene.clock() + timedelta(days=7), "/ballots/park-1/postponements"
    scene.do(cast, voter, ballot, "yes")
    early = doors.api(scene.desk, "POST", path, {"closes_at": at(close - timedelta(hours=1)), "reason": "台風のため"})
    assert (early.status, early.json()["errors"][0]["field"]) == (422, "closes_at")
    assert doors.api(voter, "POST", path, {"closes_at": at(close + timedelta(days=1)), "reason": "台風のため"}).status == 403
    made = doors.api(scene.desk, "POST", path, {"closes_at": at(close + timedelta(days=1)), "reason": "台風のため"})
    assert (made.status, made.json()["postponed"][0]["reason"]) == (201, "台風のため")
    typed = {"closes_at": (close + timedelta(days=12)).strftime("%Y-%m-%dT%H:%M"), "reason": "回線が止まったため"}
    assert doors.form(scene.desk, "POST", f"/secretariat/ballots/{ballot}/later", typed).status == 303
    page = client.another().open("/ballots/park-1")
    assert "台風のため" in page.text and "回線が止まったため" in page.text
    deliver()
    with scene.db.read() as session:
        assert session.scalars(select(Event.type).where(Event.type == "ballot.postponed")).all() == [
            "ballot.postponed"] * 2
        assert session.scalars(select(Notice.account_id).where(Notice.account_id == voter.id)).all()
    for statement in ("UPDATE ballot SET closes_at = opens_at", "DELETE FROM ballot_postponement",
                      "UPDATE ballot_postponement SET reason = ''"):
        with pytest.raises(DatabaseError):
            scene.db.write(lambda session, said=statement: session.execute(text(said)) and None)
    scene.clock.advance(days=8)
    assert client.another().sign_in(scene.person()).open("/ballots/park-1").form("/check"), "the first close is over"


@on_sqlite
def test_people_are_reminded_again_of_a_close_that_was_put_off_by_days_not_by_an_hour(
        scene: Scene, deliver: Any) -> None:
    ballot, close, told = scene.ballot(), scene.clock() + timedelta(days=7), []
    for hours, later in ((24 * 6 + 1, 0), (1, close + timedelta(hours=1)), (1, close + timedelta(days=5)), (24 * 4, 0)):
        scene.clock.advance(hours=hours)
        if later:
            scene.do(postpone_ballot, scene.desk, ballot, later, "台風のため")
        for _ in range(2):
            deliver()
        with scene.db.read() as session:
            told.append(len(session.scalars(select(Event.id).where(Event.type == "ballot.reminder_due")).all()))
    scene.clock.advance(hours=24)
    deliver()
    with scene.db.read() as session:
        told.append(len(session.scalars(select(Event.id).where(Event.type == "ballot.reminder_due")).all()))
    assert told == [1, 1, 1, 1, 2]


def test_what_the_close_deleted_is_cleared_away(scene: Scene, services: Any) -> None:
    ballot = scene.ballot()
    scene.do(cast, scene.person(), ballot, "yes")
    scene.do(close_ballot, scene.desk, ballot, reason="All have voted.")
    clear_away(services, scene.clock())
    if scene.db.sqlite:
        return
    with scene.db.read() as session:
        assert session.scalar(select(Ballot.closed_at)) == services.extras["ballots_cleared"]
        assert session.scalar(text("SELECT last_vacuum FROM pg_stat_user_tables WHERE relname = 'ballot_cast'"))
