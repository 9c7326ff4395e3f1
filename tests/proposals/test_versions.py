"""Every published text stays, and a change can be read."""
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from participation.policy import Refused
from participation.subjects import Subject
from proposals import actions
from proposals.models import Proposal, ProposalVersion, State
from proposals.supporting.actions import support
from tests.proposals.scene import Scene
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite

TEXT = "The way to the shops is steep, and there is nowhere to sit down on it."


def versions(scene: Scene, number: int) -> list[tuple[int, str, str]]:
    query = select(ProposalVersion.number, ProposalVersion.title, ProposalVersion.body).where(
        ProposalVersion.proposal_id == number).order_by(ProposalVersion.number)
    return [tuple(row) for row in scene.ask(lambda session: session.execute(query).all())]


def test_an_edit_keeps_the_earlier_text(scene: Scene, person: People) -> None:
    author = person()
    number = scene.proposal(author, title="A first title", body=TEXT)
    scene.do(actions.edit, author, number, {"title": "A second title", "body": TEXT}, reason="Clearer")
    assert versions(scene, number) == [(1, "A first title", TEXT), (2, "A second title", TEXT)]


@on_sqlite
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(st.tuples(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=200)), max_size=8))
def test_the_history_never_loses_a_text(scene: Scene, person: People, texts: list[tuple[str, str]]) -> None:
    author = person()
    number = scene.proposal(author, title="A first title", body=TEXT)
    for title, body in texts:
        scene.do(actions.edit, author, number, {"title": title, "body": body}, reason="")
    everything = [("A first title", TEXT), *texts]
    assert versions(scene, number) == [(n, *text) for n, text in enumerate(everything, 1)]


@on_sqlite
def test_two_versions_are_compared_on_a_page(scene: Scene, client: Client, person: People) -> None:
    author = person("Hanako")
    number = scene.proposal(author, title="Benches on the hill", body=TEXT)
    client.sign_in(author)
    page = client.open(f"/proposals/{number}/edit?lang=en")
    page = client.submit(page, {"body": TEXT.replace("steep", "steep and long"), "reason": "It is long, too"},
                         button="Publish the new version", follow=True)
    assert page.heading == "Benches on the hill"
    page = client.another(language="en").open(f"/proposals/{number}/versions")
    assert "(added) and long" in page.text
    assert "It is long, too" in page.text


@on_sqlite
def test_a_change_over_another_authors_change_is_not_lost_silently(
    scene: Scene, client: Client, person: People
) -> None:
    author = person()
    number = scene.proposal(author, body=TEXT)
    page = client.sign_in(author).open(f"/proposals/{number}/edit?lang=en")
    scene.do(actions.edit, author, number, {"body": TEXT + " Changed."}, reason="")
    page = client.submit(page, {"body": TEXT + " Mine.", "reason": "Mine"}, button="Publish the new version")
    assert page.status == 422
    assert "Another author changed this text meanwhile" in page.text
    assert page.form("title").value("body") == TEXT + " Mine."


@on_sqlite
def test_a_proposal_is_withdrawn_only_while_nobody_else_supports_it(scene: Scene, person: People) -> None:
    author, neighbour = person(), person()
    number = scene.proposal(author, body=TEXT)
    scene.db.write(lambda session: support(session, neighbour, number, scene.clock()))
    with pytest.raises(Refused):
        scene.do(actions.withdraw, author, number)
    lonely = scene.proposal(author, body=TEXT)
    scene.do(actions.withdraw, author, lonely)
    assert scene.ask(lambda session: session.get(Proposal, lonely).state) == State.WITHDRAWN


@on_sqlite
def test_what_is_hidden_says_so_and_why(scene: Scene, client: Client, person: People) -> None:
    author = person()
    number = scene.proposal(author, title="Benches on the hill")
    scene.set(Subject, number, hidden_at=scene.clock(), hidden_reason="It names a private person.")
    page = client.get(f"/proposals/{number}?lang=en")
    assert page.status == 410
    assert "It names a private person." in page.text
    assert "Benches on the hill" not in page.html
    assert client.get(f"/proposals/{number}/versions").status == 404
    assert client.sign_in(author).get(f"/proposals/{number}").status == 200
