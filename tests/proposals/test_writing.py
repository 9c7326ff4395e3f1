"""From an empty page to a public proposal, as a browser without JavaScript does it."""
import io

from PIL import Image

from tests.proposals.scene import Scene
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite

TEXT = "The way to the shops is steep, and there is nowhere to sit down on it."


def picture(size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "orange").save(buffer, kind)
    return buffer.getvalue()


def test_a_proposal_is_written_checked_and_published(scene: Scene, client: Client, person: People) -> None:
    scene.process()
    client.sign_in(person("Hanako"))
    page = client.open("/proposals/new?lang=en")
    page = client.submit(page, {"title": "Benches on the hill", "body": TEXT}, button="Check it", follow=True)
    assert "This is how everybody will see it" in page.text
    page = client.submit(page, button="Publish", follow=True)
    assert page.heading == "Benches on the hill"
    assert "Benches on the hill" in client.another(language="en").open("/proposals").text


@on_sqlite
def test_bad_input_is_named_at_its_field_and_nothing_typed_is_lost(
    scene: Scene, client: Client, person: People
) -> None:
    scene.process()
    client.sign_in(person("Hanako"))
    page = client.open("/proposals/new?lang=en")
    page = client.submit(page, {"title": "Short", "body": "x" * 5_003, "lat": "north"}, button="Check it")
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert "Please write at least 8 characters." in page.text
    assert "Please shorten this by 3 characters." in page.text
    assert page.form("title").value("title") == "Short"
    assert page.form("title").value("body") == "x" * 5_003
    assert page.form("title").value("lat") == "north"


@on_sqlite
def test_the_script_saves_a_draft_and_goes_on_with_it(scene: Scene, client: Client, person: People) -> None:
    scene.process()
    client.sign_in(person("Hanako"))
    client.open("/proposals/new")
    form = client.page.form("title")
    values = {**dict(form.fields), "title": "Ben"}
    headers = {"Origin": "https://sanpo.test", "Sec-Fetch-Site": "same-origin"}
    saved = client.request("POST", "/proposals/drafts", data=values, headers=headers)
    assert saved.status == 200
    address = saved.html.split('data-draft-url="')[1].split('"')[0]
    saved = client.request("POST", address, data={**values, "title": "Benches"}, headers=headers)
    assert saved.status == 200
    page = client.open("/proposals/new")
    assert "Benches" in page.text
    page = client.open(page.link("Benches"))
    assert page.form("title").value("title") == "Benches"


@on_sqlite
def test_pictures_survive_a_refused_text_and_are_private_until_published(
    scene: Scene, client: Client, person: People
) -> None:
    scene.process()
    client.sign_in(person("Hanako"))
    page = client.open("/proposals/new?lang=en")
    page = client.submit(page, {"title": "Short", "body": TEXT}, button="Check it",
                         files=[("pictures", ("hill.png", picture(), "image/png"))])
    assert page.status == 422
    address = page.html.split('<img src="')[1].split('"')[0]
    assert client.get(address).headers["content-type"] == "image/webp"
    assert client.get(address).headers["cache-control"] == "private, no-store"
    assert client.another().get(address).status == 404
    page = client.submit(page, {"title": "Long enough"}, form="title", button="Check it", follow=True)
    page = client.submit(page, button="Publish", follow=True)
    shown = client.another().get(address)
    assert shown.status == 200
    assert "immutable" in shown.headers["cache-control"]
    assert "sandbox" in shown.headers["content-security-policy"]


@on_sqlite
def test_a_discarded_draft_is_gone(scene: Scene, client: Client, person: People) -> None:
    scene.process()
    client.sign_in(person("Hanako"))
    page = client.open("/proposals/new?lang=en")
    page = client.submit(page, {"title": "Ben"}, button="Save the draft", follow=True)
    address = page.link("Discard the draft")
    page = client.submit(client.open(address), button="Discard the draft", follow=True)
    assert page.status == 200
    assert client.get(address).status == 404


@on_sqlite
def test_where_no_process_is_open_the_page_says_so(scene: Scene, client: Client, person: People) -> None:
    scene.process(features=("support",))
    client.sign_in(person("Hanako"))
    assert "No process takes proposals at the moment" in client.open("/proposals/new?lang=en").text
