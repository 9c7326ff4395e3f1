"""Pilots stand in a ballot, picked at the desk or over the API; once it is published each says what became of it."""
from typing import Any

from sqlalchemy import select, update

from consortium.pilots.models import PilotBallot
from participation.events import Event
from participation.notifications.models import Notice
from proposals.ballots.actions import cast, open_ballot
from proposals.ballots.desk.reading import options_of
from tests.ballots.scene import Scene
from tests.pilots.scene import S, Trial
from tests.proposals.doors import Doors
from tests.proposals.scene import Scene as Proposals

MAKE, SHOW = "選んだ実証実験を選択肢にする", "この条件で見る"


def stand(scene: Scene, doors: Doors, pilots: tuple[int, int], proposal: int) -> int:
    """A draft in which all three are options: the first pilot by the picker, the rest over the API."""
    ballot = scene.draft("approval", options=())
    desk = f"/secretariat/ballots/{ballot}"
    picker = doors.client.another(language="en").sign_in(scene.desk)
    chosen = picker.submit(picker.open(f"{desk}/pilots"), {"pilot": pilots[0]}, form="/pilots", button=MAKE)
    assert chosen.location == f"{desk}/options"
    assert f'href="/pilots/{pilots[0]}"' in picker.open(f"{desk}/options").html
    assert picker.submit(picker.open(f"{desk}/pilots"), form="/pilots", button=MAKE).location == f"{desk}/pilots"
    known = [{"id": one, "title_ja": one, "source": number}
             for one, number in (("cart", pilots[0]), ("tram", pilots[1]), ("roof", proposal))]
    path = f"/ballots/park-{scene.numbers}"
    wrong = doors.api(scene.desk, "PATCH", path, {"options": [*known, {"title_ja": "x", "source": ballot}]})
    assert (wrong.status, wrong.json()["errors"][0]["field"]) == (422, "options.3.source")
    options = doors.api(scene.desk, "PATCH", path, {"options": known}).json()["options"]
    assert [(one["source"], one["source_kind"]) for one in options] == [
        (pilots[0], "pilot"), (pilots[1], "pilot"), (proposal, "proposal")]
    return ballot


def test_each_pilot_says_once_what_a_published_ballot_said_of_it(trial: Trial, doors: Doors, deliver: Any) -> None:
    scene = Scene(trial.db, trial.clock, trial.catalogue.person)
    first, second = (trial.pilot(S.RUNNING).id for _ in range(2))
    proposal = Proposals(trial.db, trial.clock, trial.catalogue.person).proposal(process=scene.process_id)
    ballot = stand(scene, doors, (first, second), proposal)
    scene.do(open_ballot, scene.desk, ballot)
    scene.do(cast, scene.voters(1)[0], ballot, ["cart"])
    scene.finish(ballot, published=True)
    for _ in range(2):
        scene.db.write(lambda session: session.execute(
            update(Event).where(Event.type == "ballot.published").values(delivered_at=None)) and None)
        deliver(), deliver()
    with scene.db.read() as session:
        assert {row.pilot_id: row.won for row in session.scalars(select(PilotBallot))} == {first: True, second: False}
        told = session.execute(select(Notice.about_id, Notice.account_id, Notice.params).where(
            Notice.type == "pilot.stood_in_ballot").order_by(Notice.about_id)).all()
    path = f"/ballots/by-id/{ballot}"
    assert [tuple(row) for row in told] == [
        (first, trial.person.id, {"what": "it was chosen in a ballot", "path": path}),
        (second, trial.person.id, {"what": "it was not chosen in a ballot", "path": path})]
    lead, guest = doors.client.another(language="ja").sign_in(trial.person), doors.client.another(language="en")
    assert "投票では選ばれませんでした" in lead.open("/me/notices").text
    for pilot, said in ((first, "Chosen in a ballot"), (second, "Not chosen in a ballot")):
        assert guest.open(f"/pilots/{pilot}").text.count(said) == 1
        noted = doors.api(None, "GET", f"/pilots/{pilot}").json()["ballots"]
        assert [one["chosen"] for one in noted] == [pilot == first]
    assert "was not chosen" in guest.open(f"/proposals/{proposal}").text


def test_ticks_stay_while_one_searches_and_turns_the_pages_of_the_picker(trial: Trial, doors: Doors) -> None:
    scene = Scene(trial.db, trial.clock, trial.catalogue.person)
    made = [trial.pilot(S.RUNNING if number else S.APPROVED).id for number in range(21)]
    ballot = scene.draft("approval", options=())
    path = f"/secretariat/ballots/{ballot}/pilots"
    browser = doors.client.another().sign_in(scene.desk)
    first = browser.open(path)
    second = browser.submit(first, {"pilot": made[20]}, form="/pilots", button="2")
    assert [value for name, value in second.form("/pilots").fields if name == "pilot"] == [str(made[20])]
    found = browser.submit(second, {"state": "approved", "q": "坂の上"}, form="/pilots", button=SHOW)
    assert "実証実験1件" in found.text and f'value="{made[0]}"' in found.html
    browser.submit(found, {"pilot": [made[0], made[20]]}, form="/pilots", button=MAKE)
    rows = scene.ask(lambda session: options_of(session, ballot))
    assert [row.source_id for row in rows] == [made[20], made[0]]
    none = browser.submit(browser.open(path), {"q": "tram"}, form="/pilots", button=SHOW)
    assert "当てはまる実証実験がありません" in none.text
