"""KPIs as tables for spreadsheet programs: all figures, and the records behind a computed one."""

from collections.abc import Iterator
from typing import Any

from participation.kpis.numbers import plain
from participation.kpis.pages import found
from participation.kpis.queries import KpiView, kpi, kpis, moments_of
from participation.kpis.standing import Line, Year
from participation.web import Context, NotFound, Response, get
from participation.web.csv import csv_answer

HEADS = (
    "key", "name", "unit", "kind", "comparator", "calendar", "year", "part", "target", "target_high", "actual",
    "counted", "kept", "state_of_year", "so_far", "source", "citation", "url", "entered_at",
)  # fmt: skip


def table(ctx: Context) -> Response:
    """All KPIs: a row for each year and part that has a target or a figure."""
    views = kpis(ctx.session, ctx.services.registry, ctx.now)
    return csv_answer("kpis", HEADS, (row for view in views for row in _rows(view, ctx.locale)))


def one_table(ctx: Context) -> Response:
    view = found(ctx)
    return csv_answer(view.key, HEADS, _rows(view, ctx.locale))


def records(ctx: Context) -> Response:
    """What a computed figure was made of, at the end of the year (of the running one, now)."""
    view = kpi(ctx.session, ctx.services.registry, ctx.now, ctx.path["key"])
    text = ctx.query.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    known = view.year(year) if view is not None else None
    if view is None or view.figure is None or known is None or not known.known:
        raise NotFound
    moment = moments_of(view.calendar, year, ctx.now)[year]
    return csv_answer(f"{view.key}-{year}", view.figure.heads, view.figure.records(ctx.session, moment))


def _rows(view: KpiView, locale: str) -> Iterator[tuple[Any, ...]]:
    about = (view.key, view.name.to(locale), view.unit.to(locale), view.kind, view.comparator, view.calendar)
    for year in view.years:
        for line in year.lines:
            yield (*about, *_figures(view, year, line, locale))


def _figures(view: KpiView, year: Year, line: Line, locale: str) -> tuple[Any, ...]:
    aim, origin = line.aim, line.origin
    return (
        year.year,
        view.part_name(line.part, locale),
        plain(aim.value if aim else None),
        plain(aim.high if aim else None),
        plain(line.actual),
        plain(line.counted),
        "" if line.kept is None else "yes" if line.kept else "no",
        year.outcome,
        "yes" if year.running and line.actual is not None else "",
        f"computed: {view.source}" if view.source else "entered",
        origin.citation if origin else "",
        origin.url if origin else "",
        origin.at if origin else None,
    )


ROUTES = (
    get("/kpis.csv", table, limit="kpis_table"),
    get("/kpis/{key}/table.csv", one_table, limit="kpis_table"),
    get("/kpis/{key}/records.csv", records, limit="kpis_table"),
)
