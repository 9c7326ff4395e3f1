"""Published posters as PDF files, A4 and A3, in each language of the product; made once, later, by the press."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.media import uploads
from participation.press import PrintedFile, Printing
from participation.settings import Settings
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get
from participation.web.templating import render_alone
from workshops.boards.models import Poster
from workshops.records.labels import PAPERS
from workshops.records.models import PosterFile
from workshops.records.queries import PosterView, poster
from workshops.records.reading import read_poster
from workshops.records.sheets import sheet

LOCALES = ("ja", "en")
HEADERS = {"content-security-policy": "default-src 'none'; sandbox", "cache-control": "public, max-age=86400"}


def next_printing(session: Session, settings: Settings) -> Printing | None:
    """The oldest public poster without files."""
    files = exists().where(PosterFile.poster_id == Poster.id)
    waiting = (
        select(Poster.id)
        .join(Subject, Subject.id == Poster.id)
        .where(Poster.removed_at.is_(None), Subject.published_at.is_not(None), Subject.hidden_at.is_(None), ~files)
        .order_by(Poster.id)
        .limit(1)
    )
    poster_id = session.scalar(waiting)
    view = poster(session, poster_id) if poster_id is not None else None
    if view is None:
        return None

    def keep(session: Session, files: Mapping[str, PrintedFile], now: datetime) -> None:
        now_there = poster(session, view.id)
        if now_there is None or now_there.picture != view.picture:
            return  # it changed while it was printed: the next turn prints it as it is now
        for name, file in files.items():
            paper, locale = name.split("-")
            values = {"poster_id": view.id, "paper": paper, "locale": locale, "name": file.name, "made_at": now}
            session.execute(insert_ignore(PosterFile, dialect_name(session)).values(**values))

    return Printing(f"poster {view.id}", _pages(settings, view), keep)


def _pages(settings: Settings, view: PosterView) -> dict[str, str]:
    """The sheets as HTML, by paper and language, with the picture in them."""
    picture = _embedded(settings, view.picture)
    return {
        f"{paper}-{locale}": render_alone(
            "workshops/records/paper.html", locale, view=sheet(view, settings.base_url, paper, picture)
        )
        for paper in PAPERS
        for locale in LOCALES
    }


def _embedded(settings: Settings, name: str) -> str:
    """A picture as an address that holds it (RFC 2397); "" where there is none."""
    path = uploads(settings) / name
    if not name or not path.is_file():
        return ""
    return f"data:image/webp;base64,{b64encode(path.read_bytes()).decode()}"


def printed(session: Session, view: PosterView, locale: str) -> Sequence[str]:
    """The sizes of paper for which there is a file."""
    rows = session.scalars(
        select(PosterFile.paper).where(PosterFile.poster_id == view.id, PosterFile.locale == locale)
    )
    return sorted(rows, reverse=True)


def show_pdf(ctx: Context) -> Response:
    view, paper, locale = read_poster(ctx), ctx.path["paper"], ctx.path["locale"]
    file = ctx.session.get(PosterFile, (view.id, paper, locale)) if view.visible else None
    path = uploads(ctx.settings) / file.name if file else None
    if path is None or not path.is_file():
        raise NotFound
    headers = {**HEADERS, "content-disposition": f'attachment; filename="poster-{view.id}-{paper}-{locale}.pdf"'}
    return Response(path.read_bytes(), media_type="application/pdf", headers=headers)


ROUTES = (get("/posters/{id:int}/pdf/{paper}/{locale}", show_pdf),)
