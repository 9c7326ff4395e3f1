"""The button: with and without htmx, in both languages, in every state."""

from tests.proposals.scene import Scene
from tests.support.databases import on_sqlite

pytestmark = on_sqlite


def test_a_form_sends_back_to_the_proposal(scene: Scene, doors, person) -> None:
    proposal, hanako = scene.proposal(), person("Hanako")
    answer = doors.form(hanako, "POST", f"/proposals/{proposal}/support")
    assert (answer.status, answer.location) == (303, f"/proposals/{proposal}")


def test_a_swap_returns_the_region_with_the_way_back(scene: Scene, doors, person) -> None:
    proposal, hanako = scene.proposal(), person("Hanako")
    region = doors.form(hanako, "POST", f"/proposals/{proposal}/support", htmx=True)
    assert region.status == 200 and region.html.lstrip().startswith('<section id="support"')
    assert ("1人が賛同" in region.text.replace(" ", ""), 'id="support-button"' in region.html) == (True, True)
    assert dict(region.form("support").fields)["_method"] == "DELETE"
    back = doors.form(hanako, "DELETE", f"/proposals/{proposal}/support", htmx=True)
    assert "_method" not in dict(back.form("support").fields)


def test_the_region_tells_how_many_supports_are_left(scene: Scene, doors, person) -> None:
    process, hanako = scene.process(cap=2), person("Hanako")
    first, second, third = (scene.proposal(process=process) for _ in range(3))
    region = doors.form(hanako, "POST", f"/proposals/{first}/support", htmx=True)
    assert "2件のうち、あと1件" in region.text
    doors.form(hanako, "POST", f"/proposals/{second}/support", htmx=True)
    refused = doors.form(hanako, "POST", f"/proposals/{third}/support")
    assert refused.status == 409 and "2件" in refused.text


def test_the_api_answers_with_count_and_state_however_often(scene: Scene, doors, person) -> None:
    proposal, hanako = scene.proposal(), person("Hanako")
    path = f"/proposals/{proposal}/support"
    assert [doors.api(hanako, method, path).json() for method in ("PUT", "PUT", "DELETE", "DELETE")] == [
        {"supports_count": count, "supported": supported}
        for count, supported in ((1, True), (1, True), (0, False), (0, False))]


def test_a_bad_address_is_a_clear_404_for_the_api(scene: Scene, doors, person) -> None:
    for address in ("999999", str(2**63), "0"):
        answer = doors.api(person(), "PUT", f"/proposals/{address}/support")
        assert (answer.status, answer.json()["status"]) == (404, 404)
