"""What strangers try: foreign forms, old links, guessing, asking who is here, other hosts, open sessions."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from participation.accounts import passwords, tokens
from participation.accounts.models import Account, OneTimeToken, SignIn
from participation.accounts.passwords import hash_password
from participation.accounts.sessions import hash_key
from participation.accounts.tokens import LIFETIME, Purpose
from participation.app import create_app
from participation.mail import send_mail
from participation.mail.models import Mail
from participation.web import Conflict
from tests.accounts.conftest import PASSWORD
from tests.support.client import BASE_URL, Client
from tests.support.databases import on_sqlite

EMAIL = "hanako@example.test"
PAGES = {
    Purpose.SIGN_UP: "/sign-up/", Purpose.SIGN_IN: "/sign-in/link/", Purpose.RESET: "/reset/",
    Purpose.INVITATION: "/reset/", Purpose.NEW_EMAIL: "/me/email/", Purpose.PARTICIPATION: "/take-part/",
    Purpose.OIDC_JOIN: "/sign-in/oidc/city/join/",
}
FORGED = {
    "from another site": {"Origin": "https://evil.example"},
    "across sites": {"Origin": BASE_URL, "Sec-Fetch-Site": "cross-site"},
    "from a sister site": {"Origin": BASE_URL, "Sec-Fetch-Site": "same-site"},
    "from nowhere": {},
}


def unsafe_routes(services) -> list[tuple[str, str]]:
    found = []
    for component in services.registry.components:
        for route in component.routes:
            if route.method != "GET" and not route.api and not route.foreign and not route.reads:
                path = route.path
                while "{" in path:
                    start, end = path.index("{"), path.index("}")
                    path = path[:start] + "1" + path[end + 1:]
                found.append((route.method, path))
    return found


@pytest.mark.asvs("3.5.1")
@on_sqlite
def test_a_foreign_form_changes_nothing_anywhere(client, services, person, db):
    client.sign_in(person(roles=("administrator", "secretariat")))
    before = db.version()
    for method, path in unsafe_routes(services):
        for how, headers in FORGED.items():
            answer = client.request("POST", path, data={"_method": method}, headers=headers)
            assert (method, path, how, answer.status) == (method, path, how, 403)
    assert db.version() == before


@pytest.mark.asvs("3.5.1")
@on_sqlite
@pytest.mark.parametrize("token", [None, "", "wrong", "A" * 86 + "=="])
def test_a_form_without_the_token_of_the_session_changes_nothing(client, services, person, db, token):
    client.sign_in(person(roles=("administrator", "secretariat")))
    before = db.version()
    headers = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}
    for method, path in unsafe_routes(services):
        data = {"_method": method} | ({} if token is None else {"csrf": token})
        answer = client.request("POST", path, data=data, headers=headers)
        # a link that does not work is said so before anything else
        assert answer.status in (403, 404, 409), (method, path, answer)
    assert db.version() == before


@pytest.mark.asvs("3.5.3")
@on_sqlite
def test_no_page_changes_anything_by_being_looked_at(client, services, person, db):
    client.sign_in(person(roles=("administrator", "secretariat", "auditor")))
    before = db.version()
    paths = {route.path for component in services.registry.components for route in component.routes
             if route.method == "GET" and "{" not in route.path}
    for path in sorted(paths):
        assert client.get(path).status < 500
    assert db.version() == before


@pytest.fixture
def token(db, clock, person):
    """token(purpose) -> its key."""
    account = person("Hanako", email=EMAIL)

    def make(purpose: Purpose) -> str:
        payload = {"email": "new@example.test", "name": "", "next": "/", "issuer": "i", "sub": "s", "kinds": []}
        payload |= {"intent": "support", "payload": {}, "back": "/"}
        email = "new@example.test" if purpose == Purpose.SIGN_UP else EMAIL
        whose = {"account_id": account.id} if purpose in (Purpose.INVITATION, Purpose.NEW_EMAIL) else {"email": email}
        return db.write(lambda session: tokens.issue(session, purpose, clock(), payload=payload, **whose))
    return make


@pytest.mark.asvs("6.4.1", "6.5.1", "6.5.5")
@pytest.mark.parametrize("purpose", PAGES)
def test_a_link_that_does_not_count_any_more(client, db, clock, token, purpose):
    page = PAGES[purpose]
    older = token(purpose)
    newer = token(purpose)
    assert (client.get(page + older).status, client.get(page + newer).status) == (409, 200)
    clock.advance(seconds=LIFETIME[purpose].total_seconds())
    assert client.get(page + newer).status == 409
    used = token(purpose)
    db.write(lambda session: tokens.use(session, used, purpose, now=clock()))
    assert client.get(page + used).status == 409
    headers = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}
    for key in (older, newer, used, "made-up"):
        sent = client.request("POST", page + key, data={"name": "x", "password": PASSWORD}, headers=headers)
        assert (key, sent.status) == (key, 409)


@pytest.mark.asvs("6.4.1")
@pytest.mark.parametrize("purpose", PAGES)
def test_a_link_serves_its_own_purpose_only(client, token, purpose):
    key = token(purpose)
    for other, page in PAGES.items():
        assert (other, client.get(page + key).status) == (other, 200 if page == PAGES[purpose] else 409)


@pytest.mark.asvs("6.5.1")
def test_of_two_presses_at_once_one_counts(db, clock, token):
    key = token(Purpose.RESET)
    db.write(lambda session: tokens.use(session, key, Purpose.RESET, now=clock()))
    with pytest.raises(Conflict):
        db.write(lambda session: tokens.use(session, key, Purpose.RESET, now=clock()))


def test_a_link_that_has_served_carries_nothing_any_more(db, clock, token):
    older, newer = token(Purpose.NEW_EMAIL), token(Purpose.NEW_EMAIL)
    used = db.write(lambda session: tokens.use(session, newer, Purpose.NEW_EMAIL, now=clock()))
    assert used.payload["email"] == "new@example.test"
    over = token(Purpose.RESET)
    clock.advance(hours=2)
    db.write(lambda session: tokens.forget_dead(session, clock()))
    with db.read() as session:
        kept = {row.key_hash: row.payload for row in session.scalars(select(OneTimeToken))}
    assert kept == {hash_key(key): {} for key in (older, newer, over)}


@pytest.fixture
def computed(monkeypatch, dear_passwords) -> list[str]:
    """The figures of every password that is compared from now on: algorithm, version, costs."""
    hasher, figures = passwords._hasher, []

    class Counted:
        hash = hasher.hash

        def verify(self, stored, password):
            figures.append(stored.rsplit("$", 2)[0])
            return hasher.verify(stored, password)
    monkeypatch.setattr(passwords, "_hasher", Counted())
    return figures


@on_sqlite
def test_a_wrong_password_is_as_much_work_as_an_unknown_address(client, db, person, computed):
    known = person("Hanako")
    stored = hash_password(PASSWORD)

    def set_password(session):
        session.get(Account, known.id).password_hash = stored
    db.write(set_password)
    page = client.open("/sign-in")
    for email in (known.email, "nobody@example.test"):
        answer = client.submit(page, {"email": email, "password": "wrong wrong wrong"}, form="password")
        assert answer.status == 422
    assert computed == ["$argon2id$v=19$m=47104,t=1,p=1"] * 2


@pytest.fixture
def limited(services):
    """The application with its rate limits on."""
    return replace(services, settings=replace(services.settings, rate_limits=True))


@pytest.fixture
def guarded(limited, loop, person):
    browser = Client(create_app(limited), loop)
    browser.people = person
    yield browser
    browser.close()


def guess(browser, email: str, password: str = "wrong wrong wrong"):
    return browser.submit(browser.open("/sign-in"), {"email": email, "password": password}, form="password")


@pytest.mark.asvs("6.3.1")
def test_the_sixth_guess_waits_and_others_do_not(guarded, person, clock):
    hanako, taro = person("Hanako"), person("Taro")
    assert [guess(guarded, hanako.email).status for _ in range(6)] == [422] * 5 + [429]
    assert int(guarded.page.headers["retry-after"]) > 60
    assert guess(guarded, taro.email).status == 422
    clock.advance(minutes=15)
    assert guess(guarded, hanako.email).status == 422


@pytest.mark.asvs("6.3.1")
def test_strangers_who_guess_do_not_lock_a_person_out_of_their_own_browser(guarded, db, person):
    hanako = person("Hanako")

    def set_password(session):
        session.get(Account, hanako.id).password_hash = hash_password(PASSWORD)
    db.write(set_password)
    assert guess(guarded, hanako.email, PASSWORD).status == 303  # her own browser is known from now on
    guarded.cookies.delete("__Host-sid")
    stranger = guarded.another()
    while guess(stranger, hanako.email).status != 429:
        pass
    assert guess(guarded, hanako.email, PASSWORD).status == 303


@pytest.mark.asvs("2.4.1")
def test_mails_to_one_address_come_three_an_hour(guarded, clock, db):
    for _ in range(5):
        guarded.submit(guarded.open("/sign-up"), {"email": EMAIL}, form="email")
        clock.advance(minutes=2)
    with db.read() as session:
        assert len(session.scalars(select(Mail)).all()) == 3


@pytest.mark.asvs("4.1.3")
def test_links_lead_to_the_configured_address_whatever_host_was_asked(client, newest_link):
    answer = client.get("/sign-up", headers={"Host": "evil.example"})
    assert answer.status == 400
    headers = {"Host": "localhost"}  # for probes on the machine itself
    client.submit(client.open("/sign-up"), {"email": EMAIL}, form="email", headers=headers)
    assert newest_link(EMAIL, "/sign-up/").startswith("/sign-up/")


@pytest.mark.asvs("7.3.1")
@pytest.mark.parametrize(("roles", "after", "open_still"), [
    ((), timedelta(days=6), True), ((), timedelta(days=7), False),
    (("secretariat",), timedelta(hours=5), True),
    (("administrator",), timedelta(minutes=29), True), (("administrator",), timedelta(minutes=31), False),
])
def test_a_session_that_nobody_uses_ends(client, person, clock, roles, after, open_still):
    client.sign_in(person(roles=roles))
    clock.now += after
    assert (client.get("/me").status == 200) == open_still


@pytest.mark.asvs("7.3.2")
@pytest.mark.parametrize(("roles", "step", "most"), [
    ((), timedelta(days=5), timedelta(days=30)),
    (("administrator",), timedelta(minutes=25), timedelta(hours=12)),
])
def test_a_session_ends_however_busy(client, person, clock, roles, step, most):
    client.sign_in(person(roles=roles))
    began = clock()
    while client.get("/me").status == 200:
        clock.now += step
    assert most < clock() - began <= most + step or clock() - began == most


@pytest.mark.asvs("1.3.11")
def test_what_a_person_typed_adds_no_header_to_a_mail(db, clock, deliver, mailbox):
    evil = "x\r\nBcc: victim@example.test\r\n\r\nbody"
    values = {"label": evil, "link": "https://sanpo.test/take-part/x"}
    db.write(lambda session: send_mail(session, EMAIL, "accounts/mail/take_part", values, "en", clock()))
    deliver()
    (mail,) = mailbox.to(EMAIL)
    assert (mail.message["Bcc"], mailbox.to("victim@example.test")) == (None, [])
    assert mail.subject == "Please confirm: x Bcc: victim@example.test body"


def test_a_mail_is_queued_once_for_one_cause(db, clock, deliver, mailbox):
    values = {"label": "x", "link": "https://sanpo.test/x"}
    for expected in (True, False):
        assert db.write(lambda session: send_mail(
            session, EMAIL, "accounts/mail/take_part", values, "ja", clock(), "cause-1")) is expected
    deliver()
    assert len(mailbox.to(EMAIL)) == 1


@pytest.mark.asvs("7.2.1")
def test_only_hashes_of_keys_are_stored(client, join, db):
    browser = join(EMAIL)
    with db.read() as session:
        (row,) = session.scalars(select(SignIn))
    assert browser.cookies["__Host-sid"].encode() not in row.key_hash
    assert len(row.key_hash) == 32


@on_sqlite
def test_a_crowd_at_the_door_keeps_no_reader_waiting(dear_passwords, client, loop):
    visitors = [client.another() for _ in range(24)]
    page = client.open("/sign-in")
    headers = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}
    sent = {**dict(page.form("password").fields), "password": "wrong wrong wrong"}

    async def crowd() -> tuple[list[int], float, float]:
        began = time.perf_counter()
        tries = [
            asyncio.create_task(visitor._http.post("/sign-in", headers=headers, data={**sent, "email": f"p{n}@a.test"}))
            for n, visitor in enumerate(visitors)
        ]
        read = await client._http.get("/sign-up")
        read_after = time.perf_counter() - began
        answers = [(await attempt).status_code for attempt in tries]
        return [read.status_code, *answers], read_after, time.perf_counter() - began

    statuses, read_after, all_after = loop.run(crowd())
    assert statuses == [200] + [422] * 24
    assert read_after < all_after / 2
