"""Following, reading and stopping mails from the screen."""

import pytest

from participation.notifications.models import NoticePreference
from participation.notifications.unsubscribing import unsubscribe_url
from tests.support.databases import on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def hanako(person):
    return person("Hanako", locale="en")


def test_the_list_of_notices_explains_itself_while_it_is_empty(client, hanako):
    page = client.sign_in(hanako).open("/me/notices")
    assert "No notice yet" in page.text


def test_the_pace_is_chosen_and_kept(client, hanako, db):
    browser = client.sign_in(hanako)
    browser.submit(
        browser.open("/me/notifications"), {"direct": "daily", "followed": "never"}, form="/me/notifications"
    )
    with db.read() as session:
        row = session.get_one(NoticePreference, hanako.id)
        assert (row.direct, row.followed) == ("daily", "never")


def test_mails_stop_by_one_click_without_signing_in(client, hanako, services, db, now):
    url = unsubscribe_url(services, hanako.id, "followed", now)
    path = url.removeprefix(services.settings.base_url)
    browser = client.another(language="en")
    page = browser.open(path)
    assert "Stop these mails" in page.text
    with db.read() as session:
        assert session.get(NoticePreference, hanako.id) is None  # looking at the page changes nothing
    done = browser.submit(page, {}, button="Stop these mails")
    assert "These mails are stopped" in done.text
    with db.read() as session:
        assert session.get_one(NoticePreference, hanako.id).followed == "never"


def test_a_forged_link_stops_nothing(client):
    assert client.get("/unsubscribe/nonsense.0000").status == 404


def test_strangers_are_sent_to_sign_in(client):
    assert client.get("/me/notices").status == 303
