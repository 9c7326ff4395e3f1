"""Signed heads: what the log stated of itself, every minute in which it grew."""

from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audit import store
from participation.audit.checkpoint import Signer, signer_of
from participation.audit.models import AuditHead
from participation.db import dialect_name, insert_ignore
from participation.settings import Settings

EVERY = timedelta(seconds=60)


def signer(settings: Settings) -> Signer:
    """The log's own signer: its key lies in SANPO_DATA/audit.key, its name is the site's address and /log."""
    return _signer(settings.data / "audit.key", urlsplit(settings.base_url).netloc + "/log")


# Read once: the key neither changes under a running process nor belongs into every page view.
_signer = lru_cache(maxsize=4)(signer_of)


def newest(session: Session) -> AuditHead | None:
    """The head that was signed last."""
    return session.scalar(select(AuditHead).order_by(AuditHead.size.desc()).limit(1))


def is_due(session: Session, now: datetime) -> bool:
    """Whether the log has grown since the newest head, and that one is a minute old."""
    last = newest(session)
    size = store.size(session)
    return size > (last.size if last else 0) and (last is None or now - last.at >= EVERY)


def sign_if_due(session: Session, by: Signer, now: datetime) -> None:
    """Sign and keep a head when it is due. Two workers that do so at once keep one."""
    if not is_due(session, now):
        return
    size = store.size(session)
    root = store.root(session, size)
    head = {"size": size, "root": root, "at": now, "note": by.sign(size, root, now)}
    session.execute(insert_ignore(AuditHead, dialect_name(session)).values(**head))
