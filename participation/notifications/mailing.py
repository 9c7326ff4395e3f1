"""Notices become mails: at once, or gathered for a day or a week.

What is put into a mail is marked in the same transaction, so nothing is mailed twice and nothing is forgotten; a digest
without news is not written at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.component import Registry
from participation.mail import send_mail
from participation.notifications import wording
from participation.notifications.models import Notice, NoticePreference
from participation.notifications.port import rules_of
from participation.notifications.queries import NoticeRow, notice_rows, notice_select
from participation.notifications.unsubscribing import unsubscribe_url
from participation.services import Services
from participation.web.i18n import ZONE

BATCH = 20  # mails written per transaction
ASIDE = 500  # notices without a mail marked per transaction
DIGEST_HOUR = 8  # in the city's time zone
LIMIT = 50  # notices in one mail; the rest is counted


@dataclass(frozen=True)
class Line:
    says: str
    detail: str
    url: str


@dataclass(frozen=True)
class MailView:
    lines: tuple[Line, ...]
    more: int
    settings_url: str


_PACE = case(
    (Notice.direct, func.coalesce(NoticePreference.direct, "at_once")),
    else_=func.coalesce(NoticePreference.followed, "weekly"),
)
# only a confirmed address of an account in use gets mail
_ADDRESS = case(
    (
        and_(Account.email_confirmed_at.is_not(None), Account.erased_at.is_(None), Account.blocked_at.is_(None)),
        Account.email,
    ),
)
_UNMAILED = (
    select(Notice.id, Notice.account_id, Account.locale, _PACE.label("pace"), _ADDRESS.label("email"))
    .join(Account, Account.id == Notice.account_id)
    .outerjoin(NoticePreference, NoticePreference.account_id == Notice.account_id)
    .where(Notice.mailed_at.is_(None))
)


def mail_at_once(services: Services, now: datetime) -> None:
    """The worker's job: mails for notices whose reader wants them at once; those who want or get none are marked so."""
    while _set_aside_some(services, now):
        pass
    while _write_some(services, now, _UNMAILED.where(_PACE == "at_once").order_by(Notice.id).limit(BATCH)):
        pass


def mail_digests(services: Services, now: datetime) -> None:
    """The worker's job: after eight in the morning, the day's mails; on Mondays also the week's."""
    local = now.astimezone(ZONE)
    if local.hour < DIGEST_HOUR:
        return
    morning = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    monday = morning - timedelta(days=morning.weekday())
    due = or_(and_(_PACE == "daily", Notice.at < morning), and_(_PACE == "weekly", Notice.at < monday))
    while people := _people(services, due):
        for account_id in people:
            _write_digest(services, account_id, due, now)


def _people(services: Services, due: Any) -> Sequence[int]:
    wanted = _UNMAILED.where(due).with_only_columns(Notice.account_id).distinct().limit(BATCH)
    with services.db.read() as session:
        return session.scalars(wanted).all()


def _write_digest(services: Services, account_id: int, due: Any, now: datetime) -> None:
    def work(session: Session) -> None:
        rows = session.execute(_UNMAILED.where(due, Notice.account_id == account_id).order_by(Notice.id)).all()
        if rows:
            _write_mail(services, session, rows, now, kind="followed")

    services.db.write(work, wake=False)


def _set_aside_some(services: Services, now: datetime) -> bool:
    """Mark notices that no mail will ever carry, many at a time."""
    nobody = _UNMAILED.where(or_(_PACE == "never", _ADDRESS.is_(None))).with_only_columns(Notice.id).limit(ASIDE)
    with services.db.read() as session:
        ids = session.scalars(nobody).all()
    if ids:
        marked = update(Notice).where(Notice.id.in_(ids), Notice.mailed_at.is_(None)).values(mailed_at=now)
        options = {"synchronize_session": False}
        services.db.write(lambda session: session.execute(marked, execution_options=options), wake=False)
    return len(ids) == ASIDE


def _write_some(services: Services, now: datetime, wanted: Select[Any]) -> bool:
    with services.db.read() as session:  # nothing is written while nothing waits
        if session.execute(wanted.limit(1)).first() is None:
            return False

    def work(session: Session) -> int:
        locked = wanted.with_for_update(skip_locked=True, of=Notice) if not services.db.sqlite else wanted
        rows = session.execute(locked).all()
        for row in rows:
            _write_mail(services, session, [row], now, kind="direct")
        return len(rows)

    return services.db.write(work, wake=False) == BATCH


def _write_mail(services: Services, session: Session, rows: Sequence[Any], now: datetime, *, kind: str) -> None:
    """One mail with all `rows`, which belong to one person; none where the person wants or can get none."""
    first = rows[0]
    ids = [row.id for row in rows]
    session.execute(
        update(Notice).where(Notice.id.in_(ids)).values(mailed_at=now), execution_options={"synchronize_session": False}
    )
    if first.email is None or first.pace == "never":
        return
    shown = notice_rows(session, notice_select().where(Notice.id.in_(ids[:LIMIT])).order_by(Notice.id))
    view = _view(services, session, shown, len(ids) - len(shown), first.locale)
    unsubscribe = unsubscribe_url(services, first.account_id, kind, now)
    template = "notifications/mail/notice" if kind == "direct" else "notifications/mail/digest"
    dedupe = f"notice-{ids[0]}"
    more = {"unsubscribe_url": unsubscribe, "calendar": _calendar(services, session, shown, first.locale)}
    send_mail(session, first.email, template, view, first.locale, now, dedupe, **more)


def _calendar(services: Services, session: Session, shown: list[NoticeRow], locale: str) -> str:
    """The entry that goes with a single notice, if its rule brings one."""
    rule = rules_of(services.registry).get(shown[0].type) if len(shown) == 1 else None
    return rule.calendar(session, shown[0], services.settings.base_url, locale) if rule and rule.calendar else ""


def _view(services: Services, session: Session, rows: list[NoticeRow], more: int, locale: str) -> MailView:
    base, registry = services.settings.base_url, services.registry
    lines = tuple(_line(registry, session, row, base, locale) for row in rows)
    return MailView(lines, more, f"{base}/me/notifications")


def _line(registry: Registry, session: Session, row: NoticeRow, base: str, locale: str) -> Line:
    return Line(
        wording.says(registry, row, locale),
        wording.detail(registry, session, row),
        base + wording.link(registry, row),
    )
