"""Forms of the secretariat for processes and the frame. Texts of the city are typed in both languages."""

import re
from collections.abc import Mapping
from typing import Any

from participation.db import Localized
from participation.policy import N_
from participation.web.fields import Choices, Decimal, Integer, Moment, Text
from participation.web.forms import Form

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
BAD_SLUG = N_("Please use small letters, digits and hyphens, such as vision-2030.")


def both(values: Mapping[str, Any], name: str) -> Localized:
    """The text in both languages from its two fields."""
    return Localized({locale: values[f"{name}_{locale}"] for locale in ("ja", "en") if values[f"{name}_{locale}"]})


def apart(name: str, text: Mapping[str, str] | None) -> dict[str, str]:
    return {f"{name}_{locale}": (text or {}).get(locale, "") for locale in ("ja", "en")}


class ProcessForm(Form):
    title_ja = Text(N_("Title (Japanese)"), min=2, max=120)
    title_en = Text(N_("Title (English)"), max=120, required=False)
    slug = Text(N_("Address"), max=60, hint=N_("The last part of its address: small letters, digits, hyphens."))
    summary_ja = Text(N_("Summary (Japanese)"), max=400, lines=True, required=False)
    summary_en = Text(N_("Summary (English)"), max=400, lines=True, required=False)
    body_ja = Text(N_("Description (Japanese)"), max=20_000, lines=True, required=False)
    body_en = Text(N_("Description (English)"), max=20_000, lines=True, required=False)
    support_cap = Integer(
        N_("Supports per person"), min=1, max=10_000, required=False, hint=N_("Empty: as many as a person likes.")
    )

    def check(self) -> None:
        if not SLUG.fullmatch(self.values["slug"]):
            self.fail("slug", BAD_SLUG)

    def process_values(self) -> dict[str, Any]:
        values = self.ensure()
        texts = {name: both(values, name) for name in ("title", "summary", "body")}
        return {**texts, "slug": values["slug"], "support_cap": values["support_cap"]}


class PhaseForm(Form):
    title_ja = Text(N_("Title (Japanese)"), min=2, max=120)
    title_en = Text(N_("Title (English)"), max=120, required=False)
    description_ja = Text(N_("Description (Japanese)"), max=2_000, lines=True, required=False)
    description_en = Text(N_("Description (English)"), max=2_000, lines=True, required=False)
    starts_at = Moment(N_("Begins"))
    ends_at = Moment(N_("Ends"), required=False, hint=N_("Empty: open until you end it."))
    features = Choices(N_("What it opens"), required=False)

    def check(self) -> None:
        if self.values["ends_at"] is not None and self.values["ends_at"] <= self.values["starts_at"]:
            self.fail("ends_at", N_("The end must be later than the beginning."))

    def phase_values(self) -> dict[str, Any]:
        values = self.ensure()
        return {
            "title": both(values, "title"),
            "description": both(values, "description"),
            "starts_at": values["starts_at"],
            "ends_at": values["ends_at"],
            "features": values["features"],
        }


class SiteForm(Form):
    name_ja = Text(N_("Name (Japanese)"), min=1, max=80)
    name_en = Text(N_("Name (English)"), max=80, required=False)
    tagline_ja = Text(N_("One line about it (Japanese)"), max=120, required=False)
    tagline_en = Text(N_("One line about it (English)"), max=120, required=False)
    council_ja = Text(N_("Council (Japanese)"), max=120, required=False)
    council_en = Text(N_("Council (English)"), max=120, required=False)
    contact_ja = Text(N_("How to reach the secretariat (Japanese)"), max=400, lines=True, required=False)
    contact_en = Text(N_("How to reach the secretariat (English)"), max=400, lines=True, required=False)

    def site_values(self) -> dict[str, Localized]:
        values = self.ensure()
        return {name: both(values, name) for name in ("name", "tagline", "council", "contact")}


class CategoryForm(Form):
    key = Text(N_("Key"), max=40, hint=N_("Small letters, digits and hyphens; it stays when the name changes."))
    name_ja = Text(N_("Name (Japanese)"), min=1, max=80)
    name_en = Text(N_("Name (English)"), max=80, required=False)

    def check(self) -> None:
        if not SLUG.fullmatch(self.values["key"]):
            self.fail("key", BAD_SLUG)

    def place_values(self) -> dict[str, Any]:
        return {"name": both(self.ensure(), "name")}


class AreaForm(CategoryForm):
    lat = Decimal(N_("Latitude of its centre"), min=-90, max=90, required=False)
    lng = Decimal(N_("Longitude of its centre"), min=-180, max=180, required=False)

    def check(self) -> None:
        super().check()
        if (self.values["lat"] is None) != (self.values["lng"] is None):
            self.fail("lng", N_("Please give both latitude and longitude, or neither."))

    def place_values(self) -> dict[str, Any]:
        return {**super().place_values(), "lat": self.values["lat"], "lng": self.values["lng"]}
