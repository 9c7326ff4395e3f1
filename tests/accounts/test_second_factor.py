"""A second factor: set up, asked for at each way in and before what matters, used once, lost, taken away."""
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pyotp
import pytest
from sqlalchemy import select

from participation.accounts import factors
from participation.accounts.actions import hash_for_command, set_sign_in
from participation.accounts.models import Account, Authenticator, RecoveryCode, SignIn
from participation.app import create_app
from participation.events import Event
from participation.policy import Actor
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_taking_part import OURS
from tests.proposals.scene import Scene, scene  # noqa: F401
from tests.support.client import Client
from tests.support.databases import on_sqlite

EMAIL = "hanako@example.test"


class Phone:
    """The app on Hanako's device, and the sheet with her recovery codes."""

    def __init__(self, clock: Any) -> None:
        self.clock, self.secret, self.sheet = clock, "", []

    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(self.clock())

    def next_code(self) -> str:
        """As soon as it is shown."""
        self.clock.advance(seconds=30)
        return self.code()


@pytest.fixture
def hanako(person: Any, db: Any, clock: Any) -> Actor:
    who, hashed = person("Hanako", email=EMAIL), hash_for_command(PASSWORD)
    db.write(lambda session: set_sign_in(session, who.id, email=EMAIL, password_hash=hashed, now=clock()))
    return who


@pytest.fixture
def phone(db: Any, services: Any, hanako: Actor, clock: Any) -> Phone:
    """Set up already."""
    made = Phone(clock)
    key = services.secret
    db.write(lambda session: factors.begin_set_up(session, hanako, key, clock()))
    with db.read() as session:
        made.secret = factors.waiting_secret(session, hanako, key, clock())
    made.sheet = db.write(lambda session: factors.finish_set_up(session, hanako, key, made.code(), clock()))
    return made


def first_step(client: Client, next_path: str = "/me/profile") -> Any:
    page = client.open(f"/sign-in?next={next_path}")
    return client.submit(page, {"email": EMAIL, "password": PASSWORD}, form="password")


def signed_in(client: Client) -> bool:
    return client.get("/me").status == 200


def facts(db: Any, kind: str) -> list[dict[str, Any]]:
    with db.read() as session:
        return [json.loads(body) for body in session.scalars(select(Event.body).where(Event.type == kind))]


@pytest.mark.asvs("6.5.2")
def test_setting_up_takes_the_password_and_a_code_and_gives_ten_codes_once(
    client: Client, hanako: Actor, db: Any, clock: Any, deliver: Any, mailbox: Any
) -> None:
    first_step(client)
    other, before = client.another().sign_in(hanako), client.cookies["__Host-sid"]
    page = client.open("/me/second-factor")
    assert client.submit(page, {"current": "wrong wrong wrong"}, form="/me/second-factor").status == 422
    page = client.submit(page, {"current": PASSWORD}, form="/me/second-factor", follow=True)
    phone = Phone(clock)
    phone.secret = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.text)[0].replace(" ", "")
    assert f"secret={phone.secret}" in dict(page.links)["この端末の認証アプリを開く"]
    assert client.submit(page, {"code": "000000"}, form="set-up").status == 422
    assert (signed_in(other), facts(db, "account.second_factor_added")) == (True, [])
    shown = client.submit(page, {"code": f" {phone.code()[:3]} {phone.code()[3:]} "}, form="set-up")
    codes = re.findall(r"(?:[2-9A-Z]{4}-){5}[2-9A-Z]{4}", shown.text)
    assert (len(set(codes)), signed_in(client), signed_in(other)) == (10, True, False)
    assert client.cookies["__Host-sid"] != before
    assert codes[0] not in client.open("/me/second-factor").html
    assert [fact["factor"] for fact in facts(db, "account.second_factor_added")] == ["totp"]
    deliver()
    assert mailbox.to(EMAIL)[-1].subject == "あなたのアカウントに2段階認証が設定されました"
    with db.read() as session:
        kept = session.scalars(select(Authenticator)).one()
        assert phone.secret.encode() not in kept.secret
        assert len(session.scalars(select(RecoveryCode.code_hash)).all()) == 10


@pytest.mark.asvs("6.3.3", "6.5.1")
def test_the_password_alone_gives_no_session_and_the_wanted_page_is_kept(
    client: Client, phone: Phone, db: Any
) -> None:
    phone.clock.advance(minutes=5)
    asked = first_step(client)
    assert (asked.location, "__Host-sid" in client.cookies, signed_in(client)) == ("/sign-in/code", False, False)
    page = client.open("/sign-in/code")
    assert 'autocomplete="one-time-code" inputmode="numeric"' in page.html
    wrong = client.submit(page, {"code": "12345"}, form="/sign-in/code")
    assert (wrong.status, 'id="code-error"' in wrong.html) == (422, True)
    code = phone.code()
    entered = client.submit(page, {"code": code}, form="/sign-in/code")
    assert (entered.location, signed_in(client)) == ("/me/profile", True)
    assert facts(db, "account.signed_in")[-1] == {"account_id": 1, "way": "password", "factor": "totp"}
    thief = client.another()
    first_step(thief)
    assert thief.submit(thief.open("/sign-in/code"), {"code": code}, form="/sign-in/code").status == 422


def test_the_step_waits_ten_minutes_and_in_its_own_browser_only(client: Client, phone: Phone) -> None:
    first_step(client)
    page = client.open("/sign-in/code")
    other = client.another()
    assert other.get("/sign-in/code").location == "/sign-in"
    assert other.submit(page, {"code": phone.next_code()}, form="/sign-in/code").location == "/sign-in"
    phone.clock.advance(minutes=10)
    assert client.submit(page, {"code": phone.code()}, form="/sign-in/code").location == "/sign-in"
    assert not signed_in(client)


@pytest.mark.asvs("6.4.3")
@pytest.mark.parametrize("way", ["link", "reset"])
def test_a_mailed_link_gives_no_session_either(
    client: Client, phone: Phone, newest_link: Callable[[str, str], str], way: str
) -> None:
    begin, link = ("/sign-in/link?next=/me/data", "/sign-in/link/") if way == "link" else ("/reset", "/reset/")
    client.submit(client.open(begin), {"email": EMAIL}, form="email")
    page = client.open(newest_link(EMAIL, link))
    asked = client.submit(page, {"password": "nine quiet herons wade"} if way == "reset" else {}, form=link)
    assert (asked.location, signed_in(client)) == ("/sign-in/code", False)
    entered = client.submit(client.open("/sign-in/code"), {"code": phone.next_code()}, form="/sign-in/code")
    assert (entered.location, signed_in(client)) == ("/me/data" if way == "link" else "/me", True)


def test_what_was_begun_signed_out_is_carried_out_after_the_code(
    client: Client, phone: Phone, scene: Scene, newest_link: Callable[[str, str], str], db: Any  # noqa: F811
) -> None:
    proposal = scene.proposal()
    page = client.request("POST", f"/proposals/{proposal}/support", headers=OURS)
    client.submit(page, {"email": EMAIL}, form="/take-part")
    page = client.open(newest_link(EMAIL, "/take-part/"))
    assert client.submit(page, form="/take-part/").location == "/sign-in/code"
    entered = client.submit(client.open("/sign-in/code"), {"code": phone.next_code()}, form="/sign-in/code")
    assert (entered.location, facts(db, "proposal.supported")) == (page.path, [])
    done = client.submit(client.open(entered.location), form="/take-part/")
    assert (done.location, len(facts(db, "proposal.supported"))) == (f"/proposals/{proposal}", 1)


@pytest.mark.asvs("6.5.1")
def test_a_recovery_code_lets_in_once_and_its_owner_is_told(
    client: Client, phone: Phone, deliver: Any, mailbox: Any
) -> None:
    typed = phone.sheet[3].lower().replace("-", " ")
    for answer, inside in ((303, True), (422, False)):
        client.sign_out()
        first_step(client)
        page = client.open("/sign-in/recovery-code")
        sent = client.submit(page, {"recovery": typed}, form="recovery-code")
        assert (sent.status, signed_in(client)) == (answer, inside)
    deliver()
    assert "残りのリカバリーコードは9個" in mailbox.to(EMAIL)[-1].text


@pytest.mark.asvs("6.5.1")
@pytest.mark.parametrize("kind", ["code", "recovery"])
def test_of_two_at_once_with_the_same_code_one_wins(
    db: Any, services: Any, hanako: Actor, phone: Phone, kind: str
) -> None:
    now, code, paper = phone.clock(), phone.next_code(), phone.sheet[0].replace("-", "")

    def take(_: int) -> bool:
        if kind == "recovery":
            return db.write(lambda session: factors.take_recovery_code(session, hanako.id, paper, now))
        return db.write(lambda session: factors.take_code(session, hanako.id, services.secret, code, now))
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(take, range(4))) == [False, False, False, True]


SENSITIVE = {
    "/me/password": ("/me/security", {"password": "nine quiet herons wade"}, "p-code-error"),
    "/me/email": ("/me/security", {"email": "new@example.test"}, "e-code-error"),
    "/me/erase": ("/me/data", {"sure": "1"}, "code-error"),
    "/me/second-factor/recovery-codes": ("/me/second-factor", {}, "code-error"),
}


@pytest.mark.asvs("7.5.1", "7.5.3")
@pytest.mark.parametrize("form", SENSITIVE)
def test_what_matters_asks_for_password_and_code(client: Client, hanako: Actor, phone: Phone, form: str) -> None:
    path, values, error = SENSITIVE[form]
    phone.clock.advance(minutes=1)
    page = client.sign_in(hanako).open(path)
    missing = client.submit(page, {**values, "current": PASSWORD}, form=form)
    assert (missing.status, f'id="{error}"' in missing.html) == (422, True)
    unproved = client.submit(page, {**values, "current": "wrong wrong wrong", "code": phone.code()}, form=form)
    assert (unproved.status, f'id="{error}"' in unproved.html) == (422, False)
    sent = {**values, "current": PASSWORD, "code": phone.code()}
    assert client.submit(page, sent, form=form).status in (200, 303)
    if form != "/me/erase":
        replayed = client.submit(page, {**sent, "current": sent.get("password", PASSWORD)}, form=form)
        assert (replayed.status, f'id="{error}"' in replayed.html) == (422, True)


@pytest.mark.parametrize("by", ["code", "recovery"])
def test_turning_off_takes_the_password_and_a_code_of_either_kind(
    client: Client, db: Any, hanako: Actor, phone: Phone, deliver: Any, mailbox: Any, by: str
) -> None:
    page = client.sign_in(hanako).open("/me/second-factor")
    for wrong in ({"current": PASSWORD}, {"recovery": phone.sheet[0]}, {"current": PASSWORD, "recovery": "A" * 24}):
        assert client.submit(page, wrong, button="解除する").status == 422
    proof = {"code": phone.next_code()} if by == "code" else {"recovery": phone.sheet[0]}
    assert client.submit(page, {"current": PASSWORD, **proof}, button="解除する").location == "/me/second-factor"
    assert [fact["by"] for fact in facts(db, "account.second_factor_removed")] == ["owner"]
    deliver()
    assert mailbox.to(EMAIL)[-1].subject == "あなたのアカウントの2段階認証が解除されました"
    assert first_step(client.another()).location == "/me/profile"


def test_an_administrator_takes_a_lost_factor_away(
    client: Client, db: Any, person: Any, hanako: Actor, phone: Phone
) -> None:
    chief = person("Chief", roles=("administrator",))
    client.sign_in(person("Desk", roles=("secretariat",)))
    page = client.open(f"/admin/accounts/{hanako.id}")
    assert ("2段階認証" in page.text, "second-factor" in page.html) == (True, False)
    page = client.sign_in(chief).open(f"/admin/accounts/{hanako.id}")
    client.submit(page, form="second-factor")
    assert [fact["by"] for fact in facts(db, "account.second_factor_removed")] == ["desk"]
    assert first_step(client.another()).location == "/me/profile"


@pytest.mark.asvs("6.6.3")
@on_sqlite
def test_the_sixth_code_waits_a_quarter_of_an_hour(services: Any, loop: Any, phone: Phone) -> None:
    limited = replace(services, settings=replace(services.settings, rate_limits=True))
    browser = Client(create_app(limited), loop)
    first_step(browser)
    page = browser.open("/sign-in/code")
    tries = [browser.submit(page, {"code": "000000"}, form="/sign-in/code").status for _ in range(6)]
    assert tries == [422] * 5 + [429]
    assert browser.submit(page, {"code": phone.next_code()}, form="/sign-in/code").status == 429
    browser.close()


def test_the_second_factor_is_part_of_what_is_taken_along_and_forgotten(
    client: Client, db: Any, hanako: Actor, phone: Phone
) -> None:
    data = json.loads(client.sign_in(hanako).get("/me/data.json").html)["account"]
    assert (len(data["second_factor"]), len(data["recovery_codes"])) == (1, 10)
    assert phone.secret not in json.dumps(data)
    sent = {"current": PASSWORD, "code": phone.next_code(), "sure": "1"}
    client.submit(client.open("/me/data"), sent, form="/me/erase")
    with db.read() as session:
        assert [session.scalars(select(table)).all() for table in (Authenticator, RecoveryCode, SignIn)] == [[]] * 3
        assert session.get(Account, hanako.id).erased_at == phone.clock()


@pytest.fixture
def strict(services: Any, loop: Any, person: Any) -> Any:
    """A browser on a city that asks the desk for a second factor."""
    made = Client(create_app(replace(services, settings=replace(services.settings, desk_needs_factor=True))), loop)
    made.people = person
    yield made
    made.close()


@pytest.mark.asvs("6.3.3")
@on_sqlite
def test_a_city_may_let_the_desks_roles_rest_until_there_is_a_second_factor(
    strict: Client, db: Any, person: Any, hanako: Actor, clock: Any, services: Any
) -> None:
    chief = person("Chief", roles=("administrator",))
    assert strict.sign_in(chief).get("/admin/accounts").status == 403
    assert "役割が有効になります" in strict.open("/me/second-factor").text
    token = strict.people.token(chief)
    assert strict.api("GET", "/me", token=token).json()["roles"] == []
    strict.sign_out()
    db.write(lambda session: session.execute(Account.__table__.update().where(Account.id == chief.id).values(
        password_hash=session.get(Account, hanako.id).password_hash)) and None)
    page = strict.open("/sign-in?next=/admin/accounts")
    led = strict.submit(page, {"email": chief.email, "password": PASSWORD}, form="password")
    assert led.location == "/me/second-factor"
    db.write(lambda session: session.add(Authenticator(
        account_id=chief.id, secret=b"", created_at=clock(), confirmed_at=clock(), last_step=0)))
    assert strict.get("/admin/accounts").status == 200
