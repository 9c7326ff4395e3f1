"""The forms of the desk: about the workshop, its rules, its questions and quotas, its steps."""

from collections.abc import Iterable, Mapping
from typing import Any

from participation.db import Localized
from participation.policy import N_
from participation.web.fields import Choice, Choices, Decimal, Email, FieldError, Integer, Moment, Text
from participation.web.forms import Form
from workshops.actions import PLAIN, RULES, TEXTS, Quota
from workshops.labels import STATES, WHO
from workshops.models import State, Workshop, WorkshopQuestion

LONG: dict[str, Any] = {"max": 5_000, "lines": True, "required": False}
SHORT: dict[str, Any] = {"max": 200, "required": False}
NUMBERS = {"fee": 0, "dots": 3, "capacity": 0, "min_age": 0, "retention_days": 90}  # where nothing was typed


class AboutForm(Form):
    """What may change until the workshop is over."""

    title_ja = Text(N_("Title (Japanese)"), min=2, max=120)
    title_en = Text(N_("Title (English)"), max=120, required=False)
    question_ja = Text(
        N_("Question of the day (Japanese)"),
        **SHORT,
        hint=N_("An open question, such as “How might we make parks safer at night?”"),
    )
    question_en = Text(N_("Question of the day (English)"), **SHORT)
    description_ja = Text(N_("What happens there (Japanese)"), **LONG, hint=N_("Markdown."))
    description_en = Text(N_("What happens there (English)"), **LONG)
    starts_at = Moment(N_("Begins"), required=False)
    ends_at = Moment(N_("Ends"), required=False)
    venue_ja = Text(N_("Place (Japanese)"), **SHORT)
    venue_en = Text(N_("Place (English)"), **SHORT)
    address_ja = Text(N_("Address (Japanese)"), **SHORT)
    address_en = Text(N_("Address (English)"), **SHORT)
    access_ja = Text(
        N_("How to get there and take part (Japanese)"),
        **LONG,
        hint=N_("Trains and buses, steps and lifts, childcare, sign language, an online seat."),
    )
    access_en = Text(N_("How to get there and take part (English)"), **LONG)
    lat = Decimal(N_("Latitude"), min=-90, max=90, required=False)
    lng = Decimal(N_("Longitude"), min=-180, max=180, required=False)
    contact_ja = Text(N_("Whom to ask (Japanese)"), **SHORT)
    contact_en = Text(N_("Whom to ask (English)"), **SHORT)
    fee = Integer(N_("Fee in yen"), min=0, max=1_000_000, required=False)
    dots = Integer(N_("Dot votes for each person"), min=0, max=100, required=False)

    def check(self) -> None:
        starts, ends = self.values.get("starts_at"), self.values.get("ends_at")
        if starts and ends and ends <= starts:
            self.fail("ends_at", N_("The end must be after the beginning."))
        if (self.values.get("lat") is None) != (self.values.get("lng") is None):
            self.fail("lat", N_("Please give both latitude and longitude, or neither."))


class WorkshopForm(AboutForm):
    """With the rules by which people apply, which stay once the call is announced."""

    capacity = Integer(N_("Places"), min=1, max=1_000, required=False)
    call_opens_at = Moment(N_("Call opens"), required=False)
    call_closes_at = Moment(N_("Call closes"), required=False)
    min_age = Integer(N_("Youngest age on the day"), min=0, max=120, required=False)
    any_of = Choices(
        N_("Who may apply"),
        list(WHO.items()),
        required=False,
        hint=N_("One of these is enough. With none, everybody may apply."),
    )
    purpose = Choice(N_("Purpose of use that applicants agree to"), required=False)
    retention_days = Integer(N_("Days after which applications are deleted"), min=1, max=3_650, required=False)

    def check(self) -> None:
        AboutForm.check(self)
        opens, closes = self.values.get("call_opens_at"), self.values.get("call_closes_at")
        if opens and closes and closes <= opens:
            self.fail("call_closes_at", N_("The call must close later than it opens."))


class NewForm(Form):
    title_ja = AboutForm.fields["title_ja"]
    slug = Text(N_("Address"), min=2, max=60, hint=N_("The last part of its address: small letters, digits, hyphens."))
    process = Choice(N_("Process"))


class Options(Text):
    """An answer per line: a short name, what it is called in Japanese, and in English."""

    def read(self, text: str) -> str:
        lines = [line for line in text.splitlines() if line.strip()]
        if not 2 <= len(lines) <= 30:
            raise FieldError(N_("Please write from 2 to 30 lines."))
        if any(not all(part.strip() for part in line.split("|", 2)[:2]) or "|" not in line for line in lines):
            raise FieldError(N_("Please write each line as: name | Japanese | English"))
        return "\n".join(" | ".join(part.strip() for part in line.split("|", 2)) for line in lines)


class QuestionForm(Form):
    key = Text(N_("Short name"), min=1, max=40, hint=N_("It stands in the published files: small letters, digits."))
    label_ja = Text(N_("Question (Japanese)"), min=2, max=120)
    label_en = Text(N_("Question (English)"), max=120, required=False)
    why_ja = Text(N_("Why it is asked (Japanese)"), min=4, max=300)
    why_en = Text(N_("Why it is asked (English)"), max=300, required=False)
    options = Options(
        N_("Answers to choose from"), max=4_000, lines=True, hint=N_("One line each: name | Japanese | English")
    )

    def choices_typed(self) -> list[tuple[str, Localized]]:
        """The answers as actions take them."""
        lines = [[part.strip() for part in line.split("|")] for line in self.values["options"].splitlines()]
        return [(key, both(*words[:2])) for key, *words in lines]


class StepForm(Form):
    """A step; `reason` where one is needed."""

    to = Choice(N_("State"), [(str(state), STATES[state]) for state in State if state != State.PLANNED])
    reason = Text(N_("Reason"), max=1_000, lines=True, required=False, hint=N_("Everybody will read it."))


class FacilitatorForm(Form):
    email = Email(N_("E-mail address of a person with an account"))


def both(ja: str, en: str = "") -> Localized:
    return Localized({locale: text for locale, text in (("ja", ja), ("en", en)) if text})


def to_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """By the names of the columns; what was not sent is left out."""
    stored = {name: values[name] for name in (*PLAIN, *RULES) if name in values}
    for name, usual in NUMBERS.items():
        if name in stored and stored[name] is None:
            stored[name] = usual
    if "purpose" in stored:
        stored["purpose"] = stored["purpose"] or ""
    for name in TEXTS:
        if f"{name}_ja" in values or f"{name}_en" in values:
            stored[name] = both(values.get(f"{name}_ja") or "", values.get(f"{name}_en") or "")
    return stored


def from_columns(row: Workshop) -> dict[str, Any]:
    texts = {f"{name}_{locale}": getattr(row, name).get(locale, "") for name in TEXTS for locale in ("ja", "en")}
    plain = {name: getattr(row, name) for name in (*PLAIN, *RULES)}
    return {**texts, **plain, "capacity": row.capacity or None}


def quota_form(questions: Iterable[WorkshopQuestion]) -> type[Form]:
    """Two numbers for each answer: `min.age_band.18-29`, `max.age_band.18-29`; empty means no bound."""
    fields: dict[str, Any] = {}
    for question in questions:
        for option in question.options:
            name = f"{question.key}.{option['key']}"
            fields[f"min.{name}"] = Integer(N_("At least"), min=0, max=1_000, required=False)
            fields[f"max.{name}"] = Integer(N_("At most"), min=0, max=1_000, required=False)
    return type("QuotaForm", (_QuotaForm,), fields)


class _QuotaForm(Form):
    def check(self) -> None:
        for name, least in self.values.items():
            most = self.values.get(f"max.{name[4:]}")
            if name.startswith("min.") and least is not None and most is not None and least > most:
                self.fail(name, N_("At least must not be more than at most."))

    def quotas(self, places: int) -> list[Quota]:
        """The bounds that were given; a missing upper one is the number of places."""
        found = []
        for name in self.fields:
            if not name.startswith("min."):
                continue
            _, feature, value = name.split(".", 2)
            least, most = self.values[name], self.values[f"max.{name[4:]}"]
            if least is not None or most is not None:
                upper = most if most is not None else max(places, least or 0)
                found.append(Quota(feature=feature, value=value, minimum=least or 0, maximum=upper))
        return found
