"""Where no mail server is set, mails become files."""

from email import message_from_bytes, policy

import pytest

from tests.support.databases import on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def environment() -> dict[str, str]:
    return {}


def test_mails_are_written_as_files(client, deliver, settings):
    client.submit(client.open("/sign-up"), {"email": "hanako@example.test"}, form="email")
    deliver()
    (path,) = (settings.data / "mail").glob("*.eml")
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"], mail["Content-Language"]) == ("hanako@example.test", "登録用のリンク", "ja")
    assert "https://sanpo.test/sign-up/" in mail.get_body(("plain",)).get_content()
    assert "https://sanpo.test/sign-up/" in mail.get_body(("html",)).get_content()
