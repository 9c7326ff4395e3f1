"""The certificate on paper: a PDF in each language, made later in the press, with the QR code of its address."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.media import uploads
from participation.organisations.models import Organisation
from participation.press import PrintedFile, Printing
from participation.qr import draw_qr
from participation.settings import Settings
from participation.web import Context, NotFound, Response, get
from participation.web.templating import render_alone
from rules.documents.models import Version
from rules.documents.queries import sections_of
from rules.documents.reading import words
from rules.signing.certificates import LEVELS, headings_of, level_of, plain
from rules.signing.forms import AUTHORITIES
from rules.signing.models import CertificateFile, Signature

LOCALES = ("ja", "en")
HEADERS = {"content-security-policy": "default-src 'none'; sandbox", "cache-control": "public, max-age=86400"}


def next_printing(session: Session, settings: Settings) -> Printing | None:
    """The oldest signature without a printed certificate."""
    printed = exists().where(CertificateFile.signature_id == Signature.id)
    row = session.scalars(select(Signature).where(~printed).order_by(Signature.id).limit(1)).first()
    if row is None:
        return None
    signature_id = row.id

    def keep(session: Session, files: Mapping[str, PrintedFile], now: datetime) -> None:
        for locale, file in files.items():
            values = {"signature_id": signature_id, "locale": locale, "name": file.name, "made_at": now}
            session.execute(insert_ignore(CertificateFile, dialect_name(session)).values(**values))

    return Printing(f"certificate {row.code}", _pages(session, settings, row), keep)


def _pages(session: Session, settings: Settings, row: Signature) -> dict[str, str]:
    version = session.get_one(Version, row.version_id)
    party = session.get_one(Organisation, row.organisation_id)
    url = f"{settings.base_url}/certificates/{row.code}"
    side, path = draw_qr(url)
    about: dict[str, Any] = {"row": row, "version": version, "url": url, "side": side, "path": path}
    about |= {"authority": AUTHORITIES[row.authority], "level": LEVELS[level_of(row)], "party": party}
    sections = sections_of(session, version.id)
    return {
        locale: render_alone(
            "rules/signing/print.html",
            locale,
            title=words(version.title, locale),
            headings=headings_of(row, sections, locale),
            **about,
        )
        for locale in LOCALES
    }


def where(session: Session, names: Sequence[str]) -> list[tuple[str, int]]:
    """(name, organisation id) of the files that are needed."""
    rows = session.execute(
        select(CertificateFile.name, Signature.organisation_id)
        .join(Signature, Signature.id == CertificateFile.signature_id)
        .where(CertificateFile.name.in_(names))
    )
    return [(name, organisation_id) for name, organisation_id in rows]


def show_pdf(ctx: Context) -> Response:
    code, locale = plain(ctx.path["code"]), ctx.path["locale"]
    name = ctx.session.scalar(
        select(CertificateFile.name)
        .join(Signature, Signature.id == CertificateFile.signature_id)
        .where(Signature.code == code, CertificateFile.locale == locale)
    )
    path = uploads(ctx.settings) / name if name else None
    if path is None or not path.is_file():
        raise NotFound
    headers = {**HEADERS, "content-disposition": f'attachment; filename="certificate-{code}-{locale}.pdf"'}
    return Response(path.read_bytes(), media_type="application/pdf", headers=headers)


ROUTES = (get("/certificates/{code}/pdf/{locale}", show_pdf),)
