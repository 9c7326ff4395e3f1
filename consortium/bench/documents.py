"""Two long versions of one document, as large as a city's whole plan, and how long the first reader of their
comparison waits."""

import time
import urllib.request
from random import Random

from sqlalchemy.orm import Session

from consortium.bench.servers import Server
from consortium.bench.words import Writer, writers
from consortium.council.documents import FILE, DocumentEntry, VersionEntry, publish_entry
from participation.services import Services
from rules.documents.models import Kind, Stage
from rules.documents.queries import document_by_slug

SLUG = "bench-comparison"
SECTIONS, CHARACTERS, CHANGES = 200, 1_000, 3  # changes in each section


def make_long_document(services: Services) -> None:
    """The document whose versions are compared, unless it is there from an earlier run."""
    entry, now = _entry(), services.clock()

    def write(session: Session) -> None:
        if document_by_slug(session, SLUG) is None:
            for place in range(len(entry.versions)):
                publish_entry(session, FILE, entry, place, services.registry, now=now)

    services.db.write(write)


def milliseconds_to_compare(server: Server) -> float:
    """Of the first comparison of these texts: a version held against itself before has only loaded the templates."""
    address = f"http://127.0.0.1:{server.port}/documents/{SLUG}/compare"
    _read(f"{address}?from=1&to=1")
    began = time.perf_counter()
    _read(f"{address}?from=1&to=2")
    return round((time.perf_counter() - began) * 1000, 1)


def _read(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        answer.read()


def _entry() -> DocumentEntry:
    random = Random(13)
    writer = writers(random)["ja"]
    before = [_text(writer) for _ in range(SECTIONS)]
    versions = tuple(
        VersionEntry(stage=stage, note={}, sections=tuple(_section(place, text) for place, text in enumerate(texts)))
        for stage, texts in (
            (Stage.FIRST_DRAFT, before),
            (Stage.DRAFT, [_reworded(text, writer, random) for text in before]),
        )
    )
    return DocumentEntry(SLUG, Kind.PLAN, {"ja": writer.title()}, None, versions)


def _text(writer: Writer) -> str:
    text = ""
    while len(text) < CHARACTERS:
        text += writer.text(1)
    return text


def _reworded(text: str, writer: Writer, random: Random) -> str:
    for _ in range(CHANGES):
        at = random.randrange(len(text))
        text = text[:at] + writer.words(1) + text[at + 8 :]
    return text


def _section(place: int, text: str) -> dict[str, object]:
    return {"key": f"s{place + 1}", "position": place, "heading": {"ja": text[:20]}, "body": {"ja": text}, "check": {}}
