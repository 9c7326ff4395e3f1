"""The list and the page of a proposal, over HTTP."""
from tests.proposals.scene import Scene
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite


def test_the_list_shows_what_is_public_and_counts_it(scene: Scene, client: Client) -> None:
    scene.proposal(title="Benches on the hill")
    scene.proposal(title="Somebody's secret draft", state="draft")
    page = client.open("/proposals?lang=en")
    assert "Benches on the hill" in page.text
    assert "secret draft" not in page.text
    assert "1 proposal" in page.text


def test_a_page_shows_its_proposal(scene: Scene, client: Client, person: People) -> None:
    number = scene.proposal(person("Hanako"), title="Benches on the hill", body="A **seat** for all of us, please.")
    page = client.open(f"/proposals/{number}?lang=en")
    assert page.heading == "Benches on the hill"
    assert "<strong>seat</strong>" in page.html
    assert "Hanako" in page.text


@on_sqlite
def test_a_draft_does_not_exist_for_others(scene: Scene, client: Client, person: People) -> None:
    number = scene.proposal(state="draft")
    assert client.get(f"/proposals/{number}").status == 404
    client.sign_in(person(roles=("secretariat",)))
    assert client.get(f"/proposals/{number}").status == 404
