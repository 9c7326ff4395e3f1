"""One's own pages: profile, password, address, sessions, tokens, data, and being forgotten."""

import json
import re

import pytest
from sqlalchemy import func, select

from participation.accounts.models import Account, ApiToken, OneTimeToken, SignIn
from participation.accounts.sessions import actor_of_token
from participation.audit.models import AuditNode
from participation.events import Event, EventPrivate
from participation.mail.models import Mail
from tests.accounts.conftest import PASSWORD

EMAIL = "hanako@example.test"
NEW = "seven paper boats drift"


def count(db, model, *where) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(model).where(*where))


def account(db) -> Account:
    with db.read() as session:
        return session.scalars(select(Account)).one()


OWN_PAGES = ["/me", "/me/profile", "/me/verification", "/me/security", "/me/data", "/me/data.json"]


@pytest.mark.parametrize("path", OWN_PAGES)
def test_own_pages_are_for_signed_in_people(client, path):
    answer = client.get(path)
    assert (answer.status, answer.location) == (303, f"/sign-in?next={path}")


def test_a_person_changes_what_others_see_of_them(client, join, db):
    join(EMAIL)
    page = client.open("/me/profile")
    answer = client.submit(page, {"name": "はなこ", "locale": "en", "age_band": "30-44"}, form="age_band")
    assert answer.location == "/me/profile"
    kept = account(db)
    assert (kept.name, kept.locale, kept.age_band) == ("はなこ", "en", "30-44")
    assert client.open("/me/profile").heading == "Profile"


@pytest.mark.parametrize(("values", "field"), [
    ({"name": ""}, "name"), ({"name": "x" * 41}, "name"), ({"locale": "xx"}, "locale"), ({"area": "99"}, "area"),
    ({"age_band": "old"}, "age_band"),
])
def test_a_profile_that_cannot_be_used_is_shown_again(client, join, values, field):
    join(EMAIL)
    answer = client.submit(client.open("/me/profile"), values, form="age_band")
    assert answer.status == 422
    assert f'id="{field}-error"' in answer.html


@pytest.mark.asvs("7.5.1")
def test_a_new_password_needs_the_present_one_and_ends_other_sessions(client, join, db):
    join(EMAIL)
    other = client.another()
    other.submit(other.open("/sign-in"), {"email": EMAIL, "password": PASSWORD}, form="password")
    page = client.open("/me/security")
    wrong = client.submit(page, {"current": "not this one at all", "password": NEW}, form="/me/password")
    assert (wrong.status, 'id="p-current-error"' in wrong.html) == (422, True)
    right = client.submit(page, {"current": PASSWORD, "password": NEW}, form="/me/password")
    assert right.location == "/me/security"
    assert (client.get("/me").status, other.get("/me").status) == (200, 303)


@pytest.mark.asvs("7.5.1")
def test_a_new_address_counts_once_its_link_is_opened(client, join, db, newest_link, mailbox, deliver):
    join(EMAIL)
    page = client.open("/me/security")
    client.submit(page, {"current": PASSWORD, "email": "hana@example.test"}, form="/me/email")
    assert account(db).email == EMAIL
    client.submit(client.open(newest_link("hana@example.test", "/me/email/")), form="/me/email/")
    assert account(db).email == "hana@example.test"
    deliver()
    assert "hana@example.test" in mailbox.to(EMAIL)[-1].text  # the old address is told


def test_an_address_that_is_taken_is_not_given_away(client, join, person, db, deliver, mailbox):
    taken = person("Taro").email
    join(EMAIL)
    answer = client.submit(client.open("/me/security"), {"current": PASSWORD, "email": taken}, form="/me/email")
    assert answer.location == "/me/security"
    deliver()
    assert "/me/email/" not in mailbox.to(taken)[-1].text


@pytest.mark.asvs("7.4.1", "7.5.2")
def test_another_session_is_ended_from_the_list(client, join):
    join(EMAIL)
    other = client.another()
    other.submit(other.open("/sign-in"), {"email": EMAIL, "password": PASSWORD}, form="password")
    client.submit(client.open("/me/security"), form="/me/sessions/")
    assert (client.get("/me").status, other.get("/me").status) == (200, 303)


@pytest.mark.asvs("7.4.1", "7.5.2")
def test_signing_out_everywhere(client, join, db):
    join(EMAIL)
    client.submit(client.open("/me/security"), form="/sign-out/everywhere")
    assert count(db, SignIn) == 0


def test_a_token_is_shown_once_and_works_until_it_is_revoked(client, join, db):
    join(EMAIL)
    shown = client.submit(client.open("/me/security"), {"name": "my script"}, form="/me/tokens")
    key = re.search(r"sanpo_[\w-]{43}", shown.text)[0]
    with db.read() as session:
        assert actor_of_token(session, key).email == EMAIL
    page = client.open("/me/security")
    assert key not in page.html
    client.submit(page, form="/me/tokens/")
    with db.read() as session:
        assert not actor_of_token(session, key).signed_in


def test_everything_that_is_kept_can_be_taken_along(client, join):
    join(EMAIL)
    answer = client.get("/me/data.json")
    assert "attachment" in answer.headers["content-disposition"]
    data = json.loads(answer.html)
    assert (data["account"]["email"], data["account"]["has_password"]) == (EMAIL, True)
    assert PASSWORD not in answer.html
    assert "argon2" not in answer.html


def test_a_person_is_forgotten_and_the_log_still_holds(client, join, db, deliver, clock):
    join(EMAIL)
    client.submit(client.open("/me/security"), {"name": "my script"}, form="/me/tokens")
    kept = account(db)
    page = client.open("/me/data")
    refused = client.submit(page, {"current": "not this one at all", "sure": "1"}, form="/me/erase")
    assert refused.status == 422
    unsure = client.submit(page, {"current": PASSWORD}, form="/me/erase")
    assert unsure.status == 422
    client.submit(page, {"current": PASSWORD, "sure": "1"}, form="/me/erase")
    gone = account(db)
    assert (gone.id, gone.email, gone.name, gone.password_hash, gone.ref) == (kept.id, None, "", None, None)
    assert gone.erased_at == clock()
    for model in (SignIn, ApiToken, OneTimeToken, Mail, EventPrivate):
        assert count(db, model) == 0
    assert count(db, Event, Event.actor_id == kept.id) == 0
    assert count(db, Event, Event.type == "account.erased") == 1
    clock.advance(seconds=1)
    deliver()
    assert count(db, AuditNode) > 0
    assert client.get("/me").status == 303
    again = client.submit(client.open("/sign-in"), {"email": EMAIL, "password": PASSWORD}, form="password")
    assert again.status == 422


@pytest.mark.asvs("7.5.1")
def test_whoever_has_no_password_must_have_signed_in_just_now(client, join, clock, db):
    join(EMAIL, password="")
    clock.advance(minutes=16)
    assert "/me/erase" not in client.open("/me/data").html
    answer = client.submit(client.open("/me/security"), {"password": NEW}, form="/me/password")
    assert answer.status == 422
    assert account(db).password_hash is None


def test_the_api_says_who_holds_the_token(client, person):
    desk = person("Desk", roles=("secretariat",), verifications=("resident",))
    assert client.api("GET", "/me", token=client.people.token(desk)).json() == {
        "id": desk.id, "name": "Desk", "email": desk.email, "locale": "ja", "living_area": None, "unread": 0,
        "roles": [{"role": "secretariat", "scope": "platform", "scope_id": 0}], "verifications": ["resident"],
    }
    assert client.api("GET", "/me").status == 401
    assert client.api("GET", "/me", token="wrong").status == 401
