"""Every published version on paper: as a PDF in each language that it has, made once after it was published."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.media import uploads
from participation.press import PrintedFile, Printing
from participation.settings import Settings
from participation.web import Context, NotFound, Response, get
from participation.web.templating import render_alone
from rules.documents.models import Document, Kind, Stage, Version, VersionFile
from rules.documents.queries import published_version, sections_of
from rules.documents.reading import section_view, words
from rules.documents.stages import KINDS, LABELS

HEADERS = {"content-security-policy": "default-src 'none'; sandbox", "cache-control": "public, max-age=86400"}


def next_printing(session: Session, settings: Settings) -> Printing | None:
    """The oldest published version that has no file yet."""
    printed = exists().where(VersionFile.version_id == Version.id)
    waiting = (
        select(Version, Document)
        .join(Document, Document.id == Version.document_id)
        .where(Version.published_at.is_not(None), ~printed)
        .order_by(Version.published_at)
        .limit(1)
    )
    row = session.execute(waiting).first()
    if row is None:
        return None
    version, document = row
    version_id = version.id

    def keep(session: Session, files: Mapping[str, PrintedFile], now: datetime) -> None:
        for locale, file in files.items():
            values = {"version_id": version_id, "locale": locale, "name": file.name, "size": file.size, "made_at": now}
            session.execute(insert_ignore(VersionFile, dialect_name(session)).values(**values))

    return Printing(f"document version {version_id}", _pages(session, settings, document, version), keep)


def _pages(session: Session, settings: Settings, document: Document, version: Version) -> dict[str, str]:
    """The whole text as HTML, by language."""
    sections = sections_of(session, version.id)
    locales = [locale for locale in ("ja", "en") if locale == "ja" or any("en" in each.heading for each in sections)]
    pages = {}
    for locale in locales:
        about: dict[str, Any] = {
            "kind": KINDS[Kind(document.kind)],
            "stage": "" if document.kind == Kind.RULE else LABELS[Stage(version.stage)],
            "version": version,
            "title": words(version.title, locale),
            "note": words(version.note, locale),
            "url": f"{settings.base_url}/documents/{document.slug}/{version.number}",
        }
        views = [section_view(each, locale) for each in sections]
        pages[locale] = render_alone("rules/documents/print.html", locale, sections=views, **about)
    return pages


def where(session: Session, names: Sequence[str]) -> list[tuple[str, int]]:
    """(name, document id) of the files that are needed."""
    rows = session.execute(
        select(VersionFile.name, Version.document_id)
        .join(Version, Version.id == VersionFile.version_id)
        .where(VersionFile.name.in_(names))
    )
    return [(name, document_id) for name, document_id in rows]


def show_pdf(ctx: Context) -> Response:
    slug, number, locale = ctx.path["slug"], ctx.path["version"], ctx.path["locale"]
    found = published_version(ctx.session, slug, number)
    file = ctx.session.get(VersionFile, (found[1].id, locale)) if found else None
    path = uploads(ctx.settings) / file.name if file else None
    if path is None or not path.is_file():
        raise NotFound
    name = f"{slug}-{number}-{locale}.pdf"
    headers = {**HEADERS, "content-disposition": f'attachment; filename="{name}"'}
    return Response(path.read_bytes(), media_type="application/pdf", headers=headers)


ROUTES = (get("/documents/{slug}/{version:int}/pdf/{locale}", show_pdf),)
