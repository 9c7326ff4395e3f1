"""The list of proposals: filters, orders, words, and what it costs."""
import pytest

from participation.spaces.models import Area, Category, Process
from proposals import actions
from proposals.models import Proposal, State
from tests.proposals.scene import Scene
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite

TEXT = "The way to the shops is steep, and there is nowhere to sit down on it."


def titles(page) -> list[str]:
    return [label for label, target in page.links if target.startswith("/proposals/") and target[11:].isdigit()]


def written(scene: Scene, author, title: str, body: str = TEXT) -> int:
    process = scene.current or scene.process()
    number = scene.do(actions.create_draft, author, process, {"title": title, "body": body}, locale="en")
    scene.do(actions.publish, author, number)
    return number


def test_each_filter_narrows_the_list(scene: Scene, client: Client) -> None:
    hill, sea = scene.proposal(title="On the hill"), scene.proposal(title="By the sea")

    def place(session) -> None:
        session.add_all([Area(id=1, key="hill", name={"en": "Hill"}), Category(id=1, key="rest", name={"en": "Rest"})])
    scene.db.write(place)
    scene.set(Proposal, hill, area_id=1, category_id=1)
    scene.set(Proposal, sea, state=State.ACCEPTED, party="city")
    for query, expected in (
        ("area=hill", ["On the hill"]), ("category=rest", ["On the hill"]), ("state=answered", ["By the sea"]),
        ("party=city", ["By the sea"]), ("state=done", []), ("area=no-such-place", ["By the sea", "On the hill"]),
        ("state=published&state=answered", ["By the sea", "On the hill"]),
    ):
        assert titles(client.open(f"/proposals?lang=en&{query}")) == expected


@on_sqlite
def test_taking_one_chip_away_keeps_the_others(scene: Scene, client: Client) -> None:
    scene.proposal()
    page = client.open("/proposals?lang=en&state=published&state=done&party=citizen")
    assert page.link("Done ").removeprefix("/proposals?") == "state=published&party=citizen"


@pytest.mark.parametrize("sort", ["newest", "supported", "discussed", "active", "random"])
def test_an_order_shows_everything_once(scene: Scene, client: Client, sort: str) -> None:
    for number in range(25):
        scene.proposal(title=f"Proposal number {number}")
    first, second = (titles(client.open(f"/proposals?sort={sort}&page={page}")) for page in (1, 2))
    assert (len(first), len(second), len({*first, *second})) == (20, 5, 25)


def test_words_find_a_proposal_at_once_and_as_its_newest_text(
    scene: Scene, client: Client, person: People, deliver
) -> None:
    author = person()
    number = written(scene, author, "Benches on the steep hill")
    written(scene, author, "A library by the harbour")
    deliver()
    assert titles(client.open("/proposals?q=steep+hill")) == ["Benches on the steep hill"]
    scene.do(actions.edit, author, number, {"title": "Chairs on the mountain", "body": TEXT}, reason="")
    deliver()
    assert titles(client.open("/proposals?q=mountain")) == ["Chairs on the mountain"]
    scene.do(actions.withdraw, author, number)
    deliver()
    assert titles(client.open("/proposals?q=mountain")) == []


def test_a_like_title_is_shown_and_stands_in_nobodys_way(
    scene: Scene, client: Client, person: People, deliver
) -> None:
    written(scene, person(), "More benches on the steep way up the hill")
    deliver()
    found = client.get("/proposals/similar", params={"title": "Benches on the steep hill", "lang": "en"})
    assert "More benches on the steep way up the hill" in found.text
    assert client.get("/proposals/similar", params={"title": "Bench"}).text == ""
    client.sign_in(person())
    page = client.open("/proposals/new?lang=en")
    page = client.submit(page, {"title": "Benches on the steep hill", "body": TEXT}, button="Check it", follow=True)
    assert "More benches on the steep way up the hill" in page.text
    assert client.submit(page, button="Publish", follow=True).heading == "Benches on the steep hill"


def test_of_what_is_alike_only_the_open_can_be_supported_or_amended(
    scene: Scene, client: Client, person: People, deliver
) -> None:
    process = scene.process(("propose", "support", "amend"))
    titles = [f"More benches on the steep way {where}" for where in ("up the hill", "down the hill", "of the hill")]
    states = (State.PUBLISHED, State.UNDER_REVIEW, State.REJECTED)
    ids = [written(scene, person(), title) for title in titles]
    for number, state in zip(ids, states, strict=True):
        scene.set(Proposal, number, state=state)
    deliver()

    def offered() -> set[str]:
        page = client.get("/proposals/similar", params={"title": "More benches on the steep way of the hill"})
        return {target for _, target in page.links if target.endswith(("#support", "/amendments/new"))}

    open_one, reviewed, _ = ids
    assert offered() == {
        f"/proposals/{open_one}#support", f"/proposals/{open_one}/amendments/new", f"/proposals/{reviewed}#support"}
    scene.set(Process, process, state="archived")
    assert offered() == set()


@pytest.mark.parametrize(("path", "most"), [
    ("/proposals", 6), ("/proposals?q=hill", 12), ("/proposals?view=map&sort=random", 6), ("/proposals.atom", 6),
])
def test_a_list_costs_the_same_number_of_queries_whatever_its_length(
    scene: Scene, client: Client, person: People, deliver, count_queries, path: str, most: int
) -> None:
    author = person()
    client.sign_in(author)
    totals = []
    for _ in range(2):
        for _ in range(3):
            written(scene, author, "Benches on the hill")
        deliver()
        client.open("/processes")  # the city's own name is looked up now and then
        with count_queries(scene.db) as count:  # the first reader after a change: nothing is kept yet
            client.open(path)
        totals.append(count.total)
    assert totals[0] == totals[1] <= most


def test_a_page_costs_at_most_eight_queries(scene: Scene, client: Client, person: People, count_queries) -> None:
    author, totals = person(), []
    client.sign_in(author)
    for co_authors in ((), (person(), person())):
        number = scene.proposal(author, co_authors=co_authors)
        client.open(f"/proposals/{number}")
        with count_queries(scene.db) as count:
            client.open(f"/proposals/{number}")
        totals.append(count.total)
    version = 1 if scene.db.engines.read.dialect.name == "postgresql" else 0  # SQLite tells its version for nothing
    assert totals[0] == totals[1] <= 8 + version
