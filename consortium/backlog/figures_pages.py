"""Figures of how voices are dealt with, for a service and for the city, each with the list behind it."""

from dataclasses import dataclass
from typing import Any

from consortium.backlog.figures import (
    BacklogFigures,
    ReleaseRecord,
    ServiceFigures,
    VoiceRecord,
    answers_to,
    by_service,
    count,
    release_records,
    voice_records,
)
from consortium.services.pages import read
from consortium.services.queries import Line
from consortium.voices.labels import LABELS, PATHS
from participation.web import Context, Response, get, json_answer, page
from participation.web.csv import csv_answer
from participation.web.describing import NUMBER, Doc, maybe, record_of
from participation.web.paging import Pager, make_pager, read_paging

VOICE_HEADS = ("id", "kind", "said", "answered", "days", "words", "url")
RELEASE_HEADS = ("id", "title", "asked_for", "released", "days", "helped_yes", "helped_no", "helped_unsure", "url")
NEWEST = 20  # releases on the page
CITY_HEADS = ("service", "name", "voices", "answered", "share_percent", "median_days_to_answer", "releases",
              "median_days_to_release", "helped_yes", "helped_no", "helped_unsure")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FiguresPage:
    service: Line
    figures: BacklogFigures
    voices: tuple[VoiceRecord, ...]
    answers: dict[int, tuple[str, int | None]]
    labels: dict[str, str]
    paths: dict[str, str]
    releases: tuple[ReleaseRecord, ...]  # the newest; the table holds all
    pager: Pager
    path: str


@dataclass(frozen=True)
class CityPage:
    services: tuple[ServiceFigures, ...]
    city: BacklogFigures


def of_service(ctx: Context) -> Response:
    line, paging = read(ctx).line, read_paging(ctx.query)
    voices, releases = voice_records(ctx.session, [line.id]), release_records(ctx.session, [line.id])
    some = voices[paging.offset : paging.offset + paging.per_page]
    shown = FiguresPage(
        service=line,
        figures=count(voices, releases),
        voices=some,
        answers=answers_to(ctx.session, line.id, [record.source_id for record in some]),
        labels={kind: ctx._(label) for kind, label in LABELS.items()},
        paths=PATHS,
        releases=releases[:NEWEST],
        pager=make_pager(paging, len(voices)),
        path=f"{line.path}/backlog",
    )
    return page(ctx, "consortium/backlog/figures.html", shown)


def voices_table(ctx: Context) -> Response:
    line, base = read(ctx).line, ctx.settings.base_url
    rows = (
        (each.source_id, each.kind, each.said_at, each.answered_at, each.days, each.words,
         base + PATHS[each.kind].format(each.source_id))
        for each in voice_records(ctx.session, [line.id])
    )  # fmt: skip
    return csv_answer(f"voices-{line.slug}", VOICE_HEADS, rows)


def releases_table(ctx: Context) -> Response:
    line, base = read(ctx).line, ctx.settings.base_url
    rows = (
        (each.item_id, each.title, each.asked_at, each.released_at, each.days, each.yes, each.no, each.unsure,
         f"{base}/backlog/{each.item_id}")
        for each in release_records(ctx.session, [line.id])
    )  # fmt: skip
    return csv_answer(f"releases-{line.slug}", RELEASE_HEADS, rows)


def of_city(ctx: Context) -> Response:
    return page(ctx, "consortium/backlog/city.html", CityPage(*by_service(ctx.session)))


def city_table(ctx: Context) -> Response:
    services, _ = by_service(ctx.session)
    rows = ((each.slug, each.name.to(ctx.locale), *_cells(each.figures)) for each in services)
    return csv_answer("improvements", CITY_HEADS, rows)


def service_figures(ctx: Context) -> Response:
    """How a service deals with voices: share answered, median days to the first answer and to a release."""
    line = read(ctx).line
    return json_answer(_as_json(count(voice_records(ctx.session, [line.id]), release_records(ctx.session, [line.id]))))


def city_figures(ctx: Context) -> Response:
    """How the city deals with voices to its services, over all services of the catalogue."""
    return json_answer(_as_json(by_service(ctx.session)[1]))


def _cells(found: BacklogFigures) -> tuple[Any, ...]:
    voices = (found.voices, found.answered, found.share, found.answer_days)
    return (*voices, found.releases, found.release_days, found.yes, found.no, found.unsure)


def _as_json(found: BacklogFigures) -> dict[str, Any]:
    return dict(zip(FIELDS, _cells(found), strict=True))


FIELDS = CITY_HEADS[2:]
FIGURE = {"type": "number"}
FIGURES = record_of(
    voices=NUMBER,
    answered=NUMBER,
    share_percent=maybe(NUMBER),
    median_days_to_answer=maybe(FIGURE),
    releases=NUMBER,
    median_days_to_release=maybe(FIGURE),
    helped_yes=NUMBER,
    helped_no=NUMBER,
    helped_unsure=NUMBER,
)
ROUTES = (
    get("/backlog", of_city, cached=True),
    get("/backlog.csv", city_table, limit="services_table"),
    get("/services/{slug}/backlog/figures", of_service, cached=True),
    get("/services/{slug}/backlog/voices.csv", voices_table, limit="services_table"),
    get("/services/{slug}/backlog/releases.csv", releases_table, limit="services_table"),
    get("/api/v1/backlog/figures", city_figures, api=True, doc=Doc(FIGURES)),
    get("/api/v1/services/{slug}/backlog/figures", service_figures, api=True, doc=Doc(FIGURES)),
)
