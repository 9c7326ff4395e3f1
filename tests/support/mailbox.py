"""A real SMTP server that keeps what it is sent."""
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.waiting import wait_for


@dataclass(frozen=True)
class Mail:
    to: tuple[str, ...]
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The plain part, decoded, whatever its charset and transfer encoding."""
        part = self.message.get_body(preferencelist=("plain",))
        return part.get_content() if part else ""

    @property
    def html(self) -> str:
        part = self.message.get_body(preferencelist=("html",))
        return part.get_content() if part else ""

    @property
    def language(self) -> str:
        """What the mail says of itself (RFC 3282), else ja when it holds kana."""
        return self.message.get("Content-Language") or ("ja" if re.search(r"[\u3040-\u30ff]", self.text) else "en")

    @property
    def links(self) -> list[str]:
        return re.findall(r"https?://[^\s<>\"]+", self.text)

    def link(self, part: str) -> str:
        """The one link that holds `part`."""
        (found,) = {link for link in self.links if part in link}
        return found


@dataclass
class Mailbox:
    url: str = ""
    mails: list[Mail] = field(default_factory=list)
    refusing: str = ""  # an SMTP answer such as "451 later", given in place of taking a mail

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd)
        if self.refusing:
            return self.refusing
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        self.mails.append(Mail(tuple(envelope.rcpt_tos), message))
        return "250 OK"

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.mails if address in mail.to]

    def wait_for(self, address: str, subject: str = "", *, seconds: float = 10.0) -> Mail:
        """The newest mail to `address` whose subject holds `subject`."""
        def look() -> list[Mail]:
            return [mail for mail in self.to(address) if subject in mail.subject]
        return wait_for(look, f"a mail to {address} about {subject!r}", seconds=seconds)[-1]

    def clear(self) -> None:
        self.mails.clear()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """An SMTP server on a free port; `mailbox.url` is a value for SANPO_SMTP_URL."""
    with open_mailbox() as box:
        yield box


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """The same for fixtures that live longer than one test."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.url = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
