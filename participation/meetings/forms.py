"""What is typed of meetings, minutes, decisions, tasks and papers."""

from typing import Any

from participation.db import Localized
from participation.meetings.actions import Plan
from participation.meetings.labels import ACCESS, MOVES
from participation.meetings.models import Access, Meeting, MeetingState, Precision
from participation.policy import N_
from participation.web.addresses import WebAddress
from participation.web.fields import Choice, Choices, Day, FieldError, Moment, Text, clean
from participation.web.forms import Form

MOST_ITEMS, LONGEST_ITEM = 30, 200


class Items(Text):
    """One item per line."""

    def read(self, text: str) -> str:
        lines = [line for line in (" ".join(each.split()) for each in text.splitlines()) if line]
        if len(lines) > MOST_ITEMS:
            raise FieldError(N_("At most %(max)s lines, please."), max=MOST_ITEMS)
        if any(len(line) > LONGEST_ITEM for line in lines):
            raise FieldError(N_("Please keep each line below %(max)s characters."), max=LONGEST_ITEM)
        return "\n".join(lines)


class MeetingForm(Form):
    title_ja = Text(N_("Title (Japanese)"), min=2, max=120)
    title_en = Text(N_("Title (English)"), max=120, required=False)
    starts_at = Moment(N_("Begins"))
    ends_at = Moment(N_("Ends"))
    access = Choice(
        N_("Who may see agenda and minutes"),
        [(str(access), label) for access, label in ACCESS.items()],
        hint=N_("Of a meeting for members only, everybody else sees the title and the date."),
    )
    place_ja = Text(N_("Place (Japanese)"), max=200, required=False)
    place_en = Text(N_("Place (English)"), max=200, required=False)
    url = WebAddress(N_("Address to join online"), max=300, required=False)
    agenda_ja = Items(N_("Agenda, one item per line (Japanese)"), max=6_000, lines=True, required=False)
    agenda_en = Items(N_("Agenda in the same order (English)"), max=6_000, lines=True, required=False)

    def check(self) -> None:
        if self.values["ends_at"] <= self.values["starts_at"]:
            self.fail("ends_at", N_("The end must be after the beginning."))
        japanese, english = (len(self.values[name].splitlines()) for name in ("agenda_ja", "agenda_en"))
        if english and english != japanese:
            self.fail("agenda_en", N_("Please write as many lines as there are in Japanese, or none."))

    def plan(self) -> Plan:
        """The values as actions take them.

        Raises:
            Invalid: something is wrong.
        """
        values = self.ensure()
        english = values["agenda_en"].splitlines()
        items = [
            localized(line, english[place] if english else "")
            for place, line in enumerate(values["agenda_ja"].splitlines())
        ]
        return Plan(
            title=localized(values["title_ja"], values["title_en"]),
            starts_at=values["starts_at"],
            ends_at=values["ends_at"],
            access=Access(values["access"]),
            place=localized(values["place_ja"], values["place_en"]),
            url=values["url"],
            agenda=items,
            precision=Precision.TIME,
        )


class MoveForm(Form):
    to = Choice(N_("State"), [(str(key), label) for key, label in MOVES.items()])
    reason = Text(N_("Why"), max=500, lines=True, required=False, hint=N_("Everybody who was invited reads it."))

    def check(self) -> None:
        if self.values["to"] == MeetingState.CALLED_OFF and not self.values["reason"]:
            self.fail("reason", N_("Please say why."))


class AnswerForm(Form):
    comes = Choice(N_("Will you come?"), [("yes", N_("I will come")), ("no", N_("I cannot come"))])


class PresenceForm(Form):
    present = Choices(N_("Who was there"), required=False)
    names = Items(
        N_("Others, one name per line"), max=4_000, lines=True, required=False, hint=N_("People without an account.")
    )

    def accounts(self) -> list[int]:
        return [int(value) for value in self.ensure()["present"]]


class MinutesForm(Form):
    body_ja = Text(N_("Minutes (Japanese)"), max=40_000, lines=True, hint=N_("Markdown."))
    body_en = Text(N_("Minutes (English)"), max=40_000, lines=True, required=False)


class ConfirmForm(Form):
    later = Choice(N_("Confirmed by which meeting"))


class NoteForm(Form):
    body = Text(N_("What has to be corrected"), min=2, max=2_000, lines=True)


class DecisionForm(Form):
    text_ja = Text(N_("Decision (Japanese)"), min=2, max=500)
    text_en = Text(N_("Decision (English)"), max=500, required=False)


class ActionForm(Form):
    text_ja = Text(N_("What has to be done (Japanese)"), min=2, max=300)
    text_en = Text(N_("What has to be done (English)"), max=300, required=False)
    owner = Choice(N_("Who does it"), required=False)
    owner_name = Text(N_("Or the name of a person or department"), max=120, required=False)
    due_on = Day(N_("Until"))

    def check(self) -> None:
        if bool(self.values["owner"]) == bool(self.values["owner_name"]):
            self.fail("owner_name", N_("Please choose a person, or write one name."))


class PaperForm(Form):
    title_ja = Text(N_("Title (Japanese)"), min=2, max=120)
    title_en = Text(N_("Title (English)"), max=120, required=False)
    access = Choice(N_("Who may read it"), [(str(access), label) for access, label in ACCESS.items()])
    url = WebAddress(N_("Address of the document"), max=300, required=False)
    text = Text(N_("Or its text"), max=40_000, lines=True, required=False, hint=N_("Markdown."))

    def check(self) -> None:
        if bool(self.values["url"]) == bool(self.values["text"]):
            self.fail("url", N_("Please give either an address or a text."))


def localized(ja: str, en: str) -> Localized:
    return Localized({key: text for key, text in (("ja", ja), ("en", en)) if text})


def stored(row: Meeting) -> dict[str, Any]:
    """What stands in the form of a meeting that is here already; typed words that wait come first."""
    lines = {locale: "\n".join(item.get(locale, "") for item in row.agenda).strip("\n") for locale in ("ja", "en")}
    texts = {f"{name}_{locale}": getattr(row, name).get(locale, "")
             for name in ("title", "place") for locale in ("ja", "en")}  # fmt: skip
    plain = {name: getattr(row, name) for name in ("starts_at", "ends_at", "access", "url")}
    return {**texts, **plain, "agenda_ja": lines["ja"], "agenda_en": lines["en"], **row.typed}


def typed(form: MeetingForm) -> dict[str, str]:
    """What stands in a form now, within the limits of its fields, to be kept while it is being written."""
    return {name: clean(raw)[: getattr(form.fields[name], "max", 40)] for name, raw in form.raw.items()}
