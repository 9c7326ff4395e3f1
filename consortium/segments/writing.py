"""The form of a quarter: it keeps what is typed, and hands in or corrects the report."""

from dataclasses import dataclass

from consortium.segments import actions
from consortium.segments.forms import ReportForm, report_form, stored, typed
from consortium.segments.grid import Grid, grid_of
from consortium.segments.pages import known_quarter, label_of
from consortium.segments.policy import REASON, may_report_on
from consortium.segments.quarters import Quarter
from consortium.segments.queries import Report, reports_of
from consortium.services.pages import read
from consortium.services.queries import Line
from participation.policy import ensure
from participation.spaces.queries import places
from participation.web import Context, Response, fragment, get, page, post, redirect


@dataclass(frozen=True)
class EditPage:
    service: Line
    quarter: Quarter
    label: str
    grid: Grid
    form: ReportForm
    report: Report | None

    @property
    def path(self) -> str:
        return f"{self.service.path}/reports/{self.quarter.key}"

    @property
    def correcting(self) -> bool:
        return self.report is not None and bool(self.report.versions)


def edit(ctx: Context) -> Response:
    """What was typed last, else what was handed in."""
    line, quarter, report = found(ctx)
    grid, kind = _form(ctx)
    form = kind.filled(stored(grid, report.newest.figures) if report and report.versions else {}, ctx._)
    form.raw.update(report.typed if report else {})
    return _page(ctx, line, quarter, grid, form, report)


def save(ctx: Context) -> Response:
    """Autosave, and the button for whoever has no script: nothing is checked yet."""
    line, quarter, _ = found(ctx)
    form = _form(ctx)[1].read(ctx.form, ctx._)
    actions.save_draft(ctx.session, ctx.actor, line, quarter, typed(form), now=ctx.now)
    if ctx.form.get("do") != "save":
        return fragment(ctx, "consortium/segments/_saved.html", None)
    ctx.say("ok", ctx._("Your draft is kept. You can go on with it here at any time."))
    return redirect(ctx, f"{line.path}/reports/{quarter.key}/edit")


def send(ctx: Context) -> Response:
    line, quarter, report = found(ctx)
    grid, kind = _form(ctx)
    form = kind.read(ctx.form, ctx._)
    if report is not None and report.versions and form.ok and not form.values["reason"]:
        form.fail("reason", REASON)
    if not form.ok:
        return _page(ctx, line, quarter, grid, form, report, 422)
    number = actions.hand_in(
        ctx.session, ctx.actor, line, quarter, form.figures(), form.values["reason"], now=ctx.now
    )
    said = ctx._("The report is handed in. Everybody sees its figures.")
    ctx.say("ok", said if number == 1 else ctx._("The report is corrected. What stood there stays readable."))
    return redirect(ctx, f"{line.path}/reports/{quarter.key}")


def found(ctx: Context) -> tuple[Line, Quarter, Report | None]:
    """The service and the quarter of the address, for whoever may report on it, and what there is of the report.

    Raises:
        NotFound: there is no such service or quarter.
        Refused: somebody else reports on it, or the quarter is not over.
    """
    line, quarter = read(ctx).line, known_quarter(ctx)
    ensure(may_report_on(ctx.actor, line.owner_ids, line.visible, quarter, ctx.now))
    return line, quarter, next((each for each in reports_of(ctx.session, line.id) if each.quarter == quarter), None)


def _form(ctx: Context) -> tuple[Grid, type[ReportForm]]:
    grid = grid_of(places(ctx.session, ctx.locale), ctx._)
    return grid, report_form(grid, ctx._)


def _page(
    ctx: Context,
    line: Line,
    quarter: Quarter,
    grid: Grid,
    form: ReportForm,
    report: Report | None,
    status: int = 200,
) -> Response:
    view = EditPage(line, quarter, label_of(ctx, quarter), grid, form, report)
    return page(ctx, "consortium/segments/edit.html", view, status=status)


ROUTES = (
    get("/services/{slug}/reports/{quarter}/edit", edit),
    post("/services/{slug}/reports/{quarter}/edit", send, limit="report_figures"),
    post("/services/{slug}/reports/{quarter}/edit/draft", save, limit="autosave"),
)
