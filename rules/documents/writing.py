"""Changing the text of a working version, section by section. A frozen one refuses, here and in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.policy import N_, Actor, Refused, Verdict, ensure, require
from participation.web.errors import Conflict, NotFound
from rules.documents import policy
from rules.documents.actions import Held, hold
from rules.documents.canonical import whole
from rules.documents.models import Kind, Section, Version
from rules.documents.queries import sections_of

CHANGED_MEANWHILE = N_("Somebody else changed this section meanwhile. Your words are kept here; theirs stand below.")

TOO_MANY = N_("A version holds up to 500 sections.")


def describe(
    session: Session, actor: Actor, slug: str, *, title: Mapping[str, str], note: Mapping[str, str], now: datetime
) -> None:
    """The title of the working version, and what changed against the one before."""
    version = _open(session, actor, slug, now).working
    assert version is not None  # so says `_open`
    version.title, version.note = dict(title), dict(note)
    session.flush()


def add_section(
    session: Session,
    actor: Actor,
    slug: str,
    *,
    heading: Mapping[str, str],
    body: Mapping[str, str] | None = None,
    key: str = "",
    check: Mapping[str, Any] | None = None,
    after: str | None = None,
    now: datetime,
) -> str:
    """A section behind the one with the key `after`, else at the end; returns its key.

    A key is never given twice in the life of a document: links and opinions find the same section in every version.
    """
    held = _open(session, actor, slug, now)
    version = _version(held)
    sections = list(sections_of(session, version.id))
    ensure(require(len(sections) < policy.MOST_SECTIONS, TOO_MANY))
    at = next((place for place, each in enumerate(sections, 1) if each.key == after), len(sections))
    for place, each in enumerate(sections):
        each.position = place if place < at else place + 1
    key = key or _free_key(session, held)
    ensure(require(key not in {each.key for each in sections}, N_("There is a section with this key already.")))
    checked = whole(dict(check)) if check else None
    row = {"heading": dict(heading), "body": dict(body or {}), "check": checked, "editor_id": actor.id}
    session.add(Section(version_id=version.id, key=key, position=at, **row))
    session.flush()
    return key


def save_section(
    session: Session,
    actor: Actor,
    slug: str,
    key: str,
    *,
    heading: Mapping[str, str],
    body: Mapping[str, str],
    seen: int,
    check: Mapping[str, Any] | None | Literal["as it is"] = "as it is",
    now: datetime,
) -> int:
    """Keep what was typed; returns the section's new revision.

    `seen` is the revision that the writer began from.

    Raises:
        Conflict: somebody else saved another text since.
    """
    section = _section(session, _version(_open(session, actor, slug, now)), key)
    if section.revision != seen and section.editor_id != actor.id:
        raise Conflict(CHANGED_MEANWHILE)
    section.heading, section.body = dict(heading), dict(body)
    if check != "as it is":
        section.check = whole(dict(check)) if check else None
    section.revision, section.editor_id = section.revision + 1, actor.id
    session.flush()
    return section.revision


def remove_section(session: Session, actor: Actor, slug: str, key: str, *, now: datetime) -> None:
    """Out of this version; earlier ones keep theirs."""
    session.delete(_section(session, _version(_open(session, actor, slug, now)), key))
    session.flush()


def move_section(session: Session, actor: Actor, slug: str, key: str, by: int, *, now: datetime) -> None:
    """One place up (-1) or down (+1); at the end of the row nothing moves."""
    sections = list(sections_of(session, _version(_open(session, actor, slug, now)).id))
    place = next((place for place, each in enumerate(sections) if each.key == key), None)
    if place is None:
        raise NotFound
    other = min(max(place + by, 0), len(sections) - 1)
    sections[place], sections[other] = sections[other], sections[place]
    for position, each in enumerate(sections):
        each.position = position
    session.flush()


def write_sections(session: Session, actor: Actor, slug: str, sections: Sequence[Section], *, now: datetime) -> None:
    """The whole text at once, from a source that names its own keys; `sections` are new rows without a version."""
    version = _version(_open(session, actor, slug, now))
    ensure(require(len(sections) <= policy.MOST_SECTIONS, TOO_MANY))
    session.execute(delete(Section).where(Section.version_id == version.id))
    for section in sections:
        section.version_id, section.check = version.id, whole(section.check)
    session.add_all(sections)
    session.flush()


def put_sections(
    session: Session,
    actor: Actor,
    slug: str,
    sections: Sequence[tuple[str, str]],
    *,
    locale: str,
    replace: bool,
    now: datetime,
) -> int:
    """Take over an imported text: (heading, body) in order; returns how many there were.

    With `replace` the file is the whole text: a section with the same heading keeps its key and its words in other
    languages, what the file has not is taken out. Without, everything is added at the end.
    """
    held = _open(session, actor, slug, now)
    version = _version(held)
    before = list(sections_of(session, version.id))
    kept = [] if replace else before
    ensure(require(len(kept) + len(sections) <= policy.MOST_SECTIONS, TOO_MANY))
    known = {each.heading.get(locale, ""): each for each in before} if replace else {}
    used: list[Section] = list(kept)
    for heading, body in sections:
        section = known.pop(heading, None)
        if section is None:
            section = Section(version_id=version.id, key=_free_key(session, held), position=0, heading={}, body={})
            session.add(section)
        section.heading = {**section.heading, **_original(heading, locale)}
        section.body = {**section.body, **_original(body, locale)}
        section.revision, section.editor_id = (section.revision or 0) + 1, actor.id
        used.append(section)
        session.flush()
    gone = {each.id for each in before} - {each.id for each in used}
    session.execute(delete(Section).where(Section.id.in_(gone)))
    for position, section in enumerate(used):
        section.position = position
    session.flush()
    return len(sections)


def _original(text: str, locale: str) -> dict[str, str]:
    """Japanese is the original; a text that comes in English only stands for it until it is translated."""
    return {locale: text} if text else {}


def _open(session: Session, actor: Actor, slug: str, now: datetime) -> Held:
    """The document, locked, with a working version that the actor may change."""
    held = hold(session, slug)
    ensure(policy.may_change(actor, held.working))
    _version(held).updated_at = now
    return held


def _version(held: Held) -> Version:
    if held.working is None:
        raise Refused(Verdict("conflict", N_("A published version stays as it is. Begin the next version.")))
    return held.working


def _section(session: Session, version: Version, key: str) -> Section:
    wanted = select(Section).where(Section.version_id == version.id, Section.key == key)
    section = session.scalar(wanted.execution_options(populate_existing=True))
    if section is None:
        raise NotFound
    return section


def _free_key(session: Session, held: Held) -> str:
    """The next number that no version of this document has used."""
    start = "a" if held.document.kind == Kind.RULE else "s"
    ids = [version.id for version in held.versions]
    used = {key[1:] for key in session.scalars(select(Section.key).where(Section.version_id.in_(ids)))
            if key[:1] == start and key[1:].isdigit()}  # fmt: skip
    return f"{start}{max((int(number) for number in used), default=0) + 1}"
