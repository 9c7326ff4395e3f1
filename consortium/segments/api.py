"""Quarterly reports over the API."""

from functools import partial
from typing import Any

from consortium.segments import actions
from consortium.segments.forms import ReportForm, from_json, report_form
from consortium.segments.grid import grid_of
from consortium.segments.hiding import shown
from consortium.segments.pages import known_quarter
from consortium.segments.policy import REASON, may_report
from consortium.segments.queries import Report, Version, reports_of
from consortium.segments.writing import found
from consortium.services.pages import read
from participation.spaces.queries import places
from participation.web import Context, NotFound, Response, get, json_answer, put
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.listing import json_page


def index(ctx: Context) -> Response:
    """The quarters that were reported, the newest first, each as it stands now."""
    line = read(ctx).line
    reports = [report for report in reports_of(ctx.session, line.id) if report.versions]
    exact = bool(may_report(ctx.actor, line.owner_ids, line.visible))
    return json_page(ctx, reports, partial(_as_json, exact=exact))


def show(ctx: Context) -> Response:
    """One quarter with every version. Small groups have no numbers, but for those who report on the service."""
    line, quarter = read(ctx).line, known_quarter(ctx)
    report = next((each for each in reports_of(ctx.session, line.id) if each.quarter == quarter), None)
    if report is None or not report.versions:
        raise NotFound
    return _answer(report, exact=bool(may_report(ctx.actor, line.owner_ids, line.visible)))


def change(ctx: Context) -> Response:
    """Hand in the figures of a quarter -> 201, or correct them with `reason` -> 200."""
    line, quarter, report = found(ctx)
    grid = grid_of(places(ctx.session, ctx.locale), ctx._)
    kind = report_form(grid, ctx._)
    form = kind.read_json(from_json(grid, ctx.json, ctx._), ctx._)
    if report is not None and report.versions and form.ok and not form.values["reason"]:
        form.fail("reason", REASON)
    form.ensure()
    number = actions.hand_in(
        ctx.session, ctx.actor, line, quarter, form.figures(), form.values["reason"], now=ctx.now
    )
    ctx.session.flush()
    told = next(each for each in reports_of(ctx.session, line.id) if each.quarter == quarter)
    return _answer(told, exact=True, status=201 if number == 1 else 200)


def _answer(report: Report, *, exact: bool, status: int = 200) -> Response:
    earlier = [_version(version, exact) for version in report.versions[1:]]
    return json_answer({**_as_json(report, exact=exact), "earlier": earlier}, status=status)


def _as_json(report: Report, *, exact: bool) -> dict[str, Any]:
    return {"quarter": report.quarter.key, "state": report.state, **_version(report.newest, exact)}


def _version(version: Version, exact: bool) -> dict[str, Any]:
    figures = [
        {
            "dimension": each.dimension,
            "segment": each.segment,
            "users": each.users,
            "satisfaction": each.satisfaction,
            "hidden": each.hidden or None,
        }
        for each in (version.figures if exact else shown(version.figures))
    ]
    about = {"version": version.number, "reason": version.reason, "at": version.at.isoformat()}
    return {**about, "figures": figures}


FIGURE = record_of(
    dimension=TEXT, segment=TEXT, users=maybe(NUMBER), satisfaction=maybe({"type": "number"}), hidden=maybe(TEXT)
)
FIGURES: dict[str, Any] = {"type": "array", "items": FIGURE}
VERSION = {"version": NUMBER, "reason": TEXT, "at": MOMENT, "figures": FIGURES}
SHORT = {"quarter": TEXT, "state": TEXT, **VERSION}
REPORT = record_of(**SHORT, earlier={"type": "array", "items": record_of(**VERSION)})
GIVEN: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"dimension": TEXT, "segment": TEXT, "users": NUMBER, "satisfaction": {"type": "number"}},
        "required": ["dimension", "users"],
    },
}
ROUTES = (
    get("/api/v1/services/{slug}/reports", index, api=True, doc=Doc(list_of(record_of(**SHORT)), query=PAGES)),
    get("/api/v1/services/{slug}/reports/{quarter}", show, api=True, doc=Doc(REPORT)),
    put(
        "/api/v1/services/{slug}/reports/{quarter}",
        change,
        api=True,
        limit="report_figures",
        doc=Doc(REPORT, ReportForm, more_body={"figures": GIVEN}, signed_in=True),
    ),
)
