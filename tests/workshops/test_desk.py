"""From the first word of a plan to the announced call, at the pages of the desk; who may facilitate."""
from datetime import timedelta
from typing import Any

import pytest

from participation.policy import Refused
from tests.support.client import BASE_URL, Client
from tests.support.page import Page
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


def test_what_is_typed_at_the_desk_waits_until_it_is_saved(scene: Scene, client: Client) -> None:
    row = scene.draft()
    client.sign_in(scene.desk)
    edit, questions = f"/workshops/{row.slug}/edit", f"/workshops/{row.slug}/desk/questions"
    typed = {"venue_ja": "図書館の二階", "fee": "たぶん500", "any_of": ["worker"]}
    forms = (("venue_ja", edit, f"/workshops/{row.slug}/draft", typed),
             ("quotas", questions, f"/workshops/{row.slug}/desk/quotas/draft", {"min.age.young": "9"}),
             ("options", questions, f"{questions}/draft", {"key": "", "options": "bus | バ"}))
    for form, page, draft, words in forms:
        sent = client.open(page).form(form)
        kept = {name: value for name, value in sent.fields if name not in (*words, "_method")} | words
        assert client.request("POST", draft, data=kept, headers={"Origin": BASE_URL}).status == 200
        again = dict(client.open(page).form(form).fields)
        assert {name: again[name] for name in words} == words | ({"any_of": "worker"} if "any_of" in words else {})
    unsaved = scene.ask(lambda session: session.get_one(Workshop, row.id))
    assert (unsaved.venue, unsaved.fee, unsaved.any_of) == (row.venue, 0, [])
    assert client.submit(client.open(edit), {"fee": "500"}, form="venue_ja").status == 303
    saved = scene.ask(lambda session: session.get_one(Workshop, row.id))
    assert (saved.venue["ja"], saved.fee, "about" in saved.typed) == ("図書館の二階", 500, False)


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


def test_the_api_reads_and_replaces_questions_quotas_and_facilitators(scene: Scene, client: Client) -> None:
    row, kei = scene.draft(quotas=[("young", 1, 2)]), scene.person("Kei", email="kei@example.test")
    path, token = f"/workshops/{row.slug}", client.people.token(scene.desk)

    def put(part: str, items: Any, who: str = token) -> Page:
        return client.api("PUT", f"{path}/{part}", {part: items}, token=who)

    way = {"key": "way", "label_ja": "来かた", "label_en": "Way", "why_ja": "いろいろな方に", "why_en": "",
           "options": [{"key": "bus", "label_ja": "バス", "label_en": ""},
                       {"key": "foot", "label_ja": "徒歩", "label_en": ""}]}
    age = {**client.api("GET", f"{path}/questions", token=token).json()["items"][0], "why_ja": "構成のため"}
    assert put("questions", [way, age]).json()["items"] == [way, age]
    assert client.api("GET", f"{path}/questions", token=token).json()["items"] == [way, age]
    wrong = put("questions", [{**way, "options": [{"key": "bus"}]}]).json()["errors"]
    assert [each["field"] for each in wrong] == ["questions", "questions.0.options.0.label_ja"]
    assert [each["field"] for each in put("questions", [way, way]).json()["errors"]] == ["questions.1.key"]
    kept = [{"feature": "way", "value": "bus", "minimum": 1, "maximum": 3}]
    assert put("quotas", kept).json()["items"] == kept
    assert [each["field"] for each in put("quotas", [*kept, *kept]).json()["errors"]] == ["quotas.1"]
    assert put("questions", [age]).status == 200
    assert client.api("GET", f"{path}/quotas", token=token).json()["items"] == []  # gone with its question
    assert put("facilitators", [{"email": "kei@example.test"}]).json()["items"] == [
        {"account_id": kei.id, "name": "Kei"}]
    assert put("quotas", [], client.people.token(kei)).status == 200
    assert put("facilitators", [], client.people.token(kei)).status == 403
    nobody = put("facilitators", [{"email": "nobody@example.test"}]).json()["errors"]
    assert [each["field"] for each in nobody] == ["facilitators", "facilitators.0.email"]
    assert put("facilitators", []).json()["items"] == []
    scene.move(row, State.RECRUITING, scene.desk)
    assert (put("questions", [age]).status, put("quotas", []).status) == (409, 409)
