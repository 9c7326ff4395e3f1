"""Public pages of processes."""

from dataclasses import dataclass
from typing import Any

from participation.policy import ALLOWED
from participation.spaces import queries
from participation.spaces.models import Process
from participation.spaces.policy import may_manage, may_see_process
from participation.spaces.queries import ProcessView
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get, json_answer, page, redirect, shared_page, subject_blocks
from participation.web.describing import FLAG, MOMENT, NUMBER, TEXT, Doc, list_of, maybe, record_of


@dataclass(frozen=True)
class ProcessList:
    open: list[ProcessView]
    next: list[ProcessView]
    past: list[ProcessView]
    labels: dict[str, str]


@dataclass(frozen=True)
class ProcessPage:
    process: ProcessView
    labels: dict[str, str]
    blocks: dict[str, list[tuple[str, Any]]]
    may_manage: bool


def index(ctx: Context) -> Response:
    return shared_page(ctx, "spaces/index.html", _process_list)


def _process_list(ctx: Context) -> ProcessList:
    found = queries.processes(ctx.session, ctx.locale, ctx.now)
    by_stage = {stage: [each for each in found if each.stage == stage] for stage in ("open", "next", "past")}
    return ProcessList(labels=feature_labels(ctx), **by_stage)


def show(ctx: Context) -> Response:
    process = find_process(ctx)
    view = queries.process_view(ctx.session, process, ctx.locale, ctx.now)
    subject = ctx.session.get_one(Subject, process.id)
    manages = may_manage(ctx.actor, process) == ALLOWED
    blocks = subject_blocks(ctx, subject)
    return page(ctx, "spaces/show.html", ProcessPage(view, feature_labels(ctx), blocks, manages))


def by_id(ctx: Context) -> Response:
    process = ctx.session.get(Process, ctx.path["id"])
    if process is None or not may_see_process(ctx.actor, process):
        raise NotFound
    return redirect(ctx, f"/processes/{process.slug}")


def api_index(ctx: Context) -> Response:
    """All processes that are public, newest first."""
    found = [as_json(ctx, view) for view in queries.processes(ctx.session, ctx.locale, ctx.now)]
    return json_answer({"items": found, "total": len(found), "next": None})


def api_show(ctx: Context) -> Response:
    """One process: its phases and what is open now."""
    return json_answer(as_json(ctx, queries.process_view(ctx.session, find_process(ctx), ctx.locale, ctx.now)))


def as_json(ctx: Context, view: ProcessView) -> dict[str, Any]:
    """A process for the API; texts in the language asked for."""
    phases = [
        {
            "title": phase.title,
            "starts_at": phase.starts_at.isoformat(),
            "ends_at": phase.ends_at.isoformat() if phase.ends_at else None,
            "features": list(phase.features),
            "current": phase.when == "now",
        }
        for phase in view.phases
    ]
    return {
        "id": view.id,
        "slug": view.slug,
        "url": f"{ctx.settings.base_url}/processes/{view.slug}",
        "title": view.title,
        "summary": view.summary,
        "state": view.state,
        "open": sorted(view.open_now),
        "support_cap": view.support_cap,
        "phases": phases,
    }


def find_process(ctx: Context) -> Process:
    """The process of the address.

    Raises:
        NotFound: there is none, or the reader may not see it yet.
    """
    process = queries.process_by_slug(ctx.session, ctx.path["slug"])
    if process is None or not may_see_process(ctx.actor, process):
        raise NotFound
    return process


def feature_labels(ctx: Context) -> dict[str, str]:
    return {key: ctx._(feature.label) for key, feature in ctx.services.registry.features.items()}


PHASE = record_of(
    title=TEXT, starts_at=MOMENT, ends_at=maybe(MOMENT), features={"type": "array", "items": TEXT}, current=FLAG
)
PROCESS = record_of(
    id=NUMBER,
    slug=TEXT,
    url=TEXT,
    title=TEXT,
    summary=TEXT,
    state=TEXT,
    open={"type": "array", "items": TEXT},
    support_cap=maybe(NUMBER),
    phases={"type": "array", "items": PHASE},
)
ROUTES = (
    get("/processes", index, cached=True),
    get("/processes/{slug}", show, cached=True),
    get("/processes/by-id/{id:int}", by_id),
    get("/api/v1/processes", api_index, api=True, doc=Doc(list_of(PROCESS))),
    get("/api/v1/processes/{slug}", api_show, api=True, doc=Doc(PROCESS)),
)
