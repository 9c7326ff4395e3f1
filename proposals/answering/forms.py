"""What the secretariat fills in; the page asks for all that a reader is owed, the API for what it promises."""

from datetime import date

from participation.policy import N_
from participation.web.fields import Choice, Day, Text
from participation.web.forms import Form
from proposals.answering.policy import ANSWERS, NOTHING_TO_REPORT
from proposals.labels import STATES


WHO = N_("Who decided, and where people can ask. For example: Traffic policy division, 078-000-0001.")


class ApiAnswerForm(Form):
    state = Choice(N_("Decision"), [(str(state), STATES[state]) for state in ANSWERS])
    reasons = Text(
        N_("Reasons"),
        min=10,
        max=10_000,
        lines=True,
        hint=N_("What will be done, what not, and why. Supporters and followers are sent this text."),
    )
    department = Text(N_("Department"), max=120, required=False, hint=WHO)
    cost = Text(N_("Cost"), max=200, required=False, hint=N_("For example: 1.2 million yen a year, budget of 2027."))
    starts_on = Day(N_("Begins on"), required=False)
    next_report_on = Day(
        N_("Next report by"),
        required=False,
        hint=N_("The day by which you will say how it stands. Not needed when nothing follows."),
    )

    def expect_future(self, today: date) -> None:
        """A promised report cannot be due already."""
        promised = self.values.get("next_report_on")
        if promised is not None and promised < today:
            self.fail("next_report_on", N_("Please choose a day that has not passed."))


class AnswerForm(ApiAnswerForm):
    """The page's: an answer is not published without its department and, where something follows, the next report."""

    department = Text(N_("Department"), max=120, hint=WHO)

    def check(self) -> None:
        if self.values["state"] not in NOTHING_TO_REPORT and self.values["next_report_on"] is None:
            self.fail("next_report_on", N_("Please say when you will report next."))
