"""The form of a pilot, a step at a time; a draft takes whatever is typed (`saving.py`), submitting is strict."""

from typing import Any

from consortium.pilots.labels import MOVES
from consortium.pilots.models import PilotState
from consortium.pilots.rows import Amount, Rows
from consortium.services.labels import DATA
from participation.policy import N_
from participation.web.drafting import draft_of
from participation.web.fields import Choice, Choices, Day, Decimal, Text
from participation.web.forms import Form


class IdeaForm(Form):
    title = Text(N_("Title"), min=4, max=120, hint=N_("What is tried, in one line."))
    summary = Text(
        N_("In one sentence"), min=10, max=200, hint=N_("What changes for whom, as you would tell a neighbour.")
    )
    body = Text(
        N_("What you try, and why"),
        min=20,
        max=5_000,
        lines=True,
        hint=N_("Who takes part, what they do, what you want to find out. Everybody reads it once it is approved."),
    )
    category = Choice(N_("Field"))
    group = Choice(
        N_("Working group"), required=False, hint=N_("Its lead reviews the pilot; without one, the secretariat alone.")
    )


class PeopleForm(Form):
    partners = Rows(
        N_("Partners"),
        {
            "member": Choice(N_("Member of the council"), required=False),
            "name": Text(N_("or another name"), max=120, required=False),
            "role": Text(N_("What they do"), max=200),
        },
        required=False,
        hint=N_("Besides your own organisation. Choose a member, or write the name of somebody else."),
    )

    def check(self) -> None:
        if any(not row["member"] and not row["name"] for row in self.values.get("partners") or ()):
            self.fail("partners", N_("Please choose a member or write a name in each row."))


class PlaceForm(Form):
    areas = Choices(N_("Living areas"), required=False, hint=N_("None means the whole city."))
    place = Text(
        N_("Where exactly"), max=300, required=False, hint=N_("In words, such as a park, a street, a bus line.")
    )
    lat = Decimal(N_("Latitude"), min=-90, max=90, required=False, hint=N_("For example 34.69 for Kobe."))
    lng = Decimal(N_("Longitude"), min=-180, max=180, required=False, hint=N_("For example 135.19 for Kobe."))
    starts_on = Day(N_("First day"))
    ends_on = Day(N_("Last day"), hint=N_("It can be started within these days only."))
    milestones = Rows(
        N_("Milestones"),
        {"title": Text(N_("What is reached"), max=200), "due": Day(N_("By which day"))},
        required=False,
    )

    def check(self) -> None:
        values = self.values
        if (values.get("lat") is None) != (values.get("lng") is None):
            self.fail("lng" if values.get("lat") is None else "lat", N_("A point needs latitude and longitude."))
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.fail("ends_on", N_("The last day cannot come before the first one."))


class DataForm(Form):
    data = Rows(
        N_("Which data it uses, and why"),
        {
            "category": Choice(N_("Kind of data"), [(str(key), label) for key, label in DATA.items()]),
            "reason": Text(N_("Why it is needed"), max=300),
            "purpose": Text(N_("Consent purpose"), max=60, required=False),
        },
        required=False,
        hint=N_("Each kind of personal data needs a published consent purpose that asks for it before the approval."),
    )


class MeasuresForm(Form):
    kpis = Rows(
        N_("How you will know whether it works"),
        {
            "name": Text(N_("What is measured"), max=120),
            "unit": Text(N_("Unit"), max=30),
            "baseline": Amount(N_("Value today"), required=False),
            "target": Amount(N_("Target")),
        },
        most=10,
        hint=N_("Targets stay as they are from the approval on; every report is held against them."),
    )


LINES: dict[str, Any] = {"max": 2_000, "lines": True}


class OperationForm(Form):
    """What has to be settled before a pilot goes into operation."""

    operation = Text(N_("Who runs it, and how"), **LINES, required=False)
    cost_bearer = Text(N_("Who bears the costs"), max=300, required=False)
    support_contact = Text(N_("Where people get help"), max=300, required=False)
    access = Text(
        N_("How everybody can use it"),
        **LINES,
        required=False,
        hint=N_("For people who see, hear, move or read differently, and for those without a smartphone."),
    )


class PlanForm(OperationForm):
    release_plan = Text(
        N_("What happens if it works"),
        min=10,
        **LINES,
        hint=N_("When and how it would become a service for everybody."),
    )
    exit_plan = Text(
        N_("What happens if it does not work"),
        min=10,
        **LINES,
        hint=N_("How it is ended, what becomes of devices and data, who tells the people who took part."),
    )


class PilotForm(IdeaForm, PeopleForm, PlaceForm, DataForm, MeasuresForm, PlanForm):
    """All steps at once, for the API."""

    fields = {  # noqa: RUF012 - declared by the steps
        name: field
        for form in (IdeaForm, PeopleForm, PlaceForm, DataForm, MeasuresForm, PlanForm)
        for name, field in form.fields.items()
    }

    def check(self) -> None:
        PeopleForm.check(self)
        PlaceForm.check(self)


class TransitionForm(Form):
    to = Choice(N_("State"), [(str(key), label) for key, label in MOVES.items()])
    reason = Text(N_("Reason"), max=2_000, lines=True, required=False)

    def check(self) -> None:
        if self.values["to"] == PilotState.RETURNED and not self.values["reason"]:
            self.fail("reason", N_("Please say why."))


STEPS: dict[str, tuple[str, type[Form]]] = {
    "idea": (N_("The idea"), IdeaForm),
    "partners": (N_("Who takes part"), PeopleForm),
    "place": (N_("Where and when"), PlaceForm),
    "data": (N_("Data and consent"), DataForm),
    "measures": (N_("Measures and targets"), MeasuresForm),
    "plan": (N_("Afterwards"), PlanForm),
}
STEP_OF = {name: step for step, (_, form) in STEPS.items() for name in form.fields}
LABELS = {name: field.label for _, form in STEPS.values() for name, field in form.fields.items()}
REQUIRED = tuple(name for _, form in STEPS.values() for name, field in form.fields.items() if field.required)
GATE = tuple(OperationForm.fields)
# Saving takes gaps; only a title is always there.
NEEDED = N_("%(label)s (needed before you submit it)")
DRAFTS = {step: draft_of(form, NEEDED, "title") for step, (_, form) in STEPS.items()}
