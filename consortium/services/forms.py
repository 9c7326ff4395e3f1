"""What is typed of a service, with its rows of data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consortium.membership.forms import WebAddress
from consortium.services.actions import DataEntry, Description
from consortium.services.labels import CHANNELS, DATA, MOVES, STATES
from consortium.services.models import ServiceState
from consortium.services.queries import Whole
from participation.db import Localized
from participation.policy import N_
from participation.web.fields import Choice, Choices, Day, Field, FieldError, Text, clean
from participation.web.forms import Form

COLUMNS = ("category", "reason_ja", "reason_en", "purpose")
MOST_DATA, LONGEST_REASON, LONGEST_KEY = 20, 300, 60


class DataRows(Field):
    """Rows of kind, reason and purpose; rows in which nothing is chosen and written are left out."""

    json_type = "array"

    def take(self, data: Any, name: str) -> list[dict[str, str]]:
        columns = {column: data.getlist(f"{name}_{column}") for column in COLUMNS}
        length = min(max(map(len, columns.values()), default=0), MOST_DATA)
        return [
            {column: _at(values, place) for column, values in columns.items()} for place in range(length)
        ]

    def from_json(self, value: Any) -> list[dict[str, str]]:
        if value is None:
            return []
        rows = value if isinstance(value, list) and len(value) <= MOST_DATA else [None]
        for row in rows:
            texts = isinstance(row, dict) and all(isinstance(row.get(column, ""), str) for column in COLUMNS)
            if not texts or not row.get("category"):
                raise FieldError(N_("Please send a list of objects with category, reason_ja, reason_en and purpose."))
        return [{column: row.get(column, "") for column in COLUMNS} for row in rows]

    def show(self, value: Any) -> list[dict[str, str]]:
        return list(value or ())

    def parse(self, raw: Any) -> list[DataEntry]:
        rows = [{column: " ".join(clean(row[column]).split()) for column in COLUMNS} for row in raw]
        return [self._entry(number, row) for number, row in enumerate(rows, 1) if any(row.values())]

    def _entry(self, number: int, row: Mapping[str, str]) -> DataEntry:
        if row["category"] not in list(DATA):
            raise FieldError(N_("Row %(row)s: please choose a kind of data."), row=number)
        if not row["reason_ja"]:
            raise FieldError(N_("Row %(row)s: please say why the service uses these data."), row=number)
        if max(len(row["reason_ja"]), len(row["reason_en"])) > LONGEST_REASON or len(row["purpose"]) > LONGEST_KEY:
            raise FieldError(N_("Row %(row)s: please shorten this."), row=number)
        return DataEntry(row["category"], _localized(row["reason_ja"], row["reason_en"]), row["purpose"])

    def schema(self) -> dict[str, Any]:
        text = {"type": "string"}
        row = {"type": "object", "properties": {column: text for column in COLUMNS}, "required": ["category"]}
        return {"type": "array", "description": self.label, "items": row, "maxItems": MOST_DATA}


def _at(values: list[Any], place: int) -> str:
    value = values[place] if place < len(values) else ""
    return value if isinstance(value, str) else ""


def _localized(ja: str, en: str) -> Localized:
    return Localized({key: text for key, text in (("ja", ja), ("en", en)) if text})


@dataclass(frozen=True)
class Offers:
    """What may be chosen: the number of each field, organisation and living area by its key, and its name to show."""

    fields: Mapping[str, int]
    owners: Mapping[str, int]
    areas: Mapping[str, int]
    choices: Mapping[str, list[tuple[str, str]]]


class ServiceForm(Form):
    name_ja = Text(N_("Name (Japanese)"), min=2, max=120)
    name_en = Text(N_("Name (English)"), max=120, required=False)
    summary_ja = Text(N_("In one sentence (Japanese)"), min=5, max=200)
    summary_en = Text(N_("In one sentence (English)"), max=200, required=False)
    description_ja = Text(N_("What it does (Japanese)"), max=4_000, lines=True, required=False)
    description_en = Text(N_("What it does (English)"), max=4_000, lines=True, required=False)
    for_whom_ja = Text(N_("For whom (Japanese)"), max=300, required=False)
    for_whom_en = Text(N_("For whom (English)"), max=300, required=False)
    category = Choice(N_("Field"), required=False)
    channels = Choices(
        N_("How it is used"), [(str(key), label) for key, label in CHANNELS.items()], required=False
    )
    owners = Choices(N_("Who runs it"), hint=N_("Members of the council; the first one answers for it."))
    areas = Choices(N_("Living areas"), required=False, hint=N_("None means the whole city."))
    website = WebAddress(N_("Website"), max=300, required=False)
    data = DataRows(
        N_("Which data it uses, and why"),
        required=False,
        hint=N_("Personal data need a consent purpose; without one, the page says that it is missing."),
    )
    api_url = WebAddress(
        N_("Address of its standard API"), max=300, required=False, hint=N_("Rule of the members: connect by the API.")
    )
    api_docs = WebAddress(N_("Documentation of the API"), max=300, required=False)

    def check(self) -> None:
        if self.choices.get("category") and not self.values["category"]:
            self.fail("category", N_("Please choose a field."))

    def said(self, offers: Offers) -> Description:
        """The values as actions take them.

        Raises:
            Invalid: something is wrong.
        """
        values = self.ensure()
        texts = {
            name: _localized(values[f"{name}_ja"], values[f"{name}_en"])
            for name in ("name", "summary", "description", "for_whom")
        }
        return Description(
            **texts,
            category_id=offers.fields.get(values["category"]),
            channels=values["channels"],
            owners=[offers.owners[slug] for slug in values["owners"]],
            areas=[offers.areas[key] for key in values["areas"]],
            data=values["data"],
            **{name: values[name] for name in ("website", "api_url", "api_docs")},
        )


class NewServiceForm(ServiceForm):
    state = Choice(N_("State"), [(str(key), STATES[key]) for key in ServiceState])
    since = Day(N_("Since or from"), hint=N_("The day on which it came, or will come, into this state."))


class ChangeForm(ServiceForm):
    reason = Text(N_("Why it is changed"), max=300, required=False, hint=N_("Stands in the history of the page."))


class MoveForm(Form):
    to = Choice(N_("State"), [(str(key), label) for key, label in MOVES.items()])
    day = Day(N_("From which day"))
    reason = Text(N_("Why"), max=1_000, lines=True, required=False, hint=N_("Everybody reads it."))

    def check(self) -> None:
        if self.values["to"] == ServiceState.ENDED and not self.values["reason"]:
            self.fail("reason", N_("Please say why."))


def stored(whole: Whole) -> dict[str, Any]:
    """What stands in the form of a service that is here already."""
    row, line = whole.row, whole.line
    texts = {
        f"{name}_{locale}": getattr(row, name).get(locale, "")
        for name in ("name", "summary", "description", "for_whom")
        for locale in ("ja", "en")
    }
    data = [
        {
            "category": str(use.category),
            "reason_ja": use.reason.get("ja", ""),
            "reason_en": use.reason.get("en", ""),
            "purpose": use.purpose_key,
        }
        for use in whole.data
    ]
    return {
        **texts,
        "category": line.field.key if line.field else "",
        "channels": list(line.channels),
        "owners": [owner.slug for owner in line.owners],
        "areas": [area.key for area in line.areas],
        "website": row.website,
        "api_url": row.api_url,
        "api_docs": row.api_docs,
        "data": data,
    }
