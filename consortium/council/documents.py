"""The vision and the rules of a council file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from consortium.council.located import Located
from participation.component import Registry
from participation.policy import Actor
from rules.documents.actions import create_document, open_version, publish
from rules.documents.models import AppliesTo, Kind, Section, Stage
from rules.documents.queries import document_by_slug
from rules.documents.writing import describe, write_sections

LONGEST = 20_000  # characters of a section
VISION = "vision"  # the address of the vision
FILE = Actor(name="council file", roles=frozenset({("secretariat", "platform", 0)}))


@dataclass(frozen=True)
class VersionEntry:
    stage: Stage
    note: dict[str, str]
    sections: tuple[dict[str, Any], ...]  # by the columns of a section
    effective: date | None = None


@dataclass(frozen=True)
class DocumentEntry:
    slug: str
    kind: Kind
    title: dict[str, str]
    applies_to: str | None
    versions: tuple[VersionEntry, ...]  # the oldest first


def read_documents(keys: Mapping[str, Located], rules: Sequence[Located]) -> tuple[DocumentEntry, ...]:
    """The vision, then the rules in their order. Raises FileError with line and key for what cannot be used."""
    vision = (_vision(keys["vision"]),) if "vision" in keys else ()
    return (*vision, *(_rule(entry) for entry in rules))


def load_documents(session: Session, entries: Sequence[DocumentEntry], registry: Registry, *, now: datetime) -> int:
    """Make and publish the documents that are not there; returns how many. One that is there stays as it is: its next
    version is written by the secretariat."""
    missing = [entry for entry in entries if document_by_slug(session, entry.slug) is None]
    for entry in missing:
        for place in range(len(entry.versions)):
            publish_entry(session, FILE, entry, place, registry, now=now)
    return len(missing)


def publish_entry(
    session: Session,
    actor: Actor,
    entry: DocumentEntry,
    place: int,
    registry: Registry,
    *,
    process_id: int | None = None,
    now: datetime,
) -> None:
    """One version of a document of the file; with the first one (`place` 0) the document comes to be."""
    version, slug = entry.versions[place], entry.slug
    if place:
        open_version(session, actor, slug, now=now)
    else:
        about = {"kind": entry.kind, "title": entry.title, "applies_to": entry.applies_to, "process_id": process_id}
        create_document(session, actor, slug=slug, **about, now=now)
    describe(session, actor, slug, title=entry.title, note=version.note, now=now)
    write_sections(session, actor, slug, [Section(**each) for each in version.sections], now=now)
    day = version.effective
    publish(session, actor, slug, stage=version.stage, registry=registry, in_force_from=day, now=now)


def _vision(found: Located) -> DocumentEntry:
    keys = found.mapping()
    earlier = tuple(_version(entry) for entry in (keys["earlier"].items() if "earlier" in keys else ()))
    title = found.need("title").translated()
    return DocumentEntry(VISION, Kind.VISION, title, None, (*earlier, _version(found)))


def _version(found: Located) -> VersionEntry:
    keys = found.mapping()
    return VersionEntry(
        stage=Stage(found.need("stage").one_of(*(Stage.OUTLINE, Stage.FIRST_DRAFT, Stage.DRAFT, Stage.ADOPTED))),
        note=keys["note"].translated(longest=LONGEST) if "note" in keys else {},
        sections=_sections(found.need("sections")),
    )


def _rule(found: Located) -> DocumentEntry:
    whom = found.need("applies_to").one_of(*AppliesTo)
    version = VersionEntry(
        stage=Stage.DRAFT,  # it comes into force by the calendar
        note={},
        sections=_sections(found.need("articles")),
        effective=found.need("effective").day(),
    )
    return DocumentEntry(found.key(), Kind.RULE, found.need("title").translated(), whom, (version,))


def _sections(found: Located) -> tuple[dict[str, Any], ...]:
    entries = found.items()
    keys = [entry.key() for entry in entries]
    if not entries or len(set(keys)) < len(keys):
        found.refuse("expected sections whose keys differ")
    return tuple(_section(entry, position) for position, entry in enumerate(entries))


def _section(found: Located, position: int) -> dict[str, Any]:
    keys = found.mapping()
    return {
        "key": found.key(),
        "position": position,
        "heading": found.need("heading").translated(),
        "body": found.need("body").translated(longest=LONGEST),
        "check": {name: each.plain for name, each in keys["check"].mapping().items()} if "check" in keys else None,
    }
