"""The worker's job that empties the queue: by SMTP, or as files where no mail server is set.

At least once: a mail is leased before it is handed over and marked after; whoever dies in between leaves a lease that
runs out, and the mail goes again with the same Message-ID, by which mailboxes recognise it.
"""

import logging
import os
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.db import dialect_name
from participation.mail.models import Mail
from participation.services import Services
from participation.settings import Settings

log = logging.getLogger("sanpo.mail")
BATCH = 50
LEASE = timedelta(minutes=5)
MAX_TRIES = 10  # with the pauses of `_pause`: about three days
SECONDS = 20  # patience with the mail server
Hand = Callable[[EmailMessage, Mail], None]


class _MailPolicy(policy.EmailPolicy):
    """Leaves the address of List-Unsubscribe whole: encoded like prose it would be no address any more (RFC 2369)."""

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}{self.linesep}" if name == "List-Unsubscribe" else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode() if name == "List-Unsubscribe" else super().fold_binary(name, value)


MAIL_POLICY = _MailPolicy(linesep="\r\n")


def send_waiting(services: Services, now: datetime) -> None:
    """Send what is due, until nothing is left."""
    while mails := _lease_some(services, now):
        try:
            with _way_out(services.settings) as hand:
                for mail in mails:
                    _send(services, hand, mail, now)
        except (OSError, smtplib.SMTPException) as error:
            log.warning("the mail server cannot be reached: %s", error)
            return


def _lease_some(services: Services, now: datetime) -> list[Mail]:
    due = (
        select(Mail)
        .where(Mail.sent_at.is_(None), Mail.due_at <= now, Mail.tries < MAX_TRIES)
        .order_by(Mail.due_at, Mail.id)
        .limit(BATCH)
    )
    with services.db.read() as session:  # nothing is written while nothing waits
        if session.execute(due.limit(1)).first() is None:
            return []

    def lease(session: Session) -> list[Mail]:
        locked = due.with_for_update(skip_locked=True) if dialect_name(session) == "postgresql" else due
        mails = list(session.scalars(locked))
        for mail in mails:
            mail.tries += 1
            mail.due_at = now + LEASE + _pause(mail.tries)
        session.flush()
        session.expunge_all()
        return mails

    return services.db.write(lease, wake=False)


def _pause(tries: int) -> timedelta:
    """How long a mail waits after its n-th vain try: a minute, four times as long each time, half a day at most."""
    return min(timedelta(minutes=4 ** (tries - 1)), timedelta(hours=12))


def _send(services: Services, hand: Hand, mail: Mail, now: datetime) -> None:
    try:
        hand(make_message(mail, services.settings), mail)
        outcome: dict[str, Any] = {"sent_at": now, "error": "", "text": "", "html": "", "calendar": None}
    except (OSError, smtplib.SMTPException, ValueError) as error:
        log.warning("mail %s was not taken: %s", mail.id, error)
        outcome = {"error": str(error)[:500], "due_at": now + _pause(mail.tries)}
    services.db.write(
        lambda session: session.execute(update(Mail).where(Mail.id == mail.id).values(**outcome)), wake=False
    )


def make_message(mail: Mail, settings: Settings) -> EmailMessage:
    """The message; the policy refuses line breaks in headers, so nothing that people typed can add one.

    Raises:
        ValueError: a header would hold a line break.
    """
    message = EmailMessage(policy=MAIL_POLICY)
    message["Subject"] = mail.subject
    message["From"] = settings.mail_from
    message["To"] = mail.recipient
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<mail-{mail.id}-{mail.created_at.timestamp():.0f}@{settings.host}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        message.add_attachment(mail.calendar, subtype="calendar", filename="invitation.ics")
    message["Content-Language"] = mail.locale  # set last: what begins with Content- moves into the first part otherwise
    return message


@contextmanager
def _way_out(settings: Settings) -> Iterator[Hand]:
    if not settings.smtp_url:
        folder = settings.data / "mail"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield lambda message, mail: _write_file(folder, message, mail)
        return
    with _connect(settings) as server:
        yield lambda message, mail: _hand_over(server, message)


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    server.send_message(message)


def _connect(settings: Settings) -> smtplib.SMTP:
    parts = urlsplit(settings.smtp_url)
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS)
    else:
        server = smtplib.SMTP(host, port or 25, timeout=SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _write_file(folder: Path, message: EmailMessage, mail: Mail) -> None:
    """A whole file or none: written beside its place, then moved there."""
    path = folder / f"{mail.created_at:%Y%m%d-%H%M%S}-{mail.id}.eml"
    part = path.with_suffix(".part")
    part.write_bytes(bytes(message))
    os.replace(part, path)
