"""The fields of each kind of card, and the form that one of them is saved with."""

import re
import unicodedata
from functools import cache

from participation.policy import N_
from participation.web.fields import Choice, Field, FieldError, Integer, Text
from participation.web.forms import Form
from workshops.boards.models import Colour, Moment, Note, OnBoard, Persona, Poster, Section

LINE, LONG = 120, 1000  # characters
UID = re.compile(r"[A-Za-z0-9-]{8,40}")
MINUTE = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
COLOURS = (
    (Colour.YELLOW, N_("Yellow")),
    (Colour.BLUE, N_("Blue")),
    (Colour.GREEN, N_("Green")),
    (Colour.RED, N_("Red")),
)
FEELINGS = (
    ("2", N_("Very good")),
    ("1", N_("Good")),
    ("0", N_("So-so")),
    ("-1", N_("Bad")),
    ("-2", N_("Very bad")),
)
SECTIONS: dict[Section, tuple[str, str]] = {
    Section.EMPATHY: (N_("Understanding"), N_("What did you see, hear, notice? One thing on each note.")),
    Section.PROBLEM: (N_("Problem"), N_("What stands in this person's way? What lies beneath it?")),
    Section.IDEA: (N_("Ideas"), N_("As many as come to mind; the odd ones too.")),
}


class TimeOfDay(Field):
    """Hour and minute, `H:MM`; kept as `HH:MM`, which sorts."""

    def empty(self) -> str:
        return ""

    def read(self, text: str) -> str:
        found = MINUTE.fullmatch(unicodedata.normalize("NFKC", text))
        if found is None:
            raise FieldError(N_("Please write a time such as 7:30."))
        return f"{int(found[1]):02}:{found[2]}"


def _line(label: str) -> Text:
    return Text(label, max=LINE, required=False)


def _long(label: str, hint: str = "") -> Text:
    return Text(label, max=LONG, lines=True, required=False, hint=hint)


class NoteForm(Form):
    text = Text(N_("Words on the note"), max=400, lines=True, required=False)
    colour = Choice(N_("Colour"), COLOURS)


class PersonaForm(Form):
    name = _line(N_("Name"))
    age = _line(N_("Age"))
    home = _line(N_("Home and family"))
    occupation = _line(N_("Occupation"))
    lifestyle = _long(N_("Lifestyle, what matters to this person"))
    health = _long(N_("State of health"))


class MomentForm(Form):
    at = TimeOfDay(N_("Time"), required=False)
    activity = _line(N_("What happens"))
    feeling = Choice(N_("How it feels"), FEELINGS)
    words = _line(N_("What the person thinks or says"))


class PosterForm(Form):
    concept = _line(N_("Name of the concept"))
    for_whom = _long(N_("For whom"))
    problem = _long(N_("Which problem it solves"))
    big_idea = _long(N_("The big idea"))
    how = _long(N_("How it works"))


class MoveForm(Form):
    """One place on or back."""

    by = Choice(N_("Order"), (("-1", N_("Move forwards")), ("1", N_("Move backwards"))))


KINDS: dict[str, type[OnBoard]] = {"note": Note, "persona": Persona, "moment": Moment, "poster": Poster}
FORMS: dict[str, type[Form]] = {"note": NoteForm, "persona": PersonaForm, "moment": MomentForm, "poster": PosterForm}
FIRST = {"colour": Colour.YELLOW, "feeling": "0"}  # of choices that a beginning leaves out


@cache
def one_field(kind: str, name: str) -> type[Form]:
    """The form that saves a single field: its `value`, the `version` seen, and by which `window`."""
    more = {"version": Integer(N_("Version"), required=False), "window": Text(N_("Window"), max=40, required=False)}
    return type("OneField", (Form,), {"value": FORMS[kind].fields[name], **more})


def stored(name: str, value: str) -> str | int:
    """As the column keeps it."""
    return int(value) if name == "feeling" else value
