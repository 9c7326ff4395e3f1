"""Who has agreed to what: registers, agreements of all organisations at once, the standing of one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.organisations.models import Organisation
from rules.documents.models import Document, Kind, Section, Version
from rules.signing.models import RENEWAL_DAYS, Acknowledgement, RenewalTerm, Signature
from rules.signing.validity import Agreement, Term, agreement


@dataclass(frozen=True)
class SignedLine:
    """A line of a public register."""

    code: str
    organisation: str
    slug: str
    number: int
    name: str
    title: str
    signed_at: datetime
    sha256: str

    @property
    def path(self) -> str:
        return f"/certificates/{self.code}"


@dataclass(frozen=True)
class Book:
    """Everything by which agreements with one rule are judged; `signed` by organisation: (version id, when)."""

    terms: tuple[Term, ...]
    signed: Mapping[int, Sequence[tuple[int, datetime]]]

    def agreement(self, organisation_id: int, now: datetime) -> Agreement:
        return agreement(self.signed.get(organisation_id, ()), self.terms, now)

    def first(self, organisation_id: int, now: datetime) -> datetime | None:
        """When it signed for the first time, if it has until `now`."""
        return min((at for _, at in self.signed.get(organisation_id, ()) if at <= now), default=None)


@dataclass(frozen=True)
class PersonStanding:
    """What a person may rely on: the own organisation's agreement, and that they acknowledged that very text."""

    agreement: Agreement
    missing: tuple[str, ...]  # articles that the person has not acknowledged

    @property
    def good(self) -> bool:
        return self.agreement.holds and not self.missing


def terms_of(session: Session, slug: str) -> tuple[Term, ...]:
    """The published versions of a rule with their days. One query."""
    rows = session.execute(
        select(Version.id, Version.number, Version.in_force_from, func.coalesce(RenewalTerm.days, RENEWAL_DAYS))
        .join(Document, Document.id == Version.document_id)
        .outerjoin(RenewalTerm, RenewalTerm.version_id == Version.id)
        .where(Document.slug == slug, Document.kind == Kind.RULE)
        .where(Version.published_at.is_not(None), Version.in_force_from.is_not(None))
        .order_by(Version.number)
    )
    return tuple(Term(*row) for row in rows)


def book_of(session: Session, slug: str) -> Book:
    """Two queries, however many organisations there are."""
    terms = terms_of(session, slug)
    signed: dict[int, list[tuple[int, datetime]]] = {}
    wanted = Signature.version_id.in_([term.version_id for term in terms])
    for row in session.execute(
        select(Signature.organisation_id, Signature.version_id, Signature.signed_at).where(wanted)
    ):
        signed.setdefault(row.organisation_id, []).append((row.version_id, row.signed_at))
    return Book(terms, signed)


def person_standing(
    session: Session, account_id: int, organisation_id: int, slug: str, now: datetime
) -> PersonStanding:
    """The own organisation's valid signature and the person's own acknowledgement of each article of that version."""
    held = book_of(session, slug).agreement(organisation_id, now)
    if held.version_id is None:
        return PersonStanding(held, ())
    texts = session.execute(
        select(Section.key, Section.heading, Section.body)
        .where(Section.version_id == held.version_id)
        .order_by(Section.position)
    ).all()
    own = session.execute(
        select(Section.key, Section.heading, Section.body)
        .join(
            Acknowledgement,
            (Acknowledgement.version_id == Section.version_id) & (Acknowledgement.section_key == Section.key),
        )
        .where(Acknowledgement.organisation_id == organisation_id, Acknowledgement.account_id == account_id)
    ).all()
    read = [tuple(row) for row in own]  # an article that a new version leaves as it was need not be read again
    return PersonStanding(held, tuple(row.key for row in texts if tuple(row) not in read))


def register_of(session: Session, slug: str, locale: str) -> tuple[SignedLine, ...]:
    """Every signature of a rule, the newest first. One query."""
    rows = session.execute(
        select(Signature, Organisation.name, Organisation.slug, Version.number)
        .join(Organisation, Organisation.id == Signature.organisation_id)
        .join(Version, Version.id == Signature.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(Document.slug == slug)
        .order_by(Signature.signed_at.desc(), Signature.id.desc())
    )
    return tuple(
        SignedLine(
            code=row[0].code,
            organisation=row[1].to(locale),
            slug=row[2],
            number=row[3],
            name=row[0].name,
            title=row[0].title,
            signed_at=row[0].signed_at,
            sha256=row[0].sha256,
        )
        for row in rows
    )


def rules_for_organisations(session: Session) -> Sequence[Document]:
    """The rules that bind anybody at all: those with a published version. One query."""
    wanted = select(Document).where(Document.kind == Kind.RULE, Document.newest > 0).order_by(Document.id)
    return session.scalars(wanted).all()
