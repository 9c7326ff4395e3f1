"""Pilots and reports as the API answers them."""

from typing import Any

from consortium.pilots.queries import Line
from consortium.pilots.whole import ReportView, Whole
from participation.web import Context
from participation.web.describing import FLAG, MOMENT, NUMBER, PAGES, TEXT, maybe, record_of

DAY: dict[str, Any] = {"type": "string", "format": "date"}
DECIMAL: dict[str, Any] = {"type": "number"}


def as_json(ctx: Context, line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "url": ctx.settings.base_url + line.path,
        "title": line.title,
        "language": line.locale,
        "summary": line.summary,
        "state": line.state,
        "field": line.field.key if line.field else None,
        "working_group": line.group.slug if line.group else None,
        "organisation": line.lead.slug,
        "living_areas": [area.key for area in line.areas],
        "place": line.place,
        "lat": line.lat,
        "lng": line.lng,
        "starts_on": line.starts_on.isoformat() if line.starts_on else None,
        "ends_on": line.ends_on.isoformat() if line.ends_on else None,
        "next_report": line.next_report.isoformat() if line.next_report else None,
        "published_at": line.published_at.isoformat() if line.published_at else None,
    }


def in_full(ctx: Context, view: Whole) -> dict[str, Any]:
    row = view.row
    plan = ("release_plan", "exit_plan", "operation", "cost_bearer", "support_contact", "access")
    return {
        **as_json(ctx, view.line),
        "body": row.body,
        "partners": [
            {"member": each.organisation.slug if each.organisation else None, "name": each.name, "role": each.role}
            for each in view.partners
        ],
        "data": [
            {"category": each.category, "reason": each.reason, "purpose": each.purpose_key or None}
            for each in view.data
        ],
        "kpis": [
            {"name": each.name, "unit": each.unit, "baseline": each.baseline, "target": each.target}
            for each in view.kpis
        ],
        "milestones": [
            {"title": m.title, "due": m.due.isoformat(), "reached_at": m.done_at.isoformat() if m.done_at else None}
            for m in view.milestones
        ],
        **{name: getattr(row, name) for name in plan},
        "steps": [{"to": step.state, "reason": step.reason, "at": step.at.isoformat()} for step in view.steps],
        "ballots": [
            {"url": ctx.settings.base_url + each.path, "chosen": each.won, "at": each.at.isoformat()}
            for each in view.ballots
        ],
        "reports": [report_json(report) for report in view.reports],
        "service": ctx.settings.base_url + view.service_path if view.service_path else None,
    }


def report_json(report: ReportView) -> dict[str, Any]:
    return {
        "id": report.id,
        "kind": report.kind,
        "done": report.done,
        "figures": {str(position): value for position, value in report.figures.items()},
        "voices": report.voices,
        "following": report.following,
        "lessons": report.lessons,
        "advice": report.advice,
        "at": report.at.isoformat(),
    }


def _rows(**cells: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": record_of(**cells)}


SHORT = {
    "id": NUMBER,
    "url": TEXT,
    "title": TEXT,
    "language": TEXT,
    "summary": TEXT,
    "state": TEXT,
    "field": maybe(TEXT),
    "working_group": maybe(TEXT),
    "organisation": TEXT,
    "living_areas": {"type": "array", "items": TEXT},
    "place": TEXT,
    "lat": maybe(DECIMAL),
    "lng": maybe(DECIMAL),
    "starts_on": maybe(DAY),
    "ends_on": maybe(DAY),
    "next_report": maybe(DAY),
    "published_at": maybe(MOMENT),
}
REPORT = record_of(
    id=NUMBER,
    kind=TEXT,
    done=TEXT,
    figures={"type": "object", "additionalProperties": DECIMAL},
    voices=TEXT,
    following=TEXT,
    lessons=TEXT,
    advice=maybe(TEXT),
    at=MOMENT,
)
PILOT = record_of(
    **SHORT,
    body=TEXT,
    partners=_rows(member=maybe(TEXT), name=TEXT, role=TEXT),
    data=_rows(category=TEXT, reason=TEXT, purpose=maybe(TEXT)),
    kpis=_rows(name=TEXT, unit=TEXT, baseline=maybe(DECIMAL), target=DECIMAL),
    milestones=_rows(title=TEXT, due=DAY, reached_at=maybe(MOMENT)),
    release_plan=TEXT,
    exit_plan=TEXT,
    operation=TEXT,
    cost_bearer=TEXT,
    support_contact=TEXT,
    access=TEXT,
    steps=_rows(to=TEXT, reason=TEXT, at=MOMENT),
    ballots=_rows(url=TEXT, chosen=FLAG, at=MOMENT),
    reports={"type": "array", "items": REPORT},
    service=maybe(TEXT),
)
FILTERS = {
    "q": "Words of title, summary or place",
    "state": "approved, running, evaluating, released or ended",
    "field": "Key of the field",
    "group": "Slug of the working group",
    "area": "Key of a living area",
    "organisation": "Slug of the organisation that leads it",
    "year": "Year of its first day",
    "sort": "newest, begins or state",
    **PAGES,
}
