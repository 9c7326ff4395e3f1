"""From the first word of a plan to the announced call, at the pages of the desk; who may facilitate."""
from datetime import timedelta

import pytest

from participation.policy import Refused
from tests.support.client import Client
from tests.workshops.scene import PURPOSE, Scene, usual
from workshops.actions import change_workshop, set_quotas
from workshops.models import State, Workshop
from workshops.queries import quotas_of

RULES = {"capacity": "4", "purpose": PURPOSE, "retention_days": "60", "any_of": ["resident", "worker"]}


def state_of(scene: Scene, slug: str) -> str:
    return scene.ask(lambda session: session.query(Workshop).filter_by(slug=slug).one().state)


def test_a_plan_becomes_a_call(scene: Scene, client: Client) -> None:
    client.sign_in(scene.desk)
    begun = client.post("/workshops", {"title_ja": "夜の公園", "slug": "night", "process": "vision"}, on="/workshops/new")
    assert begun.location == "/workshops/night/edit"
    assert "会場を書いてください" in client.open("/workshops/night/desk").text
    local = {name: (value + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M")
             for name, value in usual(scene.clock()).items() if name.endswith("_at")}
    typed = {"question_ja": "どうすれば?", "venue_ja": "市民ホール", **RULES, **local}
    client.submit(client.open(begun.location), typed, form="question_ja")
    questions = "/workshops/night/desk/questions"
    client.submit(client.open(questions), form=f"{questions}/ready")
    own = {"key": "way", "label_ja": "来かた", "why_ja": "いろいろな方に", "options": "bus | バス\nwalk | 徒歩"}
    client.submit(client.open(questions), own, form="label_ja")
    full = {"min.way.bus": "3", "min.way.walk": "3"}
    client.submit(client.open(questions), full, form="quotas")
    assert "定員4人を超えます" in client.open(questions).text
    assert "定員4人を超えます" in client.open("/workshops/night/desk/state/recruiting").text
    client.submit(client.open(questions), {"min.way.bus": "1", "min.way.walk": ""}, form="quotas")
    client.submit(client.open("/workshops/night/desk/state/recruiting"), form="/state/recruiting")
    assert state_of(scene, "night") == State.RECRUITING
    assert client.open("/workshops/night/desk").link("抽選の").endswith("/desk/draw")
    assert "市内に住んでいる方" in client.sign_out().open("/workshops/night").text
    assert client.open("/workshops/night/leaflet").status == 200


def test_what_people_apply_by_stays_once_the_call_is_announced(scene: Scene, client: Client) -> None:
    row = scene.workshop(quotas=[("young", 1, 2)])
    for values in ({"capacity": 9}, {"call_closes_at": scene.clock() + timedelta(days=9)}, {"any_of": ["resident"]}):
        with pytest.raises(Refused):
            scene.do(change_workshop, scene.desk, row.id, values)
    with pytest.raises(Refused):
        scene.do(set_quotas, scene.desk, row.id, [])
    assert len(scene.ask(quotas_of, row.id)) == 1
    page = client.sign_in(scene.desk).open(f"/workshops/{row.slug}/edit")
    assert "capacity" not in page.form("question_ja").names()
    client.submit(page, {"venue_ja": "図書館"}, form="question_ja")
    assert "図書館" in client.open(f"/workshops/{row.slug}").text


def test_steps_that_need_a_reason_are_not_taken_without(scene: Scene, client: Client) -> None:
    row = scene.workshop()
    path = f"/workshops/{row.slug}/desk/state/called_off"
    page = client.sign_in(scene.desk).open(path)
    assert client.submit(page, {"reason": ""}, form=path).status == 422
    client.submit(page, {"reason": "The hall is closed."}, form=path)
    assert state_of(scene, row.slug) == State.CALLED_OFF
    assert "The hall is closed." in client.sign_out().open(f"/workshops/{row.slug}").text


def test_the_secretariat_makes_somebody_facilitator_of_one_workshop(scene: Scene, client: Client) -> None:
    row, other = scene.workshop(), scene.workshop()
    person = scene.person("Kei", email="kei@example.test")
    client.sign_in(scene.desk)
    path = f"/workshops/{row.slug}/desk/facilitators"
    assert client.post(path, {"email": "nobody@example.test"}, on=f"/workshops/{row.slug}/desk").status == 422
    client.post(path, {"email": "kei@example.test"}, on=f"/workshops/{row.slug}/desk")
    client.sign_in(person)
    assert [client.get(f"/workshops/{each.slug}/desk").status for each in (row, other)] == [200, 403]
