"""While a pilot runs: reports, milestones, the evaluation, and what is settled before it goes into operation."""

from dataclasses import dataclass
from typing import Any

from consortium.pilots import reporting
from consortium.pilots.models import Advice, ReportKind
from consortium.pilots.policy import may_evaluate, may_report, may_settle
from consortium.pilots.reading import read
from consortium.pilots.report_forms import EvaluationForm, ReportForm, SettleForm
from consortium.pilots.whole import Whole
from participation.policy import N_, ensure
from participation.web import Context, Response, fragment, get, page, post, redirect
from participation.web.forms import Form


LONGEST = 10_000  # characters of a field that are kept before anything is checked


@dataclass(frozen=True)
class WritePage:
    pilot: Whole
    form: Form
    heading: str
    lead: str
    path: str
    button: str
    autosave: str = ""
    kept: bool = False


def new_report(ctx: Context) -> Response:
    view, case = read(ctx)
    ensure(may_report(ctx.actor, case))
    return _report(ctx, view, _as_kept(ctx, view, ReportForm, ReportKind.PROGRESS))


def report(ctx: Context) -> Response:
    view, case = read(ctx)
    ensure(may_report(ctx.actor, case))
    form = ReportForm.read(ctx.form, ctx._)
    if not form.ok:
        return _report(ctx, view, form, 422)
    reporting.report(ctx.session, ctx.actor, view.line.id, *said(form), now=ctx.now)
    ctx.say("ok", ctx._("The report is public. Thank you."))
    return redirect(ctx, f"{view.line.path}#reports")


def new_evaluation(ctx: Context) -> Response:
    view, case = read(ctx)
    ensure(may_evaluate(ctx.actor, case))
    return _evaluation(ctx, view, _as_kept(ctx, view, EvaluationForm, ReportKind.EVALUATION))


def evaluate(ctx: Context) -> Response:
    view, case = read(ctx)
    ensure(may_evaluate(ctx.actor, case))
    form = EvaluationForm.read(ctx.form, ctx._)
    if not form.ok:
        return _evaluation(ctx, view, form, 422)
    reporting.evaluate(ctx.session, ctx.actor, view.line.id, *said(form), now=ctx.now)
    ctx.say("ok", ctx._("The evaluation is public. The secretariat and the working group decide now."))
    return redirect(ctx, f"{view.line.path}#evaluation")


def keep_report(ctx: Context) -> Response:
    return _keep(ctx, ReportForm, ReportKind.PROGRESS, "reports/new")


def keep_evaluation(ctx: Context) -> Response:
    return _keep(ctx, EvaluationForm, ReportKind.EVALUATION, "evaluation")


def _keep(ctx: Context, form: type[Form], kind: ReportKind, back: str) -> Response:
    """Autosave, and the button for whoever has no script: nothing is checked yet."""
    view, _ = read(ctx)
    raw = form.read(ctx.form, ctx._).raw
    texts = {name: _cut(value) for name, value in raw.items()}
    reporting.keep_report(ctx.session, ctx.actor, view.line.id, kind, texts, now=ctx.now)
    if ctx.form.get("do") != "keep":
        return fragment(ctx, "consortium/_saved.html", None)
    ctx.say("ok", ctx._("Kept. You can go on with it at any time."))
    return redirect(ctx, f"{view.line.path}/{back}")


def _cut(raw: Any) -> Any:
    return {name: _cut(each) for name, each in raw.items()} if isinstance(raw, dict) else str(raw)[:LONGEST]


def _as_kept(ctx: Context, view: Whole, kind: type[Form], report: ReportKind) -> Form:
    form = kind.filled({}, ctx._)
    form.raw.update({name: raw for name, raw in view.row.typed.get(report, {}).items() if name in form.fields})
    return form


def said(form: Form) -> tuple[reporting.Words, dict[int, float]]:
    """What a report says, and its figures."""
    values = form.ensure()
    advice = Advice(values["advice"]) if "advice" in values else None
    texts = {name: values[name] for name in ("done", "voices", "following", "lessons") if name in values}
    return reporting.Words(**texts, advice=advice), values["figures"]


def reach(ctx: Context) -> Response:
    """Mark a milestone as reached, or take that back."""
    view, case = read(ctx)
    ensure(may_report(ctx.actor, case))
    reached = ctx.form.get("reached") == "1"
    reporting.reach_milestone(ctx.session, ctx.actor, view.line.id, ctx.path["position"], reached, now=ctx.now)
    return redirect(ctx, f"{view.line.path}#milestones")


def ask_settle(ctx: Context) -> Response:
    view, case = read(ctx)
    ensure(may_settle(ctx.actor, case))
    stored = {name: getattr(view.row, name) for name in SettleForm.fields}
    return _settle(ctx, view, SettleForm.filled(stored, ctx._))


def settle(ctx: Context) -> Response:
    view, case = read(ctx)
    ensure(may_settle(ctx.actor, case))
    form = SettleForm.read(ctx.form, ctx._)
    if not form.ok:
        return _settle(ctx, view, form, 422)
    reporting.settle_operation(ctx.session, ctx.actor, view.line.id, form.values, now=ctx.now)
    ctx.say("ok", ctx._("Kept. Everybody can read it on the page of the pilot."))
    return redirect(ctx, view.line.path)


def _report(ctx: Context, view: Whole, form: Form, status: int = 200) -> Response:
    heading, lead = N_("Write a report"), N_("Once a month, in plain words. Everybody can read it.")
    path = f"{view.line.path}/reports"
    kept = (f"{path}/draft", ReportKind.PROGRESS in view.row.typed)
    return _page(ctx, WritePage(view, form, heading, lead, path, N_("Publish the report"), *kept), status)


def _evaluation(ctx: Context, view: Whole, form: Form, status: int = 200) -> Response:
    heading, path = N_("Evaluate the pilot"), f"{view.line.path}/evaluation"
    lead = N_("Hold it against the targets that were set at the start. To end is a normal result, too.")
    kept = (f"{path}/draft", ReportKind.EVALUATION in view.row.typed)
    return _page(ctx, WritePage(view, form, heading, lead, path, N_("Hand in the evaluation"), *kept), status)


def _settle(ctx: Context, view: Whole, form: Form, status: int = 200) -> Response:
    heading, path = N_("Before it goes into operation"), f"{view.line.path}/operation"
    lead = N_("A pilot becomes a service only when all of this is said.")
    return _page(ctx, WritePage(view, form, heading, lead, path, N_("Save")), status)


def _page(ctx: Context, view: WritePage, status: int) -> Response:
    return page(ctx, "consortium/pilots/write.html", view, status=status)


ROUTES = (
    get("/pilots/{id:int}/reports/new", new_report),
    post("/pilots/{id:int}/reports", report, limit="report_pilot"),
    post("/pilots/{id:int}/reports/draft", keep_report, limit="autosave"),
    get("/pilots/{id:int}/evaluation", new_evaluation),
    post("/pilots/{id:int}/evaluation", evaluate, limit="report_pilot"),
    post("/pilots/{id:int}/evaluation/draft", keep_evaluation, limit="autosave"),
    post("/pilots/{id:int}/milestones/{position:int}", reach),
    get("/pilots/{id:int}/operation", ask_settle),
    post("/pilots/{id:int}/operation", settle, limit="report_pilot"),
)
