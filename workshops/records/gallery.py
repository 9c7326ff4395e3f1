"""All public posters, whatever workshop they come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from participation.db import Localized
from participation.subjects import Subject
from participation.web import Context, Response, fragment, get, page, with_query
from participation.web.fields import clean
from participation.web.i18n import ZONE
from participation.web.paging import Pager, make_pager, read_paging
from workshops.boards.models import Poster, Team
from workshops.models import State, Workshop
from workshops.records.port import Became, Key, became
from workshops.records.queries import PosterView, posters

LONGEST, PER_PAGE = 100, 12
WORDS = (Poster.concept, Poster.for_whom, Poster.problem, Poster.big_idea, Poster.how)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what cannot be used falls back instead of failing."""

    q: str
    workshop: str
    year: str


@dataclass(frozen=True, kw_only=True)
class GalleryPage:
    posters: tuple[PosterView, ...]
    became: Mapping[Key, Sequence[Became]]
    pager: Pager
    asked: Asked
    workshops: tuple[tuple[str, str], ...]
    years: tuple[str, ...]
    chips: list[tuple[str, str]]


def index(ctx: Context) -> Response:
    view = gallery(ctx)
    template = "workshops/records/_gallery.html" if ctx.htmx else "workshops/records/gallery.html"
    return fragment(ctx, template, view) if ctx.htmx else page(ctx, template, view)


def gallery(ctx: Context) -> GalleryPage:
    """Four queries, however many posters there are."""
    known = _workshops(ctx)
    asked, paging = _asked(ctx, known), read_paging(ctx.query, PER_PAGE)
    shown, total = found(ctx, asked, known, offset=paging.offset, limit=paging.per_page)
    titles = tuple((slug, title.to(ctx.locale)) for _, slug, title, _ in known)
    return GalleryPage(
        posters=shown,
        became=became(ctx, [each.id for each in shown]),
        pager=make_pager(paging, total),
        asked=asked,
        workshops=titles,
        years=tuple(sorted({str(_year(at)) for *_, at in known if at}, reverse=True)),
        chips=_chips(ctx, asked, dict(titles)),
    )


def found(
    ctx: Context, asked: Asked, known: Sequence[Any], *, offset: int, limit: int
) -> tuple[tuple[PosterView, ...], int]:
    """A page of the posters that fit, the newest workshop first, and how many there are. Two queries."""
    ids = [
        number
        for number, slug, _, at in known
        if asked.workshop in ("", slug) and (not asked.year or (at and str(_year(at)) == asked.year))
    ]
    wanted = [
        Workshop.id.in_(ids),
        Subject.published_at.is_not(None),
        Subject.hidden_at.is_(None),
        *(or_(*(column.icontains(word, autoescape=True) for column in WORDS)) for word in asked.q.split()[:8]),
    ]
    counting = select(func.count()).select_from(Poster).join(Subject, Subject.id == Poster.id)
    counting = counting.join(Team, Team.id == Poster.team_id).join(Workshop, Workshop.id == Team.workshop_id)
    total = ctx.session.scalar(counting.where(Poster.removed_at.is_(None), *wanted)) or 0
    order = (Workshop.starts_at.desc(), Workshop.id.desc(), Team.position, Poster.position, Poster.id)
    return posters(ctx.session, *wanted, order=order, offset=offset, limit=limit), total


def _workshops(ctx: Context) -> Sequence[tuple[int, str, Localized, datetime | None]]:
    """The workshops with a public record, the newest first. One query."""
    rows = ctx.session.execute(
        select(Workshop.id, Workshop.slug, Workshop.title, Workshop.starts_at)
        .join(Subject, Subject.id == Workshop.id)
        .where(Workshop.state == State.PUBLISHED, Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
        .order_by(Workshop.starts_at.desc(), Workshop.id.desc())
    )
    return [tuple(row) for row in rows]


def _asked(ctx: Context, known: Sequence[Any]) -> Asked:
    query = ctx.query
    slugs, years = {slug for _, slug, *_ in known}, {str(_year(at)) for *_, at in known if at}
    workshop, year = query.get("workshop", ""), query.get("year", "")
    return Asked(
        q=clean(query.get("q", ""))[:LONGEST],
        workshop=workshop if workshop in slugs else "",
        year=year if year in years else "",
    )


def _chips(ctx: Context, asked: Asked, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """(label, address without it) of each chosen filter."""
    labels = {"q": f"“{asked.q}”", "workshop": titles.get(asked.workshop, ""), "year": asked.year}
    given = ctx.query.multi_items()
    return [
        (label, "/posters" + with_query(given, **{name: None, "page": None}))
        for name, label in labels.items()
        if getattr(asked, name)
    ]


def _year(at: datetime) -> int:
    return at.astimezone(ZONE).year


ROUTES = (get("/posters", index, cached=True),)
