"""The form of a report, made of the segments of this city; the page, the table and the API fill in the same one."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from consortium.segments.grid import Cell, Grid
from consortium.segments.hiding import Figure
from participation.policy import N_
from participation.web.errors import Invalid
from participation.web.fields import Decimal, Integer, Text, Upload, clean
from participation.web.forms import Form

LONGEST = 500
USERS, SATISFACTION = N_("Active users"), N_("Satisfaction (1 to 5)")
MOST_USERS = 100_000_000
LONGEST_TABLE = 100_000  # characters; sent by a form, it stays below the limit of a body


class ReportForm(Form):
    grid: ClassVar[Grid]
    reason = Text(
        N_("Why it is corrected"), max=LONGEST, required=False, hint=N_("Everybody reads it beside the figures.")
    )

    def check(self) -> None:
        total = self.values[self.grid.total.users]
        if total and self.values[self.grid.total.satisfaction] is None:
            self.fail(self.grid.total.satisfaction, N_("Please give the satisfaction of all users."))
        for cell in self.grid.cells:
            self._check_cell(cell)
        for dimension in self.grid.split:
            given = [cell for cell in self.grid.of(dimension) if self.values[cell.users] is not None]
            together = sum(self.values[cell.users] for cell in given)
            if together > total:
                message = N_("The segments hold %(n)s people together, more than all users (%(all)s).")
                self.fail(given[0].users, message, n=together, all=total)
        if total and len(self.figures()) == 1:
            first = self.grid.of(self.grid.split[0])[0]
            self.fail(first.users, N_("Please give the users of at least one segment."))

    def _check_cell(self, cell: Cell) -> None:
        if self.values[cell.satisfaction] is not None and not self.values[cell.users]:
            self.fail(cell.users, N_("Please say how many users this satisfaction is of."))

    def figures(self) -> tuple[Figure, ...]:
        """What is told, the total first; segments that were left empty are none."""
        return tuple(
            Figure(cell.dimension, cell.segment, self.values[cell.users], _rounded(self.values[cell.satisfaction]))
            for cell in self.grid.cells
            if self.values[cell.users] is not None
        )


def report_form(grid: Grid, translate: Callable[..., str]) -> type[ReportForm]:
    """The form with two fields for each segment; their labels are in the reader's language already."""
    users, satisfaction = translate(USERS), translate(SATISFACTION)
    fields: dict[str, Any] = {"grid": grid}
    for cell in grid.cells:
        needed = cell is grid.total
        fields[cell.users] = Integer(f"{cell.label} / {users}", max=MOST_USERS, required=needed)
        fields[cell.satisfaction] = Decimal(f"{cell.label} / {satisfaction}", min=1, max=5, required=False)
    return type("FilledReportForm", (ReportForm,), fields)


def stored(grid: Grid, figures: tuple[Figure, ...]) -> dict[str, Any]:
    """What stands in the form of a report that was handed in."""
    told = {(figure.dimension, figure.segment): figure for figure in figures}
    values: dict[str, Any] = {}
    for cell in grid.cells:
        if figure := told.get((cell.dimension, cell.segment)):
            values |= {cell.users: figure.users, cell.satisfaction: figure.satisfaction}
    return values


def typed(form: ReportForm) -> dict[str, str]:
    """What was typed so far, to be kept as it is."""
    return {name: clean(text)[:LONGEST] for name, text in form.raw.items() if isinstance(text, str) and clean(text)}


def from_json(grid: Grid, body: Any, translate: Callable[..., str]) -> Mapping[str, Any]:
    """The API's rows as the fields of the form.

    Raises:
        Invalid: they are not what the API describes.
    """
    rows = body.get("figures") if isinstance(body, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Invalid({"figures": translate(WRONG_ROWS)})
    cells = {(str(cell.dimension), cell.segment): cell for cell in grid.cells}
    values: dict[str, Any] = {"reason": body.get("reason")}
    for row in rows:
        dimension, segment = row.get("dimension"), row.get("segment", "")
        cell = cells.get((dimension, segment)) if isinstance(dimension, str) and isinstance(segment, str) else None
        if cell is None or cell.users in values:
            raise Invalid({"figures": translate(WRONG_ROWS)})
        values |= {cell.users: row.get("users"), cell.satisfaction: row.get("satisfaction")}
    return values


WRONG_ROWS = N_("Please send a list of figures, each with a known dimension and segment, each segment once.")


class TableForm(Form):
    file = Upload(N_("Table (CSV, UTF-8)"), required=False, accept=".csv,text/csv")
    table = Text(
        N_("Or the table as text"),
        max=LONGEST_TABLE,
        lines=True,
        required=False,
        hint=N_("Lines that cannot be used are listed above; correct them here and send the table again."),
    )


def _rounded(mark: float | None) -> float | None:
    return None if mark is None else round(mark, 2)
