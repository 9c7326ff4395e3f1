"""What is typed in the consent centre."""

import re
from collections.abc import Mapping
from typing import Any

from participation.consents.labels import CATEGORIES
from participation.consents.models import PurposeVersion
from participation.consents.wording import TRANSLATED
from participation.db import Localized
from participation.policy import N_
from participation.web.fields import Choice, Choices, Integer, Text
from participation.web.forms import Form

KEY = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,58}[a-z0-9])?")
BAD_KEY = N_("Please use small letters, digits, hyphens and underscores, such as vital_signs.")
CENTURY = 36_525  # days


class GrantForm(Form):
    version = Integer(N_("Number of the version that was read"), min=1, max=10**6, required=False)


class ServiceForm(Form):
    name_ja = Text(N_("Name (Japanese)"), min=2, max=120)
    name_en = Text(N_("Name (English)"), max=120, required=False)
    key = Text(N_("Key"), max=60, hint=N_("The name for programs: small letters, digits, hyphens, underscores."))
    controller = Choice(N_("Organisation that is responsible for the data"))

    def check(self) -> None:
        if not KEY.fullmatch(self.values["key"]):
            self.fail("key", BAD_KEY)

    def service_values(self) -> dict[str, Any]:
        values = self.ensure()
        return {
            "key": values["key"],
            "controller_id": int(values["controller"]),
            "name": _both(values, "name"),
        }


class WordsForm(Form):
    """The words of a version."""

    title_ja = Text(N_("Title (Japanese)"), min=2, max=120)
    title_en = Text(N_("Title (English)"), max=120, required=False)
    summary_ja = Text(
        N_("What happens with the data (Japanese)"),
        min=5,
        max=1_000,
        lines=True,
        hint=N_("In plain words, as to a neighbour."),
    )
    summary_en = Text(N_("What happens with the data (English)"), max=1_000, lines=True, required=False)
    categories = Choices(N_("Kinds of data"), [(str(kind), label) for kind, label in CATEGORIES.items()])
    reason_ja = Text(N_("Why (Japanese)"), min=5, max=1_000, lines=True)
    reason_en = Text(N_("Why (English)"), max=1_000, lines=True, required=False)
    retention_ja = Text(N_("How long it is kept (Japanese)"), min=1, max=300)
    retention_en = Text(N_("How long it is kept (English)"), max=300, required=False)
    retention_days = Integer(
        N_("Days for which it is kept"), min=0, max=CENTURY, required=False, hint=N_("Empty: until it is withdrawn.")
    )
    third_parties_ja = Text(
        N_("Who else gets it (Japanese)"), max=1_000, lines=True, required=False, hint=N_("Empty: nobody.")
    )
    third_parties_en = Text(N_("Who else gets it (English)"), max=1_000, lines=True, required=False)
    effect_ja = Text(N_("What changes after switching it off (Japanese)"), min=2, max=1_000, lines=True)
    effect_en = Text(N_("What changes after switching it off (English)"), max=1_000, lines=True, required=False)

    def words(self) -> dict[str, Any]:
        values = self.ensure()
        said = {name: _both(values, name) for name in TRANSLATED}
        return {**said, "categories": list(values["categories"]), "retention_days": values["retention_days"]}


class PurposeForm(WordsForm):
    """A new purpose with its first words."""

    key = Text(N_("Key"), max=60, hint=N_("The name for programs: small letters, digits, hyphens, underscores."))

    def check(self) -> None:
        if not KEY.fullmatch(self.values["key"]):
            self.fail("key", BAD_KEY)


class MoveForm(Form):
    note = Text(
        N_("What is to be changed"), max=2_000, lines=True, required=False, hint=N_("The organisation reads it.")
    )


def filled(version: PurposeVersion) -> dict[str, Any]:
    """What stands in the form of a draft."""
    texts = {
        f"{name}_{locale}": getattr(version, name).get(locale, "") for name in TRANSLATED for locale in ("ja", "en")
    }
    return {**texts, "categories": version.categories, "retention_days": version.retention_days}


def _both(values: Mapping[str, Any], name: str) -> Localized:
    return Localized({locale: values[f"{name}_{locale}"] for locale in ("ja", "en") if values[f"{name}_{locale}"]})


class LinkForm(Form):
    code = Text(N_("Code that the person typed"), max=40)


class TokenForm(Form):
    name = Text(N_("What the key is for"), min=2, max=80)


class WebhookForm(Form):
    url = Text(N_("Address"), max=300, hint=N_("Only https on port 443, at a public address."))
