"""Signing up, in, out, and choosing a new password, as a person does it in a browser."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from participation.accounts.models import Account, SignIn
from participation.accounts.sessions import hash_key
from participation.db import Database
from participation.mail.models import Mail
from tests.accounts.conftest import PASSWORD, path_of
from tests.support.client import Client
from tests.support.clock import TestClock

def accounts(db: Database) -> list[Account]:
    with db.read() as session:
        return list(session.scalars(select(Account).order_by(Account.id)))


def test_a_person_joins_by_a_mailed_link_and_is_where_they_were_going(dear_passwords, client, deliver, mailbox, db):
    answer = client.submit(client.open("/sign-up?next=/proposals/new"), {"email": " Hanako@Example.test"}, form="email")
    assert (answer.status, answer.location) == (303, "/check-your-mail")
    assert "hanako@example.test" in client.open("/check-your-mail").text
    deliver()
    page = client.open(path_of(mailbox.wait_for("hanako@example.test").link("/sign-up/")))
    assert page.headers["referrer-policy"] == "no-referrer"
    assert accounts(db) == []  # opening the link changes nothing: scanners open links
    name = page.form("password").value("name")
    done = client.submit(page, {"password": PASSWORD}, form="password")
    assert (done.status, done.location) == (303, "/proposals/new")
    (account,) = accounts(db)
    assert (account.email, account.name, account.email_confirmed_at is not None) == ("hanako@example.test", name, True)
    assert account.password_hash.startswith("$argon2id$v=19$m=47104,t=1,p=1$")


@pytest.mark.asvs("6.5.1")
def test_the_mailed_link_works_once(client, deliver, mailbox, join):
    join("hanako@example.test")
    link = path_of(mailbox.to("hanako@example.test")[-1].link("/sign-up/"))
    assert client.get(link).status == 409
    assert client.another().get(link).status == 409


def test_a_newer_link_replaces_the_older(client, deliver, mailbox, clock):
    client.submit(client.open("/sign-up"), {"email": "hanako@example.test"}, form="email")
    deliver()
    clock.advance(seconds=61)
    client.submit(client.open("/check-your-mail"), button="もう一度")
    deliver()
    first, second = (mail.link("/sign-up/") for mail in mailbox.to("hanako@example.test"))
    assert (client.get(path_of(first)).status, client.get(path_of(second)).status) == (409, 200)


def test_another_mail_can_be_asked_for_after_a_minute(client, deliver, mailbox, clock):
    client.submit(client.open("/sign-up"), {"email": "hanako@example.test"}, form="email")
    clock.advance(seconds=59)
    client.submit(client.open("/check-your-mail"), button="もう一度")
    deliver()
    assert len(mailbox.to("hanako@example.test")) == 1


def test_links_run_out(client, deliver, mailbox, clock):
    client.submit(client.open("/sign-up"), {"email": "hanako@example.test"}, form="email")
    deliver()
    clock.advance(hours=24)
    assert client.get(path_of(mailbox.to("hanako@example.test")[0].link("/sign-up/"))).status == 409


@pytest.mark.asvs("7.2.1", "7.2.2", "7.4.1")
def test_somebody_signs_in_with_a_password_and_out_again(client, join, db):
    join("hanako@example.test")
    client.cookies.clear()
    page = client.open("/sign-in?next=/proposals/7")
    answer = client.submit(page, {"email": "HANAKO@example.test", "password": PASSWORD}, form="password")
    assert (answer.status, answer.location) == (303, "/proposals/7")
    (cookie,) = [text for text in answer.headers.get_list("set-cookie") if text.startswith("__Host-sid=")]
    assert all(part in cookie for part in ("; Secure", "; HttpOnly", "; SameSite=lax", "; Path=/"))
    key = client.cookies["__Host-sid"]
    with db.read() as session:
        assert session.get(SignIn, hash_key(key)) is not None
    out = client.post("/sign-out", on="/me")
    assert out.headers["clear-site-data"] == '"cache", "storage"'
    with db.read() as session:
        assert session.get(SignIn, hash_key(key)) is None


@pytest.mark.asvs("7.2.4")
def test_a_session_prepared_by_somebody_else_is_not_taken_over(client, join):
    join("hanako@example.test")
    client.cookies.clear()
    client.cookies.set("__Host-sid", "planted", domain="sanpo.test", path="/")
    values = {"email": "hanako@example.test", "password": PASSWORD}
    client.submit(client.open("/sign-in"), values, form="password")
    assert client.cookies["__Host-sid"] != "planted"


@pytest.mark.asvs("7.2.2", "7.2.4")
def test_signing_in_anew_ends_the_session_of_before(client, join, db):
    join("hanako@example.test")
    before = client.cookies["__Host-sid"]
    page = client.another().open("/sign-in")
    client.submit(page, {"email": "hanako@example.test", "password": PASSWORD}, form="password")
    assert client.cookies["__Host-sid"] == before  # a form without this session's token changes nothing


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client, join):
    join("hanako@example.test")
    stranger = client.another()

    def attempt(email: str):
        page = stranger.submit(stranger.open("/sign-in"), {"email": email, "password": "wrong wrong wrong"},
                               form="password")
        return page.status, page.html.replace(email, "…")
    assert attempt("hanako@example.test") == attempt("nobody@example.test")


@pytest.mark.parametrize("form", ["/sign-up", "/reset", "/sign-in/link"])
def test_asking_for_a_mail_tells_nothing_of_who_is_here(client, join, form):
    join("hanako@example.test")

    def attempt(email: str):
        stranger = client.another()
        answer = stranger.submit(stranger.open(form), {"email": email}, form="email")
        after = stranger.open(answer.location)
        return answer.status, answer.location, after.html.replace(email, "…")
    assert attempt("hanako@example.test") == attempt("nobody@example.test")


def test_who_has_an_account_is_told_so_by_mail(client, deliver, mailbox, join):
    join("hanako@example.test")
    mailbox.clear()
    join_again = client.another()
    join_again.submit(join_again.open("/sign-up"), {"email": "hanako@example.test"}, form="email")
    deliver()
    (mail,) = mailbox.to("hanako@example.test")
    assert "/reset/" in mail.link("/reset/")


def test_a_forgotten_password_is_replaced_and_all_sessions_end(client, deliver, mailbox, join, db):
    join("hanako@example.test")
    other = client.another()
    other.submit(other.open("/reset"), {"email": "hanako@example.test"}, form="email")
    deliver()
    page = other.open(path_of(mailbox.to("hanako@example.test")[-1].link("/reset/")))
    done = other.submit(page, {"password": "seven paper boats drift"}, form="password")
    assert (done.status, done.location) == (303, "/me")
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 1
    third = client.another()
    values = {"email": "hanako@example.test", "password": PASSWORD}
    again = third.submit(third.open("/sign-in"), values, form="password")
    assert again.status == 422


def test_a_mailed_link_signs_in(client, deliver, mailbox, join):
    join("hanako@example.test")
    other = client.another()
    other.submit(other.open("/sign-in/link?next=/proposals"), {"email": "hanako@example.test"}, form="email")
    deliver()
    page = other.open(path_of(mailbox.to("hanako@example.test")[-1].link("/sign-in/link/")))
    done = other.submit(page, button="ログイン", form="/sign-in/link/")
    assert (done.status, done.location) == (303, "/proposals")
    assert "__Host-sid" in other.cookies


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client, join, target):
    join("hanako@example.test")
    client.cookies.clear()
    page = client.open("/sign-in")
    values = {"email": "hanako@example.test", "password": PASSWORD, "next": target}
    assert client.submit(page, values, form="password").location == "/me"


@pytest.mark.asvs("6.2.4")
@pytest.mark.parametrize("password", ["password1234", "P@ssw0rd2026!", "hanako123456", "qwertyuiop12", "111111111111"])
def test_a_password_that_is_tried_first_is_refused(client, deliver, mailbox, password):
    client.submit(client.open("/sign-up"), {"email": "hanako@example.test"}, form="email")
    deliver()
    page = client.open(path_of(mailbox.to("hanako@example.test")[-1].link("/sign-up/")))
    answer = client.submit(page, {"password": password, "name": "Hana"}, form="password")
    assert answer.status == 422
    assert answer.form("password").value("name") == "Hana"


def test_words_of_a_mail_are_forgotten_once_it_is_sent(client, deliver, db):
    client.submit(client.open("/sign-up"), {"email": "hanako@example.test"}, form="email")
    deliver()
    with db.read() as session:
        mail = session.scalars(select(Mail)).one()
    assert (mail.text, mail.html, mail.sent_at is not None) == ("", "", True)


def test_a_mail_is_tried_again_when_the_server_takes_none(client, deliver, mailbox, clock: TestClock):
    mailbox.refusing = "451 later"
    client.submit(client.open("/sign-up"), {"email": "hanako@example.test"}, form="email")
    deliver()
    mailbox.refusing = ""
    deliver()
    assert mailbox.mails == []
    clock.now += timedelta(minutes=5)
    deliver()
    assert len(mailbox.to("hanako@example.test")) == 1


def test_a_stranger_cannot_be_asked_for_mails_without_end(client: Client) -> None:
    page = client.submit(client.open("/sign-up"), {"email": "x" * 300 + "@example.test"}, form="email")
    assert page.status == 422
    assert page.title.startswith("エラー")
