"""Forms of KPIs: the page's and the API's are the same."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from participation.db import Localized
from participation.kpis.actions import REASON, Reading, digits
from participation.kpis.judging import WITHOUT_NUMBER, Aim, Comparator
from participation.kpis.labels import CALENDARS, COMPARATORS, KINDS, LEVELS
from participation.kpis.models import Kpi, Level
from participation.kpis.numbers import Exact, read_number
from participation.kpis.planting import Branch
from participation.kpis.years import FIRST, LAST
from participation.policy import N_
from participation.web.fields import Choice, Choices, FieldError, Integer, Text
from participation.web.forms import Form

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
BAD_KEY = N_("Please use small letters, digits and hyphens, such as new-services.")
WEB = re.compile(r"https?://[^\s/]+\.[^\s]+")
PART = re.compile(r"([a-z0-9-]{1,40}) *: *([^/]{1,80}?)(?: */ *(.{1,80}))?")


class MeasurementForm(Form):
    year = Integer(N_("Year"), min=FIRST, max=LAST, hint=N_("Of a fiscal year the one in which it begins."))
    part = Choice(N_("Part"), required=False)
    value = Exact(N_("Figure"))
    citation = Text(N_("Where it was read"), min=3, max=300, hint=N_("Publisher, title, page or table."))
    url = Text(N_("Address of the source"), max=500, hint=N_("Begins with https://, so that everybody can look it up."))
    note = Text(N_("Why it is corrected"), max=500, required=False, hint=N_("Only if there was a figure before."))

    def check(self) -> None:
        if not WEB.fullmatch(self.values["url"]):
            self.fail("url", N_("Please give an address such as https://www.city.kobe.lg.jp/…"))

    def fit(self, kpi: Kpi, standing: Collection[tuple[int, str]], running: int) -> None:
        """What the KPI asks of a figure; `standing` are the years and parts that have one, `running` is this year."""
        part = self.values.get("part") or ""
        if not self.ok:
            return
        if part not in kpi.parts:
            self.fail("part", N_("Please choose one of the options."))
        if self.values["year"] > running:
            self.fail("year", N_("This year has not begun."))
        if kpi.comparator == Comparator.RANK and (self.values["value"] < 1 or self.values["value"] % 1):
            self.fail("value", N_("A rank is a whole number from 1."))
        if (self.values["year"], part) in standing and not self.values["note"]:
            self.fail("note", REASON)

    def reading(self) -> Reading:
        values = self.ensure()
        return Reading(**{**values, "part": values["part"] or ""})


class TargetForm(Form):
    year = Integer(N_("Year"), min=FIRST, max=LAST)
    part = Choice(N_("Part"), required=False)
    value = Exact(N_("Target"), required=False)
    high = Exact(N_("Upper end"), required=False, hint=N_("Of a range only."))

    def fit(self, kpi: Kpi) -> None:
        if not self.ok:
            return
        comparator, value, high = Comparator(kpi.comparator), self.values["value"], self.values["high"]
        if (self.values["part"] or "") not in kpi.parts:
            self.fail("part", N_("Please choose one of the options."))
        if value is None and comparator not in WITHOUT_NUMBER:
            self.fail("value", N_("Please fill this in."))
        if comparator == Comparator.RANGE and (high is None or (value is not None and high < value)):
            self.fail("high", N_("The upper end must not be below the lower one."))
        if comparator != Comparator.RANGE and high is not None:
            self.fail("high", N_("Of a range only."))

    def aim(self) -> Aim:
        return Aim(self.ensure()["value"], self.values["high"])


class KpiForm(Form):
    key = Text(N_("Key"), max=40, hint=N_("The last part of its address: small letters, digits, hyphens."))
    name_ja = Text(N_("Name (Japanese)"), min=1, max=120)
    name_en = Text(N_("Name (English)"), max=120, required=False)
    unit_ja = Text(N_("Unit (Japanese)"), max=20, required=False)
    unit_en = Text(N_("Unit (English)"), max=20, required=False)
    note_ja = Text(N_("Note (Japanese)"), max=1000, lines=True, required=False)
    note_en = Text(N_("Note (English)"), max=1000, lines=True, required=False)
    kind = Choice(N_("Kind"), [(str(kind), label) for kind, label in KINDS.items()])
    comparator = Choice(N_("How it is compared"), [(str(each), label) for each, label in COMPARATORS.items()])
    cumulative_years = Integer(
        N_("Added up over years"), min=2, max=50, required=False, hint=N_("Empty: each year stands for itself.")
    )
    calendar = Choice(N_("Years"), [(str(each), label) for each, label in CALENDARS.items()])
    source = Choice(N_("From where its figures come"), required=False)
    split = Text(
        N_("Parts of the figure"), max=1000, lines=True, required=False,
        hint=N_("One per line, such as  women: Josei / Women . Empty: it is one figure."),
    )  # fmt: skip
    baseline_year = Integer(N_("Year of the baseline"), min=FIRST, max=LAST, required=False)
    baseline = Text(
        N_("Baseline"), max=1000, lines=True, required=False,
        hint=N_("A number; with parts one per line, such as  women: 83.80"),
    )  # fmt: skip

    def check(self) -> None:
        if not KEY.fullmatch(self.values["key"]):
            self.fail("key", BAD_KEY)
        parts = self._parts()
        if parts is not None:
            self.values["split"] = parts
            self._baseline([part["key"] for part in parts])

    def _parts(self) -> list[dict[str, str]] | None:
        found = []
        for line in self.values["split"].splitlines():
            match = PART.fullmatch(line.strip())
            if match is None:
                self.fail("split", N_("Please write one part per line, each with its key, a colon and its name."))
                return None
            key, japanese, english = match.groups()
            found.append({"key": key, "ja": japanese, **({"en": english} if english else {})})
        if len({part["key"] for part in found}) < len(found) or len(found) == 1 or (found and self.values["source"]):
            self.fail("split", N_("A figure has at least two different parts, and a computed one has none."))
            return None
        return found

    def _baseline(self, parts: list[str]) -> None:
        found: dict[str, str] = {}
        for line in self.values["baseline"].splitlines():
            part, colon, number = line.rpartition(":")
            if (part.strip() in parts) if parts else not colon:
                try:
                    found[part.strip()] = digits(read_number(number.strip()))
                    continue
                except FieldError as error:
                    self.fail("baseline", error.message)
                    return
            self.fail("baseline", N_("Please write a number; with parts, each with its key and a colon."))
            return
        if set(found) not in (set(), set(parts) or {""}):
            self.fail("baseline", N_("Please write a number; with parts, each with its key and a colon."))
        self.values["baseline"] = found

    def kpi_values(self) -> dict[str, Any]:
        values = dict(self.ensure())
        texts = {
            name: Localized({tongue: text for tongue in ("ja", "en") if (text := values.pop(f"{name}_{tongue}"))})
            for name in ("name", "unit", "note")
        }
        return {**values, **texts, "source": values["source"] or ""}


def stored_values(kpi: Kpi) -> dict[str, Any]:
    """A definition as its form shows it."""
    texts = {
        f"{name}_{tongue}": getattr(kpi, name).get(tongue, "")
        for name in ("name", "unit", "note") for tongue in ("ja", "en")
    }  # fmt: skip
    split = [f"{part['key']}: {part['ja']}" + (f" / {part['en']}" if "en" in part else "") for part in kpi.split]
    base = [f"{part}: {number}" if part else number for part, number in kpi.baseline.items()]
    kept = ("key", "kind", "comparator", "cumulative_years", "calendar", "source", "baseline_year")
    plain = {name: getattr(kpi, name) for name in kept}
    return {**texts, **plain, "split": "\n".join(split), "baseline": "\n".join(base)}


class BranchForm(Form):
    level = Choice(N_("What it is"), [(str(level), label) for level, label in LEVELS.items()])
    key = Text(N_("Key"), max=40, hint=N_("Small letters, digits and hyphens; it stays when the name changes."))
    name_ja = Text(N_("Name (Japanese)"), min=1, max=120)
    name_en = Text(N_("Name (English)"), max=120, required=False)
    parents = Choices(N_("What it serves"), required=False)
    kpis = Choices(N_("KPIs in which it is seen"), required=False)

    def check(self) -> None:
        if not KEY.fullmatch(self.values["key"]):
            self.fail("key", BAD_KEY)
        if self.values["level"] != Level.MEASURE and self.values["kpis"]:
            self.fail("kpis", N_("KPIs hang on measures. Please choose those that are there."))

    def branch(self) -> Branch:
        values: Mapping[str, Any] = self.ensure()
        names = {tongue: values[f"name_{tongue}"] for tongue in ("ja", "en") if values[f"name_{tongue}"]}
        return Branch(
            key=values["key"],
            level=Level(values["level"]),
            name=Localized(names),
            parents=frozenset(values["parents"]),
            kpis=frozenset(values["kpis"]),
        )

