"""What organisers fill in: the source, the public number, eased quotas, an answer given by telephone."""

from collections.abc import Sequence
from typing import Any

from participation.policy import N_
from participation.web.fields import Choice, Field, Flag, Integer, Text
from participation.web.forms import Form
from workshops.panels.files import Bounds
from workshops.panels.models import Answer

URL = N_("Please write an address that begins with https://")


class SourceForm(Form):
    source_ja = Text(N_("Public number (Japanese)"), min=5, max=300)
    source_en = Text(N_("Public number (English)"), max=300, required=False)


class ValueForm(Form):
    value = Text(N_("The number as it was published"), max=60)
    url = Text(
        N_("Where everybody can read it"), max=500, hint=N_("The address of the page on which it was published.")
    )
    answer_days = Integer(N_("Days for the answer"), min=1, max=60)
    sure = Flag(N_("I have compared the number with its source. It cannot be changed later."), required=True)

    def check(self) -> None:
        if not self.values["url"].startswith(("https://", "http://")):
            self.fail("url", URL)


class AnswerForm(Form):
    answer = Choice(
        N_("Answer"),
        [
            (Answer.ACCEPTED, N_("Comes")),
            (Answer.DECLINED, N_("Does not come")),
            (Answer.WITHDRAWN, N_("Gives the place back")),
        ],
    )


class EaseForm(Form):
    seats = Integer(N_("Seats"), min=1, max=100_000)
    reason = Text(
        N_("Reason"), min=10, max=2_000, lines=True, hint=N_("Everybody reads it on the page of the draw.")
    )


def ease_form(bounds: Sequence[Bounds], names: Sequence[str]) -> type[EaseForm]:
    """The form with two more fields for each quota: `least_0`, `most_0`, and so on. `names` are in words already."""
    fields: dict[str, Field] = {}
    for place, name in enumerate(names[: len(bounds)]):
        fields[f"least_{place}"] = Integer(name, max=100_000)
        fields[f"most_{place}"] = Integer(name, max=100_000)
    return type("EaseForm", (EaseForm,), fields)


def eased(bounds: Sequence[Bounds], values: dict[str, Any]) -> list[Bounds]:
    """The same quotas with what was typed."""
    return [
        Bounds(each.feature, each.value, values[f"least_{place}"], values[f"most_{place}"])
        for place, each in enumerate(bounds)
    ]
