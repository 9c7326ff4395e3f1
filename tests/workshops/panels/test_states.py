"""Who may do what with a draw in which stage: the same on the page and over the API."""

from typing import Any

import pytest

from tests.support.databases import on_sqlite
from tests.workshops.panels.scene import QUOTAS, Scene
from workshops.actions import Quota

pytestmark = on_sqlite
BAD = (Quota(feature="age", value="young", minimum=4, maximum=4),)
EASY = [{"feature": "age", "value": value, "min": 0, "max": 4} for value in ("young", "old")]
ACTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {  # form, JSON
    "source": ({"source_ja": "宝くじの番号"}, {"source_ja": "宝くじの番号"}),
    "value": ({"value": "7", "url": "https://example.test", "answer_days": "7", "sure": "1"},
              {"value": "7", "url": "https://example.test", "answer_days": 7, "sure": True}),
    "quotas": ({"seats": "2", "reason": "Too few applied.", "least_0": "0", "most_0": "4",
                "least_1": "0", "most_1": "4"},
               {"seats": 2, "reason": "Too few applied.", "quotas": EASY}),
}
# stage: which acts an organiser may do; everything else is a conflict. Nobody else may do anything in any stage.
POSSIBLE = {"promised": {"source"}, "waiting": {"value"}, "impossible": {"quotas"}, "drawn": set()}


@pytest.fixture(params=POSSIBLE)
def stage(request: Any, scene: Scene, deliver: Any) -> str:
    stage = request.param
    if stage == "drawn":
        scene.drawn(deliver)
    else:
        number = scene.workshop(people=6, quotas=BAD if stage == "impossible" else QUOTAS)
        if stage != "promised":
            scene.close(number)
            deliver()
    return stage


def test_each_act_is_offered_and_done_in_its_stage_for_organisers_alone(
        stage: str, scene: Scene, client: Any, person: Any) -> None:
    desk = "/workshops/day-1/desk/draw"
    roles = {"citizen": person(), "auditor": person(roles=("auditor",)), "secretariat": scene.desk}
    for who, actor in roles.items():
        browser, token = client.another().sign_in(actor), person.token(actor)
        page = browser.get(desk)
        assert page.status == (403 if who == "citizen" else 200)
        offered = {form.action.removeprefix(f"{desk}/") for form in page.forms if form.action.startswith(desk)}
        assert offered == (POSSIBLE[stage] if who == "secretariat" else set())
        for act, (form, body) in ACTS.items():
            allowed = act in POSSIBLE[stage]
            if allowed and who == "secretariat":
                assert browser.submit(page, {**form, "seats": "99"}, form=f"{desk}/{act}").status == (
                    422 if act == "quotas" else 303)
            wanted = 403 if who != "secretariat" else 409 if not allowed or act == "value" else 200
            assert client.api("PUT", f"/workshops/day-1/draw/{act}", body, token=token).status == wanted, (who, act)
