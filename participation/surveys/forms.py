"""What is typed of a survey and of its questions."""

import re
from collections.abc import Mapping
from typing import Any

from participation.db import Localized
from participation.policy import N_
from participation.surveys.actions import Setting
from participation.surveys.building import Asking
from participation.surveys.labels import ACCESS, KINDS, MOVES, RESULTS
from participation.surveys.models import Access, Kind, ResultsFrom
from participation.surveys.questions import Question
from participation.web.drafting import draft_of
from participation.web.fields import Choice, Choices, FieldError, Flag, Integer, Moment, Text, clean
from participation.web.forms import Form

LIST_LONGEST, MOST_OPTIONS = 8_000, 60
NO_SLUG = N_("Please use small letters, digits and hyphens, such as bus-lines.")


class Slug(Text):
    """The last part of an address."""

    def read(self, text: str) -> str:
        text = super().read(text)
        if not re.fullmatch(r"[a-z](?:[a-z0-9-]{0,48}[a-z0-9])?", text) or text in ("new", "words"):
            raise FieldError(NO_SLUG)
        return text


class Lines(Text):
    """One entry per line."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, max=LIST_LONGEST, lines=True, required=False, **options)

    def read(self, text: str) -> str:
        lines = [" ".join(line.split()) for line in super().read(text).split("\n")]
        if len(lines) > MOST_OPTIONS:
            raise FieldError(N_("Please write at most %(max)s lines."), max=MOST_OPTIONS)
        return "\n".join(lines)


class SurveyForm(Form):
    process = Choice(N_("Process"))
    slug = Slug(N_("Address"), max=50, required=False, hint=N_("The end of the address of its page. May be left out."))
    title_ja = Text(N_("Title (Japanese)"), min=3, max=120)
    title_en = Text(N_("Title (English)"), max=120, required=False)
    description_ja = Text(
        N_("What it is for (Japanese)"), max=4_000, lines=True, required=False,
        hint=N_("Say what happens with the answers."),
    )  # fmt: skip
    description_en = Text(N_("What it is for (English)"), max=4_000, lines=True, required=False)
    access = Choice(N_("Who can answer"), [(str(key), label) for key, label in ACCESS.items()])
    results_from = Choice(N_("When everybody can read the results"), [(str(k), label) for k, label in RESULTS.items()])
    closes_at = Moment(N_("Open until"), required=False, hint=N_("Without a date, until you close it."))

    def said(self) -> Setting:
        """The values as actions take them.

        Raises:
            Invalid: something is wrong.
        """
        values = self.ensure()
        return Setting(
            title=localized(values, "title"),
            description=localized(values, "description"),
            access=Access(values["access"] or Access.PEOPLE),
            results_from=ResultsFrom(values["results_from"] or ResultsFrom.PUBLICATION),
            closes_at=values["closes_at"],
        )


DraftForm = draft_of(SurveyForm, N_("%(label)s (needed before it is opened)"), "process")


class QuestionForm(Form):
    """The fields of all kinds: each kind shows and reads its own."""

    title_ja = Text(N_("Question (Japanese)"), max=300, required=False)
    title_en = Text(N_("Question (English)"), max=300, required=False)
    hint_ja = Text(N_("A word of help (Japanese)"), max=300, required=False)
    hint_en = Text(N_("A word of help (English)"), max=300, required=False)
    required = Flag(N_("An answer is needed"))
    options_ja = Lines(N_("Answers to choose from (Japanese)"), hint=N_("One per line."))
    options_en = Lines(N_("Answers to choose from (English)"), hint=N_("One per line, in the same order."))
    rows_ja = Lines(N_("Rows (Japanese)"), hint=N_("One per line."))
    rows_en = Lines(N_("Rows (English)"), hint=N_("One per line, in the same order."))
    other = Flag(N_("Add “Something else” with a line for own words"))
    least = Integer(N_("At least so many answers"), min=1, max=MOST_OPTIONS, required=False)
    most = Integer(N_("At most so many answers"), min=1, max=MOST_OPTIONS, required=False)
    steps = Integer(N_("Steps of the scale"), min=2, max=11, required=False)
    low_ja = Text(N_("What the lowest step means (Japanese)"), max=60, required=False)
    low_en = Text(N_("What the lowest step means (English)"), max=60, required=False)
    high_ja = Text(N_("What the highest step means (Japanese)"), max=60, required=False)
    high_en = Text(N_("What the highest step means (English)"), max=60, required=False)
    breaks = Flag(N_("Begin a new page with this question"))
    section_ja = Text(N_("Heading of the page (Japanese)"), max=120, required=False)
    section_en = Text(N_("Heading of the page (English)"), max=120, required=False)
    shown_if = Choices(
        N_("Ask only after these answers"), required=False,
        hint=N_("Answers of one earlier question. Without any, everybody is asked."),
    )  # fmt: skip

    def check(self) -> None:
        values = self.values
        for name in ("options", "rows"):
            if len(_lines(values[f"{name}_en"])) > len(_lines(values[f"{name}_ja"])):
                self.fail(f"{name}_en", N_("There are more lines here than in Japanese."))
            if len(set(_lines(values[f"{name}_ja"]))) < len(_lines(values[f"{name}_ja"])):
                self.fail(f"{name}_ja", N_("Two lines are the same."))
        if values["least"] and values["most"] and values["least"] > values["most"]:
            self.fail("most", N_("Please write no less than the smallest number of answers."))
        if len({each.partition(":")[0] for each in values["shown_if"]}) > 1:
            self.fail("shown_if", N_("Please choose answers of one question only."))

    def said(self) -> Asking:
        """The values as actions take them. Raises Invalid."""
        values = self.ensure()
        rules = [each.partition(":") for each in values["shown_if"]]
        return Asking(
            **{name: localized(values, name) for name in ("title", "hint", "section", "low", "high")},
            **{name: values[name] for name in ("required", "breaks", "other", "least", "most")},
            options=_listed(values, "options"),
            rows=_listed(values, "rows"),
            steps=values["steps"] or 5,
            shown_by_id=int(rules[0][0]) if rules else None,
            shown_if=tuple(key for _, _, key in rules),
        )


class KindForm(Form):
    kind = Choice(N_("Kind of question"), [(str(key), label) for key, label in KINDS.items()])


STEPS = {"up": -1, "down": 1}


class PlaceForm(Form):
    to = Choice(N_("Where the question goes"), [("up", N_("Up")), ("down", N_("Down"))])


class MoveForm(Form):
    to = Choice(N_("State"), [(str(key), label) for key, label in MOVES.items()])


OF_KIND = {
    Kind.SINGLE: ("options_ja", "options_en", "other"),
    Kind.MULTIPLE: ("options_ja", "options_en", "other", "least", "most"),
    Kind.TEXT: (),
    Kind.SCALE: ("steps", "low_ja", "low_en", "high_ja", "high_en"),
    Kind.MATRIX: ("rows_ja", "rows_en", "options_ja", "options_en"),
}


def filled_with(question: Question) -> dict[str, Any]:
    """A question as its form shows it."""
    plain = ("required", "breaks", "other", "least", "most", "steps")
    values: dict[str, Any] = {name: getattr(question, name) for name in plain}
    for tongue in ("ja", "en"):
        texts = {name: getattr(question, name) for name in ("title", "hint", "section", "low", "high")}
        values |= {f"{name}_{tongue}": text.get(tongue, "") for name, text in texts.items()}
        for name in ("options", "rows"):
            lines = [option.text.get(tongue, "") for option in getattr(question, name)]
            values[f"{name}_{tongue}"] = "\n".join(lines).rstrip("\n")
    values["shown_if"] = [f"{question.shown_by_id}:{key}" for key in question.shown_if]
    return values


def localized(values: Mapping[str, Any], name: str) -> Localized:
    return Localized({tongue: text for tongue in ("ja", "en") if (text := values[f"{name}_{tongue}"])})


def _lines(text: str) -> list[str]:
    return [line for line in clean(text).split("\n") if line]


def _listed(values: Mapping[str, Any], name: str) -> tuple[Localized, ...]:
    english = clean(values[f"{name}_en"]).split("\n")
    english += [""] * MOST_OPTIONS
    return tuple(
        Localized({"ja": text, **({"en": english[place]} if english[place] else {})})
        for place, text in enumerate(_lines(values[f"{name}_ja"]))
    )
