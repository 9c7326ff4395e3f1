"""What leaves the house: headers that mail programs act on."""
from participation.clock import system_clock
from participation.mail.models import Mail
from participation.mail.sending import make_message
from participation.settings import Settings

LONG = "https://sanpo.test/unsubscribe/" + "x" * 200


def headers_of(mail: Mail) -> list[str]:
    return make_message(mail, Settings()).as_bytes().split(b"\r\n\r\n")[0].decode().split("\r\n")


def test_the_address_of_one_click_unsubscription_is_sent_as_it_is() -> None:
    mail = Mail(id=1, recipient="hanako@example.test", subject="ご提案への回答です。" * 8, text="本文", html="<p>本文</p>",
                locale="ja", created_at=system_clock(), unsubscribe_url=LONG)
    headers = headers_of(mail)
    assert f"List-Unsubscribe: <{LONG}>" in headers
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in headers
    assert "Content-Language: ja" in headers
