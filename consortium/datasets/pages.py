"""The list of datasets, its table, the page of a dataset with its history, and the part on the page of a service."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consortium.datasets.asking import SORTS, Asked, asked, facets, found
from consortium.datasets.forms import MOVES, DatasetForm
from consortium.datasets.labels import ACCESS, CYCLES, FORMATS, LICENCES
from consortium.datasets.models import TRANSITIONS
from consortium.datasets.policy import may_keep, may_offer_or_withdraw, may_read
from consortium.datasets.queries import (
    Line,
    Step,
    VersionView,
    dataset,
    dataset_slug,
    datasets_of,
    steps_of,
    versions_of,
)
from consortium.services.pages import whole_of
from consortium.services.queries import Line as ServiceLine
from consortium.services.queries import acting_of
from participation.policy import Verdict
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, fragment, get, page, redirect, subject_blocks, with_query
from participation.web.csv import csv_answer
from participation.web.facets import Facet, chips
from participation.web.paging import Pager, make_pager, read_paging

HEADS = (
    "title", "title_en", "service", "access", "format", "update_cycle", "licence", "file", "api", "contact", "from",
    "to", "living_areas", "owners", "url",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ListPage:
    asked: Asked
    items: Sequence[Line]
    pager: Pager
    facets: tuple[Facet, ...]
    chips: list[tuple[str, str]]
    sorts: list[tuple[str, str]]
    csv_url: str


@dataclass(frozen=True, kw_only=True)
class DatasetPage:
    line: Line
    steps: tuple[Step, ...]
    keepable: Verdict
    moves: tuple[tuple[str, str], ...]  # (state, word on the button) that are possible now


@dataclass(frozen=True)
class HistoryPage:
    line: Line
    versions: tuple[VersionView, ...]
    labels: dict[str, str]
    words: dict[str, str]  # for what was chosen from a list


@dataclass(frozen=True)
class OfService:
    """On the page of a service."""

    service: ServiceLine
    items: tuple[Line, ...]
    keepable: Verdict


def index(ctx: Context) -> Response:
    wanted, paging = asked(ctx), read_paging(ctx.query)
    lines, shown = found(ctx, wanted), facets(ctx, wanted)
    view = ListPage(
        asked=wanted,
        items=lines[paging.offset : paging.offset + paging.per_page],
        pager=make_pager(paging, len(lines)),
        facets=shown,
        chips=chips(ctx, "/datasets", wanted, shown),
        sorts=[(key, ctx._(label)) for key, label in SORTS.items()],
        csv_url="/datasets.csv" + with_query(ctx.query.multi_items(), page=None, lang=None),
    )
    if ctx.htmx:
        return fragment(ctx, "consortium/datasets/_list.html", view)
    return page(ctx, "consortium/datasets/index.html", view)


def table(ctx: Context) -> Response:
    base, locale = ctx.settings.base_url, ctx.locale
    return csv_answer("datasets", HEADS, (_row(base, locale, line) for line in found(ctx, asked(ctx))))


def _row(base: str, locale: str, line: Line) -> tuple[object, ...]:
    areas = " / ".join(area.name.to(locale) for area in line.areas)
    owners = " / ".join(owner.name.to(locale) for owner in line.service.owners)
    return (
        line.title.get("ja", ""),
        line.title.get("en", ""),
        line.service.name.to(locale),
        line.access,
        line.format,
        line.cycle,
        line.licence,
        line.download_url,
        line.api_url,
        line.contact,
        line.covers_from,
        line.covers_to,
        areas,
        owners,
        base + line.path,
    )


def show(ctx: Context) -> Response:
    line = read(ctx)
    about = (ctx.actor, acting_of(ctx.session, ctx.actor, ctx.now), line.service.owner_ids)
    view = DatasetPage(
        line=line,
        steps=steps_of(ctx.session, line.id),
        keepable=may_keep(*about),
        moves=tuple(
            (str(to), ctx._(MOVES[to]))
            for to in TRANSITIONS[line.state]
            if may_offer_or_withdraw(*about, line.state, to, line.service.visible)
        ),
    )
    subject = ctx.session.get_one(Subject, line.id)
    return page(ctx, "consortium/datasets/show.html", view, blocks=subject_blocks(ctx, subject))


def history(ctx: Context) -> Response:
    line = read(ctx)
    labels = {name: ctx._(field.label) for name, field in DatasetForm.fields.items()}
    words = {str(key): ctx._(label) for each in (ACCESS, FORMATS, CYCLES, LICENCES) for key, label in each.items()}
    view = HistoryPage(line, versions_of(ctx.session, line.id), labels, words)
    return page(ctx, "consortium/datasets/history.html", view)


def by_id(ctx: Context) -> Response:
    slug = dataset_slug(ctx.session, ctx.path["id"])
    if slug is None:
        raise NotFound
    return redirect(ctx, f"/datasets/{slug}")


def service_block(ctx: Context, subject: Any) -> OfService | None:
    """The datasets of a service, on its page; nothing where there is none to see or to enter."""
    if subject.kind != "service":
        return None
    view = whole_of(ctx)
    if view is None:
        return None
    may = may_keep(ctx.actor, acting_of(ctx.session, ctx.actor, ctx.now), view.line.owner_ids)
    key = ("datasets of", view.line.id, bool(may))
    items = ctx.recall(key, lambda: datasets_of(ctx.session, view.line, drafts=bool(may)))
    return OfService(view.line, items, may) if items or may else None


def read(ctx: Context) -> Line:
    """The dataset of the address, if this reader may read it.

    Raises:
        NotFound: there is none, or it is a draft of others.
    """
    line = dataset(ctx.session, ctx.path["slug"])
    visible = line is not None and line.visible and line.service.visible
    if line is None or not may_read(ctx.actor, line.service.owner_ids, visible):
        raise NotFound
    return line


ROUTES = (
    get("/datasets", index, cached=True),
    get("/datasets.csv", table, limit="services_table"),
    get("/datasets/by-id/{id:int}", by_id),
    get("/datasets/{slug}", show, cached=True),
    get("/datasets/{slug}/history", history),
)
