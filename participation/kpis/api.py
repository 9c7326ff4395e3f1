"""KPIs over the API."""

from functools import partial
from typing import Any

from participation.kpis.actions import enter_measurement
from participation.kpis.forms import MeasurementForm
from participation.kpis.measuring import known_kpi, read_measurement
from participation.kpis.numbers import plain
from participation.kpis.pages import found
from participation.kpis.policy import may_keep, may_measure
from participation.kpis.queries import KpiView, kpis
from participation.kpis.standing import Line, Year
from participation.policy import ensure
from participation.web import Context, Response, get, json_answer, post
from participation.web.describing import FLAG, MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.listing import json_page

REAL = {"type": "number"}
LINE = record_of(
    part=TEXT,
    target=maybe(REAL),
    target_high=maybe(REAL),
    actual=maybe(REAL),
    counted=maybe(REAL),
    kept=maybe(FLAG),
    citation=maybe(TEXT),
    url=maybe(TEXT),
    entered_at=maybe(MOMENT),
)
KPI = record_of(
    id=NUMBER,
    key=TEXT,
    url=TEXT,
    name=TEXT,
    names={"type": "object"},
    unit=TEXT,
    kind=TEXT,
    comparator=TEXT,
    cumulative_years=maybe(NUMBER),
    calendar=TEXT,
    computed_from=maybe(TEXT),
    baseline_year=maybe(NUMBER),
    baseline={"type": "object"},
    state=TEXT,
    years={"type": "array", "items": record_of(year=NUMBER, state=TEXT, running=FLAG,
                                               parts={"type": "array", "items": LINE})},
)  # fmt: skip
MEASUREMENT = record_of(
    year=NUMBER, part=TEXT, value=REAL, number=NUMBER, citation=TEXT, url=TEXT, note=TEXT, at=MOMENT
)


def index(ctx: Context) -> Response:
    """All KPIs with targets, figures and verdicts by year."""
    views = kpis(ctx.session, ctx.services.registry, ctx.now)
    return json_page(ctx, views, partial(as_json, ctx))


def show(ctx: Context) -> Response:
    """One KPI with targets, figures and verdicts by year."""
    return json_answer(as_json(ctx, found(ctx)))


def measure(ctx: Context) -> Response:
    """Enter the figure of a year with its source, or correct it with a reason -> 201."""
    ensure(may_keep(ctx.actor))
    kpi = known_kpi(ctx)
    ensure(may_measure(ctx.actor, kpi))
    form = read_measurement(ctx, kpi, ctx.json, json=True)
    row = enter_measurement(ctx.session, ctx.actor, kpi, form.reading(), now=ctx.now)
    body = {name: getattr(row, name) for name in ("year", "part", "number", "citation", "url", "note")}
    return json_answer({**body, "value": plain(row.value), "at": row.at.isoformat()}, status=201)


def as_json(ctx: Context, view: KpiView) -> dict[str, Any]:
    return {
        "id": view.id,
        "key": view.key,
        "url": ctx.settings.base_url + view.path,
        "name": view.name.to(ctx.locale),
        "names": dict(view.name),
        "unit": view.unit.to(ctx.locale),
        "kind": view.kind,
        "comparator": view.comparator,
        "cumulative_years": view.cumulative_years,
        "calendar": view.calendar,
        "computed_from": view.source or None,
        "baseline_year": view.baseline_year,
        "baseline": {part: plain(value) for part, value in view.terms.baseline.items()},
        "state": view.outcome,
        "years": [_year(year) for year in view.years],
    }


def _year(year: Year) -> dict[str, Any]:
    parts = [_line(line) for line in year.lines]
    return {"year": year.year, "state": year.outcome, "running": year.running, "parts": parts}


def _line(line: Line) -> dict[str, Any]:
    aim, origin = line.aim, line.origin
    return {
        "part": line.part,
        "target": plain(aim.value) if aim else None,
        "target_high": plain(aim.high) if aim else None,
        "actual": plain(line.actual),
        "counted": plain(line.counted),
        "kept": line.kept,
        "citation": origin.citation if origin else None,
        "url": origin.url if origin else None,
        "entered_at": origin.at.isoformat() if origin else None,
    }


ROUTES = (
    get("/api/v1/kpis", index, api=True, doc=Doc(list_of(KPI), query=PAGES)),
    get("/api/v1/kpis/{key}", show, api=True, doc=Doc(KPI)),
    post(
        "/api/v1/kpis/{key}/measurements",
        measure,
        api=True,
        limit="measure",
        doc=Doc(MEASUREMENT, MeasurementForm, status=201, signed_in=True),
    ),
)
