"""Passkeys: what a device says is believed once, for its owner, from this site, unlocked, and not from a copy."""
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from participation.accounts import passkeys
from participation.accounts.models import Account, Passkey
from participation.policy import Actor
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import EMAIL, Phone, facts, first_step, hanako, phone, signed_in  # noqa: F401
from tests.support.authenticator import Device
from tests.support.client import BASE_URL, Client


@pytest.fixture
def device(db: Any, services: Any, hanako: Actor, phone: Phone, clock: Any) -> Device:  # noqa: F811
    """Hanako's, added beside her one-time codes."""
    made, who = Device(BASE_URL, "sanpo.test"), replace(hanako, second_factor=True)
    begun = db.write(lambda s: passkeys.begin_adding(s, who, services.settings, "Sanpo", clock()))
    said = made.create(json.loads(begun))
    assert db.write(lambda s: passkeys.add_passkey(s, who, "Phone", said, services.settings, clock()))
    return made


@pytest.fixture
def options(db: Any, services: Any, hanako: Actor, clock: Any) -> Callable[[], dict[str, Any]]:  # noqa: F811
    return lambda: json.loads(db.write(lambda s: passkeys.begin_proof(s, hanako.id, services.settings, clock())))


@pytest.fixture
def take(db: Any, services: Any, hanako: Actor, clock: Any) -> Callable[..., bool]:  # noqa: F811
    return lambda said, who=hanako: db.write(
        lambda s: passkeys.take_proof(s, who.id, said, services.settings, clock()))


@pytest.mark.asvs("6.5.1")
def test_an_answer_counts_once_and_within_five_minutes(
    device: Device, options: Any, take: Any, clock: Any, db: Any
) -> None:
    said = device.get(options())
    assert [take(said), take(said)] == [True, False]
    late = device.get(options())
    clock.advance(minutes=5)
    assert take(late) is False
    with db.read() as session:
        row = session.scalars(select(Passkey)).one()
        assert (row.name, row.sign_count, row.used_at is not None) == ("Phone", 1, True)


LIES = {
    "of another site": lambda device: setattr(device, "origin", "https://evil.example"),
    "of another host": lambda device: setattr(device, "host", "evil.example"),
    "not unlocked": lambda device: setattr(device, "verified", False),
    "of a copy": lambda device: setattr(device, "count", 1),
    "of another device": lambda device: setattr(device, "key", ec.generate_private_key(ec.SECP256R1())),
    "of an unknown key": lambda device: setattr(device, "id", b"x" * 32),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_does_not_hold_is_refused(device: Device, options: Any, take: Any, lie: str) -> None:
    device.count = 4
    assert take(device.get(options()))
    LIES[lie](device)
    assert take(device.get(options())) is False


@pytest.mark.parametrize("said", ["", "{}", "[]", "null", '{"id": 1}', '{"id": "YQ", "rawId": "YQ", "response": {}}'])
def test_what_is_no_answer_is_refused(device: Device, take: Any, said: str) -> None:
    assert take(said) is False


def test_a_made_up_challenge_or_another_persons_is_refused(
    device: Device, options: Any, take: Any, person: Any
) -> None:
    assert take(device.get({"challenge": "bWFkZSB1cA"})) is False
    assert take(device.get(options()), person("Taro")) is False


def test_it_is_used_instead_of_a_code_and_removed_by_its_owner(
    client: Client, device: Device, db: Any, hanako: Actor, deliver: Any, mailbox: Any  # noqa: F811
) -> None:
    first_step(client)
    page = client.open("/sign-in/code")
    begun = client.submit(page, form=replace(page.form("/sign-in/code"), action="/sign-in/code/passkey"))
    said = device.get(begun.response.json())
    entered = client.submit(page, {"passkey": said}, form="/sign-in/code")
    assert (entered.location, signed_in(client)) == ("/me/profile", True)
    assert facts(db, "account.signed_in")[-1]["factor"] == "passkey"
    page = client.open("/me/security")
    sent = {"current": PASSWORD, "password": "nine quiet herons wade", "passkey": said}
    assert client.submit(page, sent, form="/me/password").status == 422
    begun = client.submit(page, form=replace(page.form("/me/password"), action="/me/second-factor/proof", fields=[
        pair for pair in page.form("/me/password").fields if pair[0] == "csrf"]))
    sent["passkey"] = device.get(begun.response.json())
    assert client.submit(page, sent, form="/me/password").location == "/me/security"
    client.submit(client.open("/me/second-factor"), form="/me/second-factor/passkeys/")
    deliver()
    assert mailbox.to(EMAIL)[-1].subject == "あなたのアカウントのパスキーが削除されました"
    with db.read() as session:
        assert session.scalars(select(Passkey)).all() == []
        assert session.get(Account, hanako.id).email == EMAIL


def test_a_key_that_was_not_unlocked_is_not_kept(
    db: Any, services: Any, hanako: Actor, clock: Any  # noqa: F811
) -> None:
    made, who = Device(BASE_URL, "sanpo.test"), replace(hanako, second_factor=True)
    made.verified = False
    begun = db.write(lambda s: passkeys.begin_adding(s, who, services.settings, "Sanpo", clock()))
    said = made.create(json.loads(begun))
    assert not db.write(lambda s: passkeys.add_passkey(s, who, "Phone", said, services.settings, clock()))
