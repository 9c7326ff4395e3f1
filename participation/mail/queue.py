"""Putting a mail into the queue: a row in the transaction of what causes it, so neither goes without the other."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.mail.models import Mail
from participation.spaces.models import Site
from participation.web.mailing import render_mail


def send_mail(
    session: Session,
    to: str,
    template: str,
    values: Mapping[str, Any],
    locale: str,
    now: datetime,
    dedupe: str | None = None,
    *,
    due_at: datetime | None = None,
    unsubscribe_url: str = "",
    calendar: str = "",
) -> bool:
    """Queue a mail; the worker sends it at least once.

    `template` names two files without their ending, "accounts/mail/confirm": `.txt` and `.html` below templates/, both
    with the blocks title (the subject) and main; `values` is their `view`; `calendar` is an entry
    to attach. A mail whose `dedupe` was queued before is left out. Returns whether it was queued.
    """
    rendered = render_mail(template, values, locale, _site(session), unsubscribe_url)
    queued = insert_ignore(Mail, dialect_name(session)).values(
        recipient=to,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        locale=locale,
        template=template,
        calendar=calendar or None,
        unsubscribe_url=unsubscribe_url,
        dedupe=dedupe,
        created_at=now,
        due_at=due_at or now,
        tries=0,
        error="",
    )
    return session.execute(queued.returning(Mail.id)).first() is not None


def _site(session: Session) -> dict[str, Any]:
    row = session.execute(select(Site.name, Site.contact)).first()
    return {"name": row.name, "contact": row.contact} if row else {}
