"""The secretariat makes a process from the screen, and citizens see what is open."""

import pytest

from tests.support.databases import on_sqlite

pytestmark = on_sqlite
FIELDS = {"title_ja": "Vision", "title_en": "Vision", "slug": "vision", "summary_ja": "What we aim for"}


@pytest.fixture
def desk(client, person):
    return client.sign_in(person("Office", roles=("secretariat",), locale="en"))


def make_process(desk) -> str:
    page = desk.submit(desk.open("/secretariat/processes/new"), FIELDS)
    return page.location


def add_phase(desk, where: str, **fields) -> None:
    form = desk.open(f"{where}/phases/new")
    desk.submit(form, {"title_ja": "Gathering", "starts_at": "2026-05-01T00:00", "features": ["comment"], **fields})


def test_a_new_process_is_a_draft_that_others_do_not_see(desk, client):
    where = make_process(desk)
    assert where.startswith("/secretariat/processes/")
    assert desk.get("/processes/vision").status == 200
    assert client.another().get("/processes/vision").status == 404


def test_publishing_shows_it_with_its_phases(desk, client):
    where = make_process(desk)
    add_phase(desk, where)
    desk.post(f"{where}/state", {"to": "published"}, on=where)
    page = client.another(language="en").open("/processes/vision")
    assert page.heading == "Vision"
    assert "Gathering" in page.text and "Commenting" in page.text


def test_publishing_without_a_phase_is_refused_with_the_reason(desk):
    where = make_process(desk)
    assert "Please add a phase before publishing the process." in desk.open(where).text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("slug", "Big Words!", "Please use small letters, digits and hyphens"),
        ("title_ja", "", "Please fill this in."),
        ("support_cap", "many", "Please write a whole number."),
        ("support_cap", "0", "Please write a number from 1"),
    ],
)
def test_bad_input_is_said_at_the_field_and_nothing_typed_is_lost(desk, field, value, message):
    page = desk.submit(desk.open("/secretariat/processes/new"), {**FIELDS, field: value})
    assert page.status == 422
    assert message in page.text
    assert page.form("secretariat/processes").value("summary_ja") == "What we aim for"


def test_a_taken_address_is_refused_at_the_field(desk):
    make_process(desk)
    page = desk.submit(desk.open("/secretariat/processes/new"), FIELDS)
    assert (page.status, "Another process already has this address." in page.text) == (422, True)


def test_a_phase_cannot_end_before_it_begins(desk):
    where = make_process(desk)
    form = desk.open(f"{where}/phases/new")
    fields = {"title_ja": "Odd", "starts_at": "2026-05-02T00:00", "ends_at": "2026-05-01T00:00"}
    page = desk.submit(form, fields)
    assert (page.status, "The end must be later than the beginning." in page.text) == (422, True)


def test_a_phase_is_changed_moved_and_removed(desk):
    where = make_process(desk)
    add_phase(desk, where)
    add_phase(desk, where, title_ja="Deciding")
    first, second = (f"{where}/phases/{number}" for number in (1, 2))
    assert order_of(desk.open(where)) == ["Gathering", "Deciding"]
    desk.post(f"{second}/position", {"to": "up"}, on=where)
    assert order_of(desk.open(where)) == ["Deciding", "Gathering"]
    desk.submit(desk.open(first), {"title_ja": "Talking"})
    assert order_of(desk.open(where)) == ["Deciding", "Talking"]
    desk.submit(desk.open(second), {}, button="Remove the phase")
    assert order_of(desk.open(where)) == ["Talking"]


def order_of(page) -> list[str]:
    names = ("Gathering", "Deciding", "Talking")
    return sorted((name for name in names if name in page.text), key=page.text.index)


@pytest.mark.parametrize("kind", ["areas", "categories"])
def test_places_are_added_and_renamed(desk, kind):
    where = f"/secretariat/{kind}"
    desk.submit(desk.open(where), {"key": "harbour", "name_ja": "Minato", "name_en": "Harbour"})
    assert "Harbour" in desk.open(where).text
    desk.submit(desk.open(f"{where}?edit=harbour"), {"name_en": "Old harbour"})
    page = desk.open(where)
    assert page.text.count("Old harbour") == 2  # its name, and whose "Change" link it is


def test_strangers_are_kept_from_the_desk(client, person):
    assert client.get("/secretariat/processes").status == 303
    citizen = client.sign_in(person("Hanako"))
    assert citizen.get("/secretariat/processes").status == 403
    assert citizen.get("/secretariat/site").status == 403


def test_the_api_lists_processes_with_what_is_open(desk, client):
    where = make_process(desk)
    add_phase(desk, where)
    desk.post(f"{where}/state", {"to": "published"}, on=where)
    body = client.another().get("/api/v1/processes").json()
    assert [(item["slug"], item["open"]) for item in body["items"]] == [("vision", ["comment"])]
    assert client.another().get("/api/v1/processes/none").status == 404
