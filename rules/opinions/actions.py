"""Calling a public comment, sending an opinion, taking it back. `answering`: what the secretariat makes of them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.events import record
from participation.mail import send_mail
from participation.policy import N_, Actor, ensure
from participation.web.errors import Invalid, NotFound
from rules.documents.models import Kind as DocumentKind
from rules.documents.models import Version
from rules.documents.queries import document_by_slug, versions_of
from rules.opinions import policy
from rules.opinions.cases import Case, case_by_id, case_of_version, headings
from rules.opinions.events import OpinionSent, OpinionWithdrawn, PublicCommentOpened
from rules.opinions.models import Kind, Opinion, OpinionDraft, OpinionGroup, OpinionPerson, PublicComment, Source
from rules.opinions.times.actions import note_change
from rules.opinions.times.models import Change
from rules.opinions.voices.actions import show_voice

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what looks alike when it is read from paper


@dataclass(frozen=True)
class Words:
    """What a form of an opinion holds, in the form's own names."""

    body: str
    section: str | None = None
    stance: str | None = None
    formal: bool = False
    nickname: str = ""  # under which a light voice is read by everybody
    name: str = ""
    address: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Receipt:
    """What a mail about a sent opinion shows."""

    receipt: str
    title: str
    heading: str  # of the section; empty: the whole text
    body: str
    formal: bool
    closes_at: datetime
    url: str
    calendar: str  # address of the deadline as a file


def call_public_comment(
    session: Session,
    actor: Actor,
    slug: str,
    number: int,
    *,
    opens_at: datetime,
    closes_at: datetime,
    contact: Mapping[str, str],
    reason: Mapping[str, str] | None = None,
    now: datetime,
) -> int:
    """Ask for opinions on a published version; returns the public comment's id. It never opens before `now`."""
    document, version = ensure_callable(session, actor, slug, number)
    opens_at = max(opens_at, now)
    ensure(policy.long_enough(opens_at, closes_at, (reason or {}).get("ja", "")))
    row = _announced(session, actor, version, now)
    row.opens_at, row.closes_at, row.opened_by_id = opens_at, closes_at, actor.id
    row.reason, row.contact = dict(reason or {}), dict(contact)
    session.flush()
    fact = PublicCommentOpened(
        public_comment_id=row.id,
        document_id=document.id,
        number=number,
        opens_at=opens_at.astimezone(UTC).isoformat(),
        closes_at=closes_at.astimezone(UTC).isoformat(),
    )
    record(session, fact, actor=actor, subject_id=document.id, now=now)
    return row.id


def _announced(session: Session, actor: Actor, version: Version, now: datetime) -> PublicComment:
    """A new row; or the one that was called off, whose earlier times are written down."""
    existing = case_of_version(session, version.id)
    if existing is None:
        row = PublicComment(version_id=version.id, created_at=now)
        session.add(row)
    else:
        row = note_change(session, actor, existing.id, Change.CALLED_AGAIN, {}, now)
        row.called_off_at = None
    return row


def ensure_callable(session: Session, actor: Actor, slug: str, number: int) -> tuple[Any, Version]:
    """The document and the version, before a form about them is shown or read.

    Raises:
        NotFound, Refused: see `may_call`.
    """
    document = document_by_slug(session, slug)
    versions = versions_of(session, document.id) if document else ()
    version = next((each for each in versions if each.number == number), None)
    ensure(policy.may_work(actor))
    if document is None or version is None:
        raise NotFound
    existing = case_of_version(session, version.id)
    ensure(policy.may_call(actor, DocumentKind(document.kind), version, existing))
    return document, version


def send_opinion(
    session: Session, actor: Actor, case: Case, words: Words, *, base_url: str, now: datetime
) -> Opinion:
    """Send it for the actor, with a receipt by mail. What was saved of it as a draft goes.

    A light voice is public at once.

    Raises:
        Refused: it is not open, or nobody is signed in. Invalid: there is no such section.
    """
    ensure(policy.may_send(actor, case, now))
    opinion = _keep(session, case, words, Source.ONLINE, account_id=actor.id, locale=actor.locale, sent_at=now)
    if opinion.kind == Kind.LIGHT:
        show_voice(session, opinion, words.nickname, now)
    forget_draft(session, actor, case, words.section or "")
    _note(session, actor, OpinionSent, opinion, case, now, source=Source.ONLINE)
    if actor.email:
        view = _receipt(session, case, opinion, base_url, actor.locale)
        template = "rules/opinions/mail/receipt"
        send_mail(session, actor.email, template, view, actor.locale, now, f"opinion-{opinion.id}")
    return opinion


def enter_opinion(session: Session, actor: Actor, case: Case, words: Words, *, at: datetime, now: datetime) -> Opinion:
    """A letter on paper that came at `at`; its receipt number is for the secretariat to tell the writer."""
    ensure(policy.may_enter(actor, case, now))
    named = {"entered_by_id": actor.id, "locale": "ja", "sent_at": at}
    opinion = _keep(session, case, words, Source.PAPER, **named)
    _note(session, actor, OpinionSent, opinion, case, now, source=Source.PAPER)
    return opinion


def withdraw_opinion(session: Session, actor: Actor, receipt: str, *, now: datetime) -> Case:
    """Take one's opinion back: its words and its person are deleted, the receipt says that it was withdrawn."""
    opinion, case = own_opinion(session, actor, receipt, lock=True)
    ensure(policy.may_withdraw(actor, opinion, case, now))
    opinion.body = opinion.wording = ""
    opinion.withdrawn_at = now
    session.execute(delete(OpinionPerson).where(OpinionPerson.opinion_id == opinion.id))
    session.flush()
    _note(session, actor, OpinionWithdrawn, opinion, case, now)
    return case


def own_opinion(session: Session, actor: Actor, receipt: str, *, lock: bool = False) -> tuple[Opinion, Case]:
    """The actor's own opinion.

    Raises:
        Refused: nobody is signed in. NotFound: there is none, or it is somebody else's.
    """
    wanted = select(Opinion).where(Opinion.receipt == receipt)
    opinion = session.scalar(wanted.with_for_update().execution_options(populate_existing=True) if lock else wanted)
    verdict = policy.may_read_own(actor, opinion)
    if verdict.kind == "forbidden" or opinion is None and actor.signed_in:
        raise NotFound
    ensure(verdict)
    assert opinion is not None  # so says the verdict
    case = case_by_id(session, opinion.public_comment_id)
    assert case is not None  # a foreign key
    return opinion, case


def save_draft(
    session: Session, actor: Actor, case: Case, section: str, fields: Mapping[str, str], now: datetime
) -> None:
    """Keep what was typed so far; an emptied box keeps nothing."""
    ensure(policy.may_send(actor, case, now))
    key = {"account_id": actor.id, "public_comment_id": case.id, "section_key": section}
    if not fields.get("body", "").strip():
        forget_draft(session, actor, case, section)
        return
    draft = session.get(OpinionDraft, tuple(key.values()))
    if draft is None:
        session.add(OpinionDraft(**key, fields=dict(fields), saved_at=now))
    else:
        draft.fields, draft.saved_at = dict(fields), now
    session.flush()


def forget_draft(session: Session, actor: Actor, case: Case, section: str) -> None:
    session.execute(
        delete(OpinionDraft).where(
            OpinionDraft.account_id == actor.id,
            OpinionDraft.public_comment_id == case.id,
            OpinionDraft.section_key == section,
        )
    )


def _keep(session: Session, case: Case, words: Words, source: Source, **named: Any) -> Opinion:
    """The opinion as a group of its own, and apart from it the person where it is a formal one."""
    if words.section and words.section not in headings(session, case.version_id):
        raise Invalid({"section": N_("This version has no such section.")})
    group = OpinionGroup(public_comment_id=case.id, title="", created_at=named["sent_at"])
    session.add(group)
    session.flush()
    opinion = Opinion(
        public_comment_id=case.id,
        group_id=group.id,
        section_key=words.section or None,
        body=words.body,
        stance=words.stance or None,
        kind=Kind.FORMAL if words.formal else Kind.LIGHT,
        source=source,
        receipt=_new_receipt(),
        **named,
    )
    session.add(opinion)
    session.flush()
    if words.formal:
        about = {"name": words.name, "address": words.address, "organisation": words.organisation}
        session.add(OpinionPerson(opinion_id=opinion.id, **about))
        session.flush()
    return opinion


def _new_receipt() -> str:
    """Eight letters in two parts, 8e11 in all: short enough to be read out, too many to be guessed."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _receipt(session: Session, case: Case, opinion: Opinion, base_url: str, locale: str) -> Receipt:
    heading = headings(session, case.version_id).get(opinion.section_key or "")
    return Receipt(
        receipt=opinion.receipt,
        title=case.title.to(locale),
        heading=heading.to(locale) if heading else "",
        body=opinion.body,
        formal=opinion.kind == Kind.FORMAL,
        closes_at=case.closes_at,
        url=f"{base_url}/me/opinions/{opinion.receipt}",
        calendar=f"{base_url}{case.path}/public-comment.ics",
    )


def _note(
    session: Session, actor: Actor, fact: Any, opinion: Opinion, case: Case, now: datetime, **more: Any
) -> None:
    about = fact(opinion_id=opinion.id, public_comment_id=case.id, **more)
    record(session, about, actor=actor, subject_id=case.document_id, now=now)
