"""Entering figures: one by its form, or many from a table."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from participation.kpis.actions import enter_measurement, kpi_by_key
from participation.kpis.forms import MeasurementForm
from participation.kpis.models import Kpi, KpiMeasurement
from participation.kpis.policy import may_keep, may_measure
from participation.kpis.years import Calendar, year_of
from participation.policy import N_, Verdict, ensure
from participation.web import Context, NotFound, Response, get, page, post, redirect
from participation.web.fields import Upload
from participation.web.forms import Form

COLUMNS = ("key", "year", "part", "value", "citation", "url", "note")
MOST = 1000  # rows of a table
Places = set[tuple[int, str]]
Found = str | tuple[Kpi, MeasurementForm]


class UploadForm(Form):
    file = Upload(N_("Table (CSV, UTF-8)"), required=True, accept=".csv,text/csv")


@dataclass(frozen=True)
class UploadPage:
    form: UploadForm
    problems: tuple[tuple[int, str], ...] = ()  # (line, what is wrong)
    columns: tuple[str, ...] = COLUMNS


@dataclass(frozen=True)
class MeasurePage:
    kpi: Kpi
    form: MeasurementForm


def known_kpi(ctx: Context) -> Kpi:
    """The KPI of the address.

    Raises:
        NotFound: there is none.
    """
    kpi = kpi_by_key(ctx.session, ctx.path["key"])
    if kpi is None:
        raise NotFound
    return kpi


def read_measurement(ctx: Context, kpi: Kpi, data: Any, *, json: bool, places: Places | None = None) -> MeasurementForm:
    """The form, checked against what the KPI is and the years and parts that have a figure (`places`; asked for if
    not given)."""
    read = MeasurementForm.read_json if json else MeasurementForm.read
    form = read(data, ctx._, choices={"part": _parts(kpi, ctx.locale)})
    taken = _places(ctx, kpi.id).get(kpi.id, set()) if places is None else places
    form.fit(kpi, taken, year_of(ctx.now, Calendar(kpi.calendar)))
    return form


def ask(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    kpi = known_kpi(ctx)
    ensure(may_measure(ctx.actor, kpi))
    year = ctx.query.get("year", "")
    given = {"year": year if year.isdigit() else "", "part": ctx.query.get("part", "")}
    form = MeasurementForm.filled(given, ctx._, choices={"part": _parts(kpi, ctx.locale)})
    return page(ctx, "kpis/measure.html", MeasurePage(kpi, form))


def enter(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    kpi = known_kpi(ctx)
    ensure(may_measure(ctx.actor, kpi))
    form = read_measurement(ctx, kpi, ctx.form, json=False)
    if not form.ok:
        return page(ctx, "kpis/measure.html", MeasurePage(kpi, form), status=422)
    enter_measurement(ctx.session, ctx.actor, kpi, form.reading(), now=ctx.now)
    ctx.say("ok", ctx._(N_("The figure is entered. Everybody sees it with its source.")))
    return redirect(ctx, f"/kpis/{kpi.key}")


def ask_table(ctx: Context) -> Response:
    ensure(may_keep(ctx.actor))
    return page(ctx, "kpis/upload.html", UploadPage(UploadForm(ctx._)))


def enter_table(ctx: Context) -> Response:
    """All rows or none: a table with a mistake is shown again with what is wrong in which line."""
    ensure(may_keep(ctx.actor))
    form = UploadForm.read(ctx.form, ctx._)
    rows = _rows_of(ctx, form) if form.ok else []
    read = _read_rows(ctx, rows)
    problems = tuple((line, found) for line, found in read if isinstance(found, str))
    if not form.ok or problems:
        return page(ctx, "kpis/upload.html", UploadPage(form, problems), status=422)
    for _, found in read:
        if not isinstance(found, str):
            enter_measurement(ctx.session, ctx.actor, found[0], found[1].reading(), now=ctx.now)
    ctx.say("ok", ctx._(N_("%(n)s figures are entered."), n=len(rows)))
    return redirect(ctx, "/secretariat/kpis")


def _rows_of(ctx: Context, form: UploadForm) -> list[tuple[int, dict[str, str]]]:
    """(line, cells by column) of every row that holds something."""
    raw = form.values["file"][0].file.read()
    try:
        table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error):
        form.fail("file", N_("This table cannot be read. Please save it as CSV in UTF-8."))
        return []
    heads = [cell.strip().lower() for cell in table[0]] if table else []
    if not {"key", "year", "value", "citation", "url"} <= set(heads):
        form.fail("file", N_("The first line must name the columns: %(columns)s."), columns=", ".join(COLUMNS))
        return []
    rows = [(line, dict(zip(heads, row, strict=False))) for line, row in enumerate(table[1:], 2) if any(row)]
    if not rows or len(rows) > MOST:
        form.fail("file", N_("The table must have 1 to %(most)s rows."), most=MOST)
        return []
    return rows


def _read_rows(ctx: Context, rows: list[tuple[int, dict[str, str]]]) -> list[tuple[int, Found]]:
    """Each line with its KPI and form, or with what is wrong. Two queries. A row counts for those below it."""
    kpis = {kpi.key: kpi for kpi in ctx.session.scalars(select(Kpi))}
    taken = _places(ctx)
    found: list[tuple[int, Found]] = []
    for line, row in rows:
        kpi = kpis.get(row.get("key", "").strip())
        verdict = may_measure(ctx.actor, kpi) if kpi else Verdict("conflict", N_("There is no KPI with this key."))
        if kpi is None or not verdict:
            found.append((line, ctx._(verdict.reason)))
            continue
        places = taken.setdefault(kpi.id, set())
        form = read_measurement(ctx, kpi, row, json=False, places=places)
        if form.ok:
            places.add((form.values["year"], form.values["part"] or ""))
        wrong = " ".join(f"{form.label(name)}: {message}" for name, message in form.errors.items())
        found.append((line, wrong or (kpi, form)))
    return found


def _places(ctx: Context, kpi_id: int | None = None) -> dict[int, Places]:
    """The years and parts that have a figure, by KPI."""
    wanted = select(KpiMeasurement.kpi_id, KpiMeasurement.year, KpiMeasurement.part)
    found: dict[int, Places] = {}
    for number, year, part in ctx.session.execute(
        wanted if kpi_id is None else wanted.where(KpiMeasurement.kpi_id == kpi_id)
    ):
        found.setdefault(number, set()).add((year, part))
    return found


def _parts(kpi: Kpi, locale: str) -> list[tuple[str, str]]:
    return [(part["key"], part.get(locale) or part["ja"]) for part in kpi.split]


ROUTES = (
    get("/secretariat/kpis/{key}/measurements", ask),
    post("/secretariat/kpis/{key}/measurements", enter),
    get("/secretariat/kpis/upload", ask_table),
    post("/secretariat/kpis/upload", enter_table),
)
