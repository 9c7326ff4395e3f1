"""What the secretariat does with a document: begin it, open its next version, publish, adopt. `writing`: its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from participation.component import Registry
from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound
from rules.documents import policy
from rules.documents.canonical import canonical_bytes, sha256_of
from rules.documents.events import DocumentCreated, VersionAdopted, VersionDiscarded, VersionOpened, VersionPublished
from rules.documents.models import Document, Kind, Section, Stage, Version
from rules.documents.port import StageChange, may_step
from rules.documents.queries import document_by_slug, newest_of, sections_of, versions_of, working_of
from rules.documents.stages import next_stages

COPIED = ("key", "position", "heading", "body", "check")


@dataclass(frozen=True)
class Held:
    """A document whose row is locked for this transaction, and its versions as they now are."""

    document: Document
    versions: Sequence[Version]

    @property
    def working(self) -> Version | None:
        return working_of(self.versions)

    @property
    def newest(self) -> Version | None:
        return newest_of(self.versions)

    @property
    def last(self) -> Stage | None:
        return Stage(self.newest.stage) if self.newest else None


def hold(session: Session, slug: str) -> Held:
    """Raises NotFound where there is none."""
    document = document_by_slug(session, slug, lock=True)
    if document is None:
        raise NotFound
    return Held(document, versions_of(session, document.id))


def create_document(
    session: Session,
    actor: Actor,
    *,
    kind: Kind,
    slug: str,
    title: Mapping[str, str],
    applies_to: str | None = None,
    process_id: int | None = None,
    now: datetime,
) -> int:
    """A document with its first working version, which has no section yet; returns the document's id."""
    ensure(policy.may_write(actor))
    subject = create_subject(
        session, "document", title=title["ja"], space_id=process_id, author_id=actor.id, now=now
    )
    session.add(Document(id=subject.id, kind=kind, slug=slug, title=title, applies_to=applies_to))
    session.flush()
    stage = next_stages(kind, None)[0]
    session.add(
        Version(document_id=subject.id, number=1, stage=stage, title=title, created_at=now, updated_at=now)
    )
    session.flush()
    record(session, DocumentCreated(document_id=subject.id, kind=kind), actor=actor, subject_id=subject.id, now=now)
    return subject.id


def open_version(session: Session, actor: Actor, slug: str, *, now: datetime) -> int:
    """The next working version with the text of the newest one, its sections with their keys; returns its number."""
    held = hold(session, slug)
    ensure(policy.may_open(actor, held.working))
    newest, document = held.newest, held.document
    assert newest is not None  # a document begins with a working version, which goes only by being published
    version = Version(
        document_id=document.id,
        number=newest.number + 1,
        stage=_likely(Kind(document.kind), held.last),
        title=dict(newest.title),
        created_at=now,
        updated_at=now,
    )
    session.add(version)
    session.flush()
    rows = [{name: getattr(each, name) for name in COPIED} for each in sections_of(session, newest.id)]
    if rows:
        session.execute(insert(Section), [{**row, "version_id": version.id} for row in rows])
    _note(session, actor, VersionOpened(document_id=document.id, number=version.number), now)
    return version.number


def _likely(kind: Kind, last: Stage | None) -> Stage:
    """The furthest next stage but the adoption, which nobody should reach by not looking."""
    return next(stage for stage in reversed(next_stages(kind, last)) if stage != Stage.ADOPTED)


def discard_version(session: Session, actor: Actor, slug: str, *, now: datetime) -> None:
    """Take back a working version. The first one stays: without it the document would have no text at all."""
    held = hold(session, slug)
    version = _working(held, actor)
    ensure(require(version.number > 1, N_("The first version is the document itself and cannot be discarded.")))
    session.execute(delete(Section).where(Section.version_id == version.id))
    session.execute(delete(Version).where(Version.id == version.id))
    _note(session, actor, VersionDiscarded(document_id=held.document.id, number=version.number), now)


def publish(
    session: Session,
    actor: Actor,
    slug: str,
    *,
    stage: Stage,
    registry: Registry,
    in_force_from: date | None = None,
    now: datetime,
) -> Version:
    """Freeze the working version with its hash and show it to everybody.

    For a rule `stage` is draft and `in_force_from` the day from which it binds, not before that of the version before.
    """
    held = hold(session, slug)
    document, version = held.document, held.working
    ensure(policy.may_publish(actor, document, version, held.last, stage))
    assert version is not None  # so says the verdict
    sections = sections_of(session, version.id)
    ensure(require(bool(sections), N_("A version needs at least one section.")))
    ensure(_day_fits(held, in_force_from))
    change = _change(document, version, held.last, stage)
    ensure(may_step(session, registry, change, now))
    version.stage, version.in_force_from = stage, in_force_from
    version.adopted_at = now if stage == Stage.ADOPTED else None
    version.sha256 = _freeze(session, document, version, sections, now)
    _show(session, document, version, now)
    fact = VersionPublished(
        document_id=document.id,
        version_id=version.id,
        number=version.number,
        stage=stage,
        sha256=version.sha256,
        in_force_from=in_force_from.isoformat() if in_force_from else "",
    )
    _note(session, actor, fact, now)
    if stage == Stage.ADOPTED:
        _record_adoption(session, actor, version, now)
    return version


def _freeze(session: Session, document: Document, version: Version, sections: Sequence[Section], now: datetime) -> str:
    """From the flush that follows on, the database refuses every change."""
    for section in sections:
        section.editor_id = None  # who typed last is nobody's business any more, and could not be forgotten later
    session.flush()
    version.published_at, version.working, version.updated_at = now, None, now
    return sha256_of(canonical_bytes(document, version, sections))


def adopt(session: Session, actor: Actor, slug: str, *, registry: Registry, now: datetime) -> None:
    """The newest published draft becomes the adopted text as it stands."""
    held = hold(session, slug)
    document, newest = held.document, held.newest
    ensure(policy.may_adopt(actor, document, newest, held.working))
    assert newest is not None  # so says the verdict
    ensure(may_step(session, registry, _change(document, newest, held.last, Stage.ADOPTED), now))
    newest.stage, newest.adopted_at = Stage.ADOPTED, now
    session.flush()
    _record_adoption(session, actor, newest, now)
    mark_for_indexing(session, document.id, now)


def _record_adoption(session: Session, actor: Actor, version: Version, now: datetime) -> None:
    fact = VersionAdopted(
        document_id=version.document_id, version_id=version.id, number=version.number, sha256=version.sha256 or ""
    )
    _note(session, actor, fact, now)


def _working(held: Held, actor: Actor) -> Version:
    ensure(policy.may_change(actor, held.working))
    assert held.working is not None  # so says the verdict
    return held.working


def _day_fits(held: Held, day: date | None) -> object:
    rule = held.document.kind == Kind.RULE
    before = max((each.in_force_from for each in held.versions if each.in_force_from), default=None)
    return (
        require(rule == (day is not None), N_("A rule needs the day from which it is in force; nothing else has one."))
        & require(not day or not before or day >= before, N_("This day is before that of an earlier version."))
    )  # fmt: skip


def _change(document: Document, version: Version, last: Stage | None, to: Stage) -> StageChange:
    return StageChange(
        document_id=document.id,
        kind=Kind(document.kind),
        version_id=version.id,
        number=version.number,
        last=last,
        to=to,
    )


def _show(session: Session, document: Document, version: Version, now: datetime) -> None:
    document.title, document.newest = dict(version.title), version.number
    subject = session.get_one(Subject, document.id)
    subject.title = document.title["ja"]
    subject.published_at = subject.published_at or now
    session.flush()
    mark_for_indexing(session, document.id, now)


def _note(session: Session, actor: Actor, fact: object, now: datetime) -> None:
    record(session, fact, actor=actor, subject_id=fact.document_id, now=now)  # type: ignore[arg-type, attr-defined]
