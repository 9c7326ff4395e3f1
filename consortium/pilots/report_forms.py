"""What is typed of a report: words, and a figure for each measure that was set at the start."""

import re
from typing import Any

from consortium.pilots.forms import LINES, OperationForm
from consortium.pilots.labels import ADVICE
from consortium.pilots.rows import Amount, amount
from participation.policy import N_
from participation.web.fields import Choice, Field, FieldError, Text, clean
from participation.web.forms import Form

POSITION = re.compile("[0-9]{1,2}")
CELL = Amount(N_("Figure"), required=False)


class Figures(Field):
    """Numbers by the position of the measure; `required` asks for one of each that the page shows."""

    json_type = "object"

    def take(self, data: Any, name: str) -> dict[str, str]:
        start = f"{name}_"
        found = {key.removeprefix(start): value for key, value in data.multi_items() if key.startswith(start)}
        return {key: text for key, text in found.items() if POSITION.fullmatch(key) and isinstance(text, str)}

    def from_json(self, value: Any) -> dict[str, str]:
        known = {} if value is None else value
        if not isinstance(known, dict) or not all(POSITION.fullmatch(key) for key in known):
            raise FieldError(N_("Please send an object of numbers by the position of the measure."))
        return {key: CELL.from_json(number) for key, number in known.items()}

    def show(self, value: Any) -> dict[str, str]:
        return {str(key): amount(number) for key, number in (value or {}).items()}

    def parse(self, raw: Any) -> dict[int, float]:
        if self.required and not (raw and all(clean(text) for text in raw.values())):
            raise FieldError(N_("Please write a figure for each measure."))
        return {int(key): CELL.read(clean(text)) for key, text in raw.items() if clean(text)}

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "description": self.label, "additionalProperties": {"type": "number"}}


class ReportForm(Form):
    done = Text(N_("What was done"), min=5, **LINES)
    figures = Figures(N_("Figures against the targets"), required=False, hint=N_("As far as they are known."))
    voices = Text(N_("What people said"), **LINES, required=False)
    following = Text(N_("What comes next"), **LINES, required=False)


class EvaluationForm(Form):
    done = Text(N_("What came out of it"), min=10, **LINES)
    figures = Figures(N_("Figures against the targets"))
    voices = Text(N_("What people said"), **LINES, required=False)
    lessons = Text(
        N_("What was learned"),
        min=10,
        **LINES,
        hint=N_("What did not work is worth as much as what did. Others begin where you ended."),
    )
    advice = Choice(N_("What you recommend"), [(str(key), label) for key, label in ADVICE.items()])


class SettleForm(OperationForm):
    """The same questions as in the form of the pilot, answered later."""
