"""Signing in through a real OpenID provider, and every lie that one can tell."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from participation.accounts.models import Account, Identity, OidcAttempt, Verification
from tests.support.databases import on_sqlite
from tests.support.mailbox import Mailbox
from tests.support.openid import FAULTS
from tests.support.provider import Provider

HARMLESS = {"unverified e-mail", "no e-mail"}  # of the address only; the person is who they are


@pytest.fixture
def environment(oidc: Provider, mailbox: Mailbox, clock) -> dict[str, str]:
    oidc.records.now = lambda: clock().timestamp()
    return {**oidc.environment(), "SANPO_OIDC_CITY_CLAIMS": "resident=lives_here", "SANPO_SMTP_URL": mailbox.url}


def go(client, oidc, sub: str = "hanako", next_path: str = "/proposals/7"):
    """Press the provider's button, sign in there, come back."""
    to_provider = client.submit(client.open(f"/sign-in?next={next_path}"), form="/sign-in/oidc/city")
    if to_provider.status != 303:
        return to_provider
    assert to_provider.location.startswith(oidc.issuer)
    back = urlsplit(oidc.sign_in(to_provider.location, sub))
    return client.get(f"{back.path}?{back.query}")


def join_through(client, oidc, sub: str = "hanako", name: str = "はな"):
    asked = client.open(go(client, oidc, sub).location)
    return client.submit(asked, {"name": name}, form="/join/")


def rows(db, model):
    with db.read() as session:
        return list(session.scalars(select(model)))


def test_a_newcomer_chooses_a_name_and_is_where_they_were_going(client, oidc, db):
    asked = client.open(go(client, oidc).location)
    assert "Hanako" in asked.text  # the provider's name is told, not taken
    assert asked.form("/join/").value("name") != "Hanako"
    done = client.submit(asked, {"name": "はな"}, form="/join/")
    assert done.location == "/proposals/7"
    (account,) = rows(db, Account)
    (identity,) = rows(db, Identity)
    assert (account.name, account.email, account.email_confirmed_at is not None) == ("はな", "hanako@example.test", True)
    assert (identity.issuer, identity.sub, identity.account_id) == (oidc.issuer, "hanako", account.id)
    assert client.get("/me").status == 200
    assert rows(db, OidcAttempt) == []


def test_the_same_person_comes_back_to_the_same_account(client, oidc, db):
    join_through(client, oidc)
    other = client.another()
    assert go(other, oidc).location == "/proposals/7"
    assert other.get("/me").status == 200
    assert len(rows(db, Account)) == 1


@pytest.mark.asvs("9.1.2", "9.1.3", "9.2.3", "10.1.2", "10.2.1", "10.2.2", "10.5.1", "10.5.3", "10.5.4", "15.3.2")
@on_sqlite
@pytest.mark.parametrize("fault", sorted(set(FAULTS) - HARMLESS))
def test_a_provider_that_lies_lets_nobody_in(client, oidc, db, clock, fault):
    join_through(client, oidc)
    stranger = client.another()
    oidc.fail(fault)
    clock.advance(minutes=11)  # what the client knows of the provider is old
    if fault == "replayed code":
        assert go(stranger, oidc).status == 303
        path = stranger.page.path
        stranger.cookies.clear()
        answer = stranger.get(path)
    else:
        answer = go(stranger, oidc)
    assert answer.status == 400
    assert answer.heading == "ログインできませんでした"
    assert stranger.get("/me").status == 303
    assert len(rows(db, Account)) == 1


def test_an_address_that_the_provider_does_not_vouch_for_is_not_taken(client, oidc, db):
    oidc.fail("unverified e-mail")
    join_through(client, oidc)
    (account,) = rows(db, Account)
    assert account.email is None


@pytest.mark.asvs("6.8.1")
def test_an_address_here_is_not_taken_over_by_a_provider_that_knows_it(client, oidc, person, db):
    owner = person("Owner", email="hanako@example.test")
    join_through(client, oidc)
    with db.read() as session:
        newcomer = session.scalars(select(Account).where(Account.id != owner.id)).one()
        assert (newcomer.email, session.get(Account, owner.id).email) == (None, "hanako@example.test")


@pytest.mark.asvs("6.8.1")
def test_two_people_with_one_address_are_two_people(client, oidc, db):
    oidc.person("impostor", "hanako@example.test", "Hanako")
    join_through(client, oidc)
    join_through(client.another(), oidc, "impostor")
    assert sorted(identity.sub for identity in rows(db, Identity)) == ["hanako", "impostor"]
    assert len(rows(db, Account)) == 2


def test_a_signed_in_person_links_and_unlinks(client, oidc, join, db):
    join("taro@example.test")
    to_provider = client.submit(client.open("/me/security"), form="/sign-in/oidc/city")
    back = urlsplit(oidc.sign_in(to_provider.location))
    assert client.get(f"{back.path}?{back.query}").location == "/me/security"
    other = client.another()
    assert go(other, oidc).location == "/proposals/7"
    client.submit(client.open("/me/security"), form="/me/identities/city")
    assert rows(db, Identity) == []


def test_an_identity_that_belongs_to_somebody_is_not_linked_again(client, oidc, join, db):
    join_through(client, oidc)
    other = join("taro@example.test", browser=client.another())
    to_provider = other.submit(other.open("/me/security"), form="/sign-in/oidc/city")
    back = urlsplit(oidc.sign_in(to_provider.location))
    assert other.get(f"{back.path}?{back.query}").status == 400
    assert len(rows(db, Identity)) == 1


@pytest.mark.asvs("10.1.2", "10.2.1")
def test_the_answer_counts_only_in_the_browser_that_asked(client, oidc, db):
    to_provider = client.submit(client.open("/sign-in"), form="/sign-in/oidc/city")
    back = urlsplit(oidc.sign_in(to_provider.location))
    victim = client.another()
    assert victim.get(f"{back.path}?{back.query}").status == 400  # else one could sign others in to one's own account
    assert victim.get("/me").status == 303


@pytest.mark.asvs("10.1.2")
def test_an_answer_that_comes_too_late_counts_no_more(client, oidc, clock):
    to_provider = client.submit(client.open("/sign-in"), form="/sign-in/oidc/city")
    back = urlsplit(oidc.sign_in(to_provider.location))
    clock.advance(minutes=10)
    assert client.get(f"{back.path}?{back.query}").status == 400


def test_keys_that_the_provider_has_changed_are_read_anew(client, oidc):
    join_through(client, oidc)
    changed = oidc.records.other_key.as_dict(private=True) | {"kid": "2", "use": "sig"}
    oidc.records.key = type(oidc.records.key).import_key(changed)
    oidc.fail("unknown kid")  # signs with kid 2, which the provider now publishes
    assert go(client.another(), oidc).location == "/proposals/7"


def test_what_the_provider_vouches_for_is_noted_once_per_identity(client, oidc, db):
    oidc.person("jiro", "jiro@example.test", "Jiro", claims={"lives_here": True})
    join_through(client, oidc, "jiro")
    assert [(each.kind, each.method) for each in rows(db, Verification)] == [("resident", "oidc")]
    oidc.person("saburo", "saburo@example.test", "Saburo", claims={"lives_here": "no"})
    join_through(client.another(), oidc, "saburo")
    assert len(rows(db, Verification)) == 1


def test_a_provider_that_is_down_is_said_so(client, oidc):
    oidc.fail("discovery redirects")
    answer = client.submit(client.open("/sign-in"), form="/sign-in/oidc/city")
    assert (answer.status, answer.heading) == (400, "ログインできませんでした")


def test_a_provider_that_nobody_configured_is_not_found(client):
    assert client.get("/sign-in/oidc/nobody/callback?state=x&code=y").status == 404


def test_somebody_without_an_address_adds_one(client, oidc, db, newest_link):
    oidc.fail("unverified e-mail")
    join_through(client, oidc)
    client.submit(client.open("/me/security"), {"email": "hana@example.test"}, form="/me/email")
    client.submit(client.open(newest_link("hana@example.test", "/me/email/")), form="/me/email/")
    (account,) = rows(db, Account)
    assert account.email == "hana@example.test"
