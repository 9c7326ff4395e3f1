"""A field of a form that holds rows: partners, milestones, kinds of data, measures."""

from collections.abc import Mapping, Sequence
from typing import Any

from participation.policy import N_
from participation.web.fields import Choice, Decimal, Field, FieldError, clean

EMPTY_CELL = N_("Row %(row)s: please fill in: %(column)s.")
WRONG_CELL = N_("Row %(row)s: this cannot be used: %(column)s.")
NO_ROWS = N_("Please send a list of at most %(most)s objects with these names: %(names)s.")


class Rows(Field):
    """Rows of named cells, each read as a field of its own; rows in which nothing is written are left out."""

    json_type = "array"

    def __init__(self, label: str, cells: Mapping[str, Field], *, most: int = 20, **options: Any) -> None:
        super().__init__(label, **options)
        self.cells, self.most = dict(cells), most

    def take(self, data: Any, name: str) -> list[dict[str, str]]:
        columns = {cell: data.getlist(f"{name}_{cell}") for cell in self.cells}
        length = min(max(map(len, columns.values()), default=0), self.most)
        return [{cell: _at(values, row) for cell, values in columns.items()} for row in range(length)]

    def from_json(self, value: Any) -> list[dict[str, str]]:
        wrong = FieldError(NO_ROWS, most=self.most, names=", ".join(self.cells))
        rows = [] if value is None else value
        if not isinstance(rows, list) or len(rows) > self.most:
            raise wrong
        if not all(isinstance(row, dict) and row for row in rows):
            raise wrong
        return [{name: cell.from_json(row.get(name)) for name, cell in self.cells.items()} for row in rows]

    def show(self, value: Any) -> list[dict[str, str]]:
        return [{name: cell.show(row.get(name)) for name, cell in self.cells.items()} for row in value or ()]

    def parse(self, raw: Any) -> list[dict[str, Any]]:
        rows = [row for row in raw if any(clean(text) for text in row.values())]
        if self.required and not rows:
            raise FieldError(N_("Please fill this in."))
        return [self._row(number, row) for number, row in enumerate(rows, 1)]

    def _row(self, number: int, row: Mapping[str, str]) -> dict[str, Any]:
        read = {}
        for name, cell in self.cells.items():
            text = row.get(name, "")
            try:
                read[name] = cell.parse(text)
                if isinstance(cell, Choice) and cell.options:
                    cell.check_choice(read[name], [value for value, _ in cell.options])
            except FieldError:
                says = WRONG_CELL if clean(text) else EMPTY_CELL
                raise FieldError(says, row=number, column=(cell.label,)) from None
        return read

    def check_choice(self, value: Any, options: Sequence[str]) -> None:
        """Rows with a cell `member` name one of those who were offered."""
        for number, row in enumerate(value, 1):
            if row.get("member") and row["member"] not in options:
                raise FieldError(WRONG_CELL, row=number, column=(self.cells["member"].label,))

    def schema(self) -> dict[str, Any]:
        named = {name: cell.schema() for name, cell in self.cells.items()}
        needed = [name for name, cell in self.cells.items() if cell.required]
        row = {"type": "object", "properties": named, "required": needed}
        return {"type": "array", "description": self.label, "items": row, "maxItems": self.most}


class Amount(Decimal):
    """A number of any size, shown without the `.0` of a whole one."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, min=-1e12, max=1e12, **options)

    def show(self, value: Any) -> str:
        return amount(value)

    def read(self, text: str) -> float:
        return super().read(text.replace(",", ""))


def amount(value: float | str | None) -> str:
    if isinstance(value, float | int):
        return str(int(value)) if float(value).is_integer() else repr(value)
    return value or ""


def _at(values: list[Any], place: int) -> str:
    value = values[place] if place < len(values) else ""
    return value if isinstance(value, str) else ""
