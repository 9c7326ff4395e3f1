"""Pilots over the API: the same register, form, guards and reports."""

from typing import Any

from consortium.pilots import actions, reporting
from consortium.pilots.api_shapes import FILTERS, PILOT, REPORT, SHORT, as_json, in_full, report_json
from consortium.pilots.asking import asked, found
from consortium.pilots.beginning import NewForm, beginning, read_new
from consortium.pilots.forms import PilotForm, TransitionForm
from consortium.pilots.models import PilotState
from consortium.pilots.policy import may_edit, may_evaluate, may_report
from consortium.pilots.reading import read
from consortium.pilots.report_forms import EvaluationForm, ReportForm
from consortium.pilots.running import said
from consortium.pilots.saving import from_records, offers, sort_out, to_columns
from consortium.pilots.whole import Whole, whole_pilot
from participation.policy import ensure
from participation.web import Context, Invalid, Response, get, json_answer, patch, post
from participation.web.describing import Doc, list_of, record_of
from participation.web.listing import json_page


class CreateForm(PilotForm):
    """A new draft: title and organisation are needed, the rest may come later."""

    organisation = NewForm.fields["organisation"]


def index(ctx: Context) -> Response:
    """The register, a page at a time."""
    return json_page(ctx, found(ctx, asked(ctx)), lambda line: as_json(ctx, line))


def show(ctx: Context) -> Response:
    """One pilot with everything that its page says."""
    return json_answer(in_full(ctx, read(ctx)[0]))


def create(ctx: Context) -> Response:
    """A draft -> 201. It is submitted by a transition."""
    start = beginning(ctx)
    form = NewForm.read_json(ctx.json, ctx._, choices=start.choices)
    values = read_new(ctx.actor, start, form).ensure()
    number, group = start.organisation(values["organisation"]), start.groups.get(values["group"] or "")
    about = {"title": values["title"], "organisation_id": number, "working_group_id": group, "locale": ctx.locale}
    row = actions.draft_pilot(ctx.session, ctx.actor, **about, now=ctx.now)
    if set(ctx.json) & set(CreateForm.fields) - set(NewForm.fields):
        _save(ctx, _again(ctx, row.id))
    return json_answer(in_full(ctx, _again(ctx, row.id)), status=201)


def change(ctx: Context) -> Response:
    """Change what is sent; what is left out stays as it is."""
    view, case = read(ctx)
    ensure(may_edit(ctx.actor, case))
    _save(ctx, view)
    return json_answer(in_full(ctx, _again(ctx, view.line.id)))


def move(ctx: Context) -> Response:
    """A step on its way; 403 where the person may not, 409 where a guard refuses, with its reason."""
    view, _ = read(ctx)
    values = TransitionForm.read_json(ctx.json, ctx._).ensure()
    to, reason = PilotState(values["to"]), values["reason"]
    actions.move_pilot(ctx.session, ctx.actor, view.line.id, to, reason=reason, now=ctx.now)
    return json_answer(in_full(ctx, _again(ctx, view.line.id)))


def report(ctx: Context) -> Response:
    """Say what was done while it runs -> 201."""
    view, case = read(ctx)
    ensure(may_report(ctx.actor, case))
    words, figures = said(ReportForm.read_json(ctx.json, ctx._))
    reporting.report(ctx.session, ctx.actor, view.line.id, words, figures, now=ctx.now)
    return json_answer(report_json(_again(ctx, view.line.id).reports[-1]), status=201)


def evaluate(ctx: Context) -> Response:
    """Hand in the evaluation -> 201."""
    view, case = read(ctx)
    ensure(may_evaluate(ctx.actor, case))
    words, figures = said(EvaluationForm.read_json(ctx.json, ctx._))
    reporting.evaluate(ctx.session, ctx.actor, view.line.id, words, figures, now=ctx.now)
    return json_answer(report_json(_again(ctx, view.line.id).reports[-1]), status=201)


def _save(ctx: Context, view: Whole) -> None:
    """Over what is stored, what was sent.

    Raises:
        Invalid: something that was sent cannot be used.
    """
    offered = offers(ctx)
    if not isinstance(ctx.json, dict):
        PilotForm.read_json(ctx.json, ctx._).ensure()
    form = PilotForm.read_json({**_as_body(view), **ctx.json}, ctx._, choices=offered.choices)
    values, _ = sort_out(form)
    sent = {name for name in form.fields if name in ctx.json}
    wrong = {name: text for name, text in form.errors.items() if name in sent or name not in form.fields}
    if wrong:
        raise Invalid(wrong)
    typed = {name: raw for name, raw in view.row.typed.items() if name not in sent}
    columns = to_columns({name: value for name, value in values.items() if name in sent}, offered)
    actions.save_pilot(ctx.session, ctx.actor, view.line.id, columns, typed, now=ctx.now)


def _as_body(view: Whole) -> dict[str, Any]:
    """What is stored, as a body of this API."""

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(each) for each in value]
        if isinstance(value, dict):
            return {name: plain(each) for name, each in value.items()}
        return value.isoformat() if hasattr(value, "isoformat") else value

    return plain(from_records(view))


def _again(ctx: Context, pilot_id: int) -> Whole:
    ctx.session.flush()
    ctx.session.expire_all()
    view = whole_pilot(ctx.session, pilot_id)
    assert view is not None  # it was written in this transaction
    return view


_ONE = "/api/v1/pilots/{id:int}"
_WRITES = {"api": True, "limit": "draft_pilot"}
ROUTES = (
    get("/api/v1/pilots", index, api=True, doc=Doc(list_of(record_of(**SHORT)), query=FILTERS)),
    post("/api/v1/pilots", create, **_WRITES, doc=Doc(PILOT, CreateForm, status=201, signed_in=True)),
    get(_ONE, show, api=True, doc=Doc(PILOT)),
    patch(_ONE, change, **_WRITES, doc=Doc(PILOT, PilotForm, signed_in=True)),
    post(_ONE + "/transitions", move, api=True, limit="move_pilot", doc=Doc(PILOT, TransitionForm, signed_in=True)),
    post(_ONE + "/reports", report, **_WRITES, doc=Doc(REPORT, ReportForm, status=201, signed_in=True)),
    post(_ONE + "/evaluation", evaluate, **_WRITES, doc=Doc(REPORT, EvaluationForm, status=201, signed_in=True)),
)
