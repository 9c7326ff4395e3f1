"""The form of an application, made from what the workshop asks; and how its values become what is stored."""

from collections.abc import Mapping, Sequence
from typing import Any

from participation.policy import N_, Actor
from participation.web.fields import Choice, Choices, Email, Flag, Integer, Text
from participation.web.forms import Form
from workshops.calls.actions import Said
from workshops.labels import BELONGS
from workshops.models import Workshop, WorkshopApplication, WorkshopQuestion

ADULT, OLD_ENOUGH = 18, "old_enough"
NAME = Text(
    N_("What you want to be called"),
    min=1,
    max=80,
    hint=N_("Nobody but the organisers sees it before the day. A nickname will do."),
)
NEEDS = Text(
    N_("What you need to take part (if anything)"),
    max=1_000,
    lines=True,
    required=False,
    hint=N_("Such as a wheelchair place, sign language, childcare, an interpreter. It has no influence on the draw."),
)


class ApplicationForm(Form):
    """`prefix` of the answers is "q." so that no question can be taken for another field."""

    def said(self, locale: str) -> Said:
        """What the action takes.

        Raises:
            Invalid: something is wrong.
        """
        values = self.ensure()
        declared = [*(values.get("belongs") or ()), *([OLD_ENOUGH] if values.get(OLD_ENOUGH) else [])]
        return Said(
            name=values["name"],
            answers={name[2:]: value for name, value in values.items() if name.startswith("q.")},
            declared=declared,
            needs=values["needs"],
            email=values.get("email") or "",
            locale=locale,
            agreed=values.get("agreed") or 0,
        )


def application_form(
    workshop: Workshop, questions: Sequence[WorkshopQuestion], actor: Actor, locale: str, *, editing: bool = False
) -> type[ApplicationForm]:
    """The fields that this person has to fill in: what their account proves is not asked again."""
    fields: dict[str, Any] = {"name": NAME}
    if not editing and not actor.signed_in:
        fields["email"] = Email(
            N_("E-mail address"), hint=N_("We mail you a link. With it you confirm, change or withdraw.")
        )
    if workshop.any_of and not actor.verifications & set(workshop.any_of):
        offered = [(key, label) for key, label in BELONGS.items() if key in workshop.any_of]
        fields["belongs"] = Choices(N_("Which of these is true for you?"), offered)
    if workshop.min_age and not ("adult" in actor.verifications and workshop.min_age <= ADULT):
        fields[OLD_ENOUGH] = Flag(N_("I am old enough on the day of the workshop"), required=True)
    fields |= {f"q.{question.key}": Choice(question.label.to(locale)) for question in questions}
    fields["needs"] = NEEDS
    if not editing:
        fields["agree"] = Flag(N_("I agree to this use of my data"), required=True)
        fields["agreed"] = Integer(N_("Version of the purpose of use"), min=1)
    return type("OwnApplicationForm", (ApplicationForm,), fields)


def choices_of(questions: Sequence[WorkshopQuestion], locale: str) -> dict[str, list[tuple[str, str]]]:
    """The answers in the reader's language, by field."""
    return {
        f"q.{question.key}": [(str(option["key"]), label_of(option, locale)) for option in question.options]
        for question in questions
    }


def label_of(option: Mapping[str, Any], locale: str) -> str:
    words = option["label"]
    return str(words.get(locale) or words.get("ja") or option["key"])


def values_of(row: WorkshopApplication) -> dict[str, Any]:
    """What stands in the form of an application that is here already."""
    answers = {f"q.{key}": value for key, value in row.answers.items()}
    belongs = [each for each in row.declared if each in BELONGS]
    old_enough = OLD_ENOUGH in row.declared
    return {**answers, "name": row.name, "needs": row.needs, "belongs": belongs, OLD_ENOUGH: old_enough}
