"""Reports as a table: a template to fill in, and its upload. All lines are taken in, or none."""

from dataclasses import dataclass

from consortium.segments import actions
from consortium.segments.forms import LONGEST_TABLE, TableForm, report_form
from consortium.segments.grid import grid_of
from consortium.segments.policy import may_report
from consortium.segments.quarters import last_quarters
from consortium.segments.queries import asked_of, reports_of
from consortium.segments.tables import COLUMNS, Problem, decode, read_table
from consortium.services.pages import read
from consortium.services.queries import Line
from participation.policy import N_, ensure
from participation.spaces.queries import places
from participation.web import Context, Response, get, page, post, redirect
from participation.web.csv import csv_answer


@dataclass(frozen=True)
class UploadPage:
    service: Line
    form: TableForm
    problems: tuple[Problem, ...] = ()
    columns: tuple[str, ...] = COLUMNS

    @property
    def path(self) -> str:
        return f"{self.service.path}/reports"


def template(ctx: Context) -> Response:
    """A line for each segment of the quarters that are missing, to be filled in."""
    line = _own(ctx)
    asked = asked_of(ctx.session, [line.id], ctx.now)[line.id]
    quarters = [each.quarter for each in reversed(asked) if not each.reported] or last_quarters(ctx.now, 1)
    grid = grid_of(places(ctx.session, ctx.locale), ctx._)
    cells = [(cell.dimension, cell.segment) for cell in grid.cells]
    rows = [(quarter.key, *cell, "", "", "") for quarter in quarters for cell in cells]
    return csv_answer(f"report-{line.slug}", COLUMNS, rows)


def ask(ctx: Context) -> Response:
    return page(ctx, "consortium/segments/upload.html", UploadPage(_own(ctx), TableForm(ctx._)))


def upload(ctx: Context) -> Response:
    """A table with a mistake comes back as it was, with what is wrong in which line."""
    line, form = _own(ctx), TableForm.read(ctx.form, ctx._)
    text = _text(ctx, form)
    if not form.ok:
        return _again(ctx, line, form)
    grid = grid_of(places(ctx.session, ctx.locale), ctx._)
    known = {report.quarter for report in reports_of(ctx.session, line.id) if report.versions}
    reports, problems = read_table(text, report_form(grid, ctx._), known, ctx.now, ctx._)
    form.raw["table"] = text
    if problems:
        form.fail("table", N_("Nothing was taken in. What is wrong in which line stands above."))
        return _again(ctx, line, form, problems)
    for each in reports:
        about = (ctx.session, ctx.actor, line, each.quarter, each.figures, each.reason)
        actions.hand_in(*about, now=ctx.now)
    ctx.say("ok", ctx._("%(n)s quarters are handed in.", n=len(reports)))
    return redirect(ctx, f"{line.path}/reports")


def _text(ctx: Context, form: TableForm) -> str:
    """The file if there is one, else what stands in the field."""
    files = form.values.get("file")
    if not files:
        if form.ok and not form.values["table"]:
            form.fail("file", N_("Please choose a file."))
        return str(form.values.get("table", ""))
    text = decode(files[0].file.read())
    if text is None:
        form.fail("file", N_("This table cannot be read. Please save it as CSV in UTF-8."))
        return ""
    if len(text) > LONGEST_TABLE:
        form.fail("file", N_("Please shorten this by %(over)s characters."), over=len(text) - LONGEST_TABLE)
    return text


def _own(ctx: Context) -> Line:
    line = read(ctx).line
    ensure(may_report(ctx.actor, line.owner_ids, line.visible))
    return line


def _again(ctx: Context, line: Line, form: TableForm, problems: tuple[Problem, ...] = ()) -> Response:
    return page(ctx, "consortium/segments/upload.html", UploadPage(line, form, problems), status=422)


ROUTES = (
    get("/services/{slug}/reports/template.csv", template, limit="services_table"),
    get("/services/{slug}/reports/upload", ask),
    post("/services/{slug}/reports/upload", upload, limit="report_figures"),
)
