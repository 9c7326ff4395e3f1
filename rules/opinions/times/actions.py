"""Making a public comment longer, correcting or calling off one that has not opened. Each: ensure, change, record."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.events import Fact, record
from participation.policy import Actor, ensure
from rules.opinions.cases import Case
from rules.opinions.models import PublicComment
from rules.opinions.policy import long_enough
from rules.opinions.times import policy
from rules.opinions.times.events import PublicCommentCalledOff, PublicCommentCorrected, PublicCommentExtended
from rules.opinions.times.models import Change, PublicCommentChange

Texts = Mapping[str, str]


def extend(session: Session, actor: Actor, case: Case, *, closes_at: datetime, reason: Texts, now: datetime) -> None:
    """A later end, with a reason that everybody reads.

    Raises:
        Refused: it has closed, or the end would not be later.
    """
    ensure(policy.may_extend(actor, case, now))
    ensure(policy.is_later(case, closes_at))
    move_close(session, actor, case, closes_at=closes_at, reason=reason, now=now)


def move_close(
    session: Session, actor: Actor, case: Case, *, closes_at: datetime, reason: Texts, now: datetime
) -> None:
    """The later end and its record; who may have it and when, the caller has asked."""
    row = note_change(session, actor, case.id, Change.EXTENDED, reason, now)
    about = {"before": _utc(row.closes_at), "closes_at": _utc(closes_at)}
    row.closes_at = closes_at
    _record(session, actor, case, PublicCommentExtended, now, reason, **about)


def correct(
    session: Session,
    actor: Actor,
    case: Case,
    *,
    opens_at: datetime,
    closes_at: datetime,
    contact: Texts,
    reason: Texts,
    now: datetime,
) -> None:
    """Put right what was announced, before it opens; `reason` is that of a time shorter than usual."""
    ensure(policy.may_correct(actor, case, now))
    opens_at = max(opens_at, now)
    ensure(long_enough(opens_at, closes_at, reason.get("ja", "")))
    row = note_change(session, actor, case.id, Change.CORRECTED, {}, now)
    row.opens_at, row.closes_at = opens_at, closes_at
    row.contact, row.reason = dict(contact), dict(reason)
    about = {"opens_at": _utc(opens_at), "closes_at": _utc(closes_at)}
    _record(session, actor, case, PublicCommentCorrected, now, None, **about)


def call_off(session: Session, actor: Actor, case: Case, *, reason: Texts, now: datetime) -> None:
    """Before it opens, with a reason that everybody reads. The version may be asked about again later."""
    ensure(policy.may_correct(actor, case, now))
    row = note_change(session, actor, case.id, Change.CALLED_OFF, reason, now)
    row.called_off_at = now
    _record(session, actor, case, PublicCommentCalledOff, now, reason)


def note_change(
    session: Session, actor: Actor, public_comment_id: int, kind: Change, reason: Texts, now: datetime
) -> PublicComment:
    """Write down the times as they stand, under the next number; returns the row, locked, to be changed."""
    held = select(PublicComment).where(PublicComment.id == public_comment_id).with_for_update()
    row: PublicComment = session.scalars(held.execution_options(populate_existing=True)).one()
    newest = select(func.max(PublicCommentChange.number)).where(
        PublicCommentChange.public_comment_id == public_comment_id
    )
    change = PublicCommentChange(
        public_comment_id=row.id,
        number=(session.scalar(newest) or 0) + 1,
        kind=kind,
        reason=dict(reason),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        by_id=actor.id,
        at=now,
    )
    session.add(change)
    return row


def _record(
    session: Session, actor: Actor, case: Case, fact: type[Fact], now: datetime, reason: Texts | None, **about: Any
) -> None:
    session.flush()
    told = fact(public_comment_id=case.id, document_id=case.document_id, version=case.number, **about)
    private = {"reason": dict(reason)} if reason else None
    record(session, told, actor=actor, subject_id=case.document_id, private=private, now=now)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
