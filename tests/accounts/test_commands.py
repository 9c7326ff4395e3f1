"""`sanpo account create` and `sanpo token create`, as whoever runs the platform types them."""
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from asgi import COMPONENTS
from participation.accounts.models import Account, Authenticator, RoleGrant
from participation.accounts.sessions import actor_of_token
from participation.cli import run
from participation.db import Database
from participation.events import Event


@pytest.fixture
def sanpo(tmp_path: Path, monkeypatch, capsys):
    """sanpo("account", "create", …) -> (exit code, stdout, stderr)"""
    monkeypatch.setenv("SANPO_DATA", str(tmp_path))

    def call(*arguments: str) -> tuple[int, str, str]:
        code = 0
        try:
            run(COMPONENTS, arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err
    return call


@pytest.fixture
def database(tmp_path: Path):
    opened = []

    def read(query):
        if not opened:
            opened.append(Database(f"sqlite:///{tmp_path / 'sanpo.sqlite3'}", owner=False))
        with opened[0].read() as session:
            return query(session)
    yield read
    for db in opened:
        db.close()


def test_an_account_with_a_password_and_roles(sanpo, database):
    made = sanpo("account", "create", "Desk@example.test", "--name", "Desk", "--password", "seven paper boats",
                 "--role", "secretariat", "--role", "auditor")
    assert made == (0, "Made the account desk@example.test.\n", "")
    account = database(lambda session: session.scalars(select(Account)).one())
    assert (account.email, account.name, account.email_confirmed_at is not None) == ("desk@example.test", "Desk", True)
    assert database(lambda session: set(session.scalars(select(RoleGrant.role)))) == {"secretariat", "auditor"}


def test_an_account_without_a_password_gets_a_link(sanpo):
    code, said, _ = sanpo("account", "create", "desk@example.test", "--name", "Desk")
    assert (code, bool(re.search(r"^http://127\.0\.0\.1:8000/reset/[\w-]{43}$", said, re.MULTILINE))) == (0, True)


def test_a_token_stands_alone_on_stdout(sanpo, database):
    sanpo("account", "create", "desk@example.test", "--name", "Desk", "--password", "seven paper boats")
    code, said, complaints = sanpo("token", "create", "desk@example.test", "--name", "bench")
    assert (code, complaints) == (0, "")
    assert database(lambda session: actor_of_token(session, said.strip()).email) == "desk@example.test"


def test_a_lost_second_factor_is_removed_by_command(sanpo, tmp_path, database):
    sanpo("account", "create", "desk@example.test", "--name", "Desk", "--password", "seven paper boats")
    made = Database(f"sqlite:///{tmp_path / 'sanpo.sqlite3'}", owner=False)
    now = datetime(2026, 11, 21, tzinfo=UTC)
    made.write(lambda session: session.add(Authenticator(
        account_id=1, secret=b"", created_at=now, confirmed_at=now, last_step=0)))
    made.close()
    removed = sanpo("account", "remove-second-factor", "Desk@example.test")
    assert removed == (0, "Removed the second factor of Desk@example.test.\n", "")
    bodies = select(Event.body).where(Event.type == "account.second_factor_removed")
    (body,) = database(lambda session: session.scalars(bodies).all())
    assert '"by":"command"' in body
    again = sanpo("account", "remove-second-factor", "desk@example.test")
    assert again == (1, "", "sanpo: desk@example.test has no second factor\n")


@pytest.mark.parametrize(("arguments", "code"), [
    (("account", "create", "no address", "--name", "N"), 1),
    (("account", "create", "a@example.test", "--name", "N", "--password", "short"), 1),
    (("account", "create", "a@example.test", "--name", "N", "--role", "king"), 2),
    (("account", "create", "a@example.test"), 2),
    (("token", "create", "nobody@example.test"), 1),
])
def test_what_cannot_be_done_is_said_in_one_line(sanpo, arguments, code):
    got, said, complaints = sanpo(*arguments)
    assert (got, said) == (code, "")
    assert "Traceback" not in complaints
    if code == 1:
        assert complaints.startswith("sanpo: ")
        assert complaints.count("\n") == 1


def test_the_same_address_twice_is_refused(sanpo):
    sanpo("account", "create", "desk@example.test", "--name", "Desk", "--password", "seven paper boats")
    assert sanpo("account", "create", "desk@example.test", "--name", "Desk") == (
        1, "", "sanpo: desk@example.test has an account already\n")
