"""What is typed of a dataset; the page and the API read the same."""

from collections.abc import Mapping
from typing import Any

from consortium.datasets.actions import Description
from consortium.datasets.labels import ACCESS, CYCLES, FORMATS, LICENCES
from consortium.datasets.models import Access, DatasetState, Licence
from consortium.datasets.queries import Line
from consortium.membership.forms import WebAddress
from participation.db import Localized
from participation.policy import N_
from participation.spaces.queries import Places
from participation.web.fields import Choice, Choices, Day, Email, Text
from participation.web.forms import Form


def _options(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(key), label) for key, label in labels.items()]


MOVES = {DatasetState.PUBLISHED: N_("Offer it"), DatasetState.WITHDRAWN: N_("Withdraw it")}


class DatasetForm(Form):
    title_ja = Text(N_("Title (Japanese)"), min=2, max=120)
    title_en = Text(N_("Title (English)"), max=120, required=False)
    description_ja = Text(N_("What the data hold (Japanese)"), min=10, max=2_000, lines=True)
    description_en = Text(N_("What the data hold (English)"), max=2_000, lines=True, required=False)
    access = Choice(
        N_("Who may use them"), _options(ACCESS), hint=N_("Personal data only with the consent of those they are of.")
    )
    format = Choice(N_("Format"), _options(FORMATS))
    cycle = Choice(N_("How often they are brought up to date"), _options(CYCLES))
    licence = Choice(N_("Licence"), _options(LICENCES))
    download_url = WebAddress(N_("Address of the file"), max=300, required=False)
    api_url = WebAddress(N_("Address of the API"), max=300, required=False)
    contact = Email(N_("Whom to ask"), hint=N_("An e-mail address of the office; everybody sees it."))
    covers_from = Day(N_("From which day"), required=False)
    covers_to = Day(N_("Until which day"), required=False, hint=N_("Empty: they go on."))
    areas = Choices(N_("Living areas"), required=False, hint=N_("None means the whole city."))

    def check(self) -> None:
        values = self.values
        if values["covers_from"] and values["covers_to"] and values["covers_to"] < values["covers_from"]:
            self.fail("covers_to", N_("The last day must not be before the first one."))
        if values["access"] == Access.OPEN and not (values["download_url"] or values["api_url"]):
            self.fail("download_url", N_("Open data need an address at which everybody gets them."))
        if values["access"] == Access.OPEN and values["licence"] == Licence.AGREEMENT:
            self.fail("licence", N_("Open data need a licence that holds for everybody."))

    def said(self, places: Places) -> Description:
        """The values as actions take them.

        Raises:
            Invalid: something is wrong.
        """
        values = self.ensure()
        areas = {area.key: area.id for area in places.areas}
        kept = ("access", "format", "cycle", "licence", "download_url", "api_url", "contact")
        return Description(
            title=_localized(values, "title"),
            description=_localized(values, "description"),
            **{name: values[name] for name in (*kept, "covers_from", "covers_to")},
            areas=[areas[key] for key in values["areas"]],
        )


class NewDatasetForm(DatasetForm):
    service = Choice(N_("Which service collects them"))


class ChangeDatasetForm(DatasetForm):
    reason = Text(N_("Why it is changed"), max=300, required=False, hint=N_("Stands in the history of the page."))


class MoveForm(Form):
    to = Choice(N_("State"), _options(MOVES))
    reason = Text(N_("Why"), max=1_000, lines=True, required=False, hint=N_("Everybody reads it."))

    def check(self) -> None:
        if self.values["to"] == DatasetState.WITHDRAWN and not self.values["reason"]:
            self.fail("reason", N_("Please say why."))


def stored(line: Line) -> dict[str, Any]:
    """What stands in the form of a dataset that is here already."""
    texts = {f"{name}_{tongue}": getattr(line, name).get(tongue, "")
             for name in ("title", "description") for tongue in ("ja", "en")}  # fmt: skip
    kept = ("access", "format", "cycle", "licence", "download_url", "api_url", "contact", "covers_from", "covers_to")
    plain = {name: getattr(line, name) for name in kept}
    return {**texts, **plain, "areas": [area.key for area in line.areas]}


def _localized(values: Mapping[str, Any], name: str) -> Localized:
    return Localized({tongue: text for tongue in ("ja", "en") if (text := values[f"{name}_{tongue}"])})
