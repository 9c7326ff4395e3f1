"""Forms of moderation."""

from participation.policy import N_
from participation.web.fields import Choice, Text
from participation.web.forms import Form

GROUNDS = (
    ("personal", N_("It shows somebody's personal data")),
    ("abuse", N_("It insults or threatens somebody")),
    ("spam", N_("It is advertising or repeats itself")),
    ("illegal", N_("It may break the law")),
    ("other", N_("Something else")),
)


class ReportForm(Form):
    ground = Choice(N_("What is the problem?"), GROUNDS)
    text = Text(N_("In your own words"), max=1_000, lines=True, required=False)


class HideForm(Form):
    ground = Choice(N_("Ground"), GROUNDS)
    reason = Text(N_("Reason"), min=5, max=500, lines=True, hint=N_("Everybody reads it where the contribution stood."))


class AppealForm(Form):
    text = Text(N_("Why should it be shown again?"), min=5, max=2_000, lines=True)


class NoteForm(Form):
    note = Text(N_("Answer to the author"), min=5, max=1_000, lines=True)
