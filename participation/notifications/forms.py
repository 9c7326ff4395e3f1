"""The form of how a person wants to be told."""

from participation.policy import N_
from participation.web.fields import Choice
from participation.web.forms import Form

PACES = (("at_once", N_("At once")), ("daily", N_("Once a day")), ("weekly", N_("Once a week")), ("never", N_("Never")))


class PaceForm(Form):
    direct = Choice(N_("What is meant for you: answers, comments on what you wrote"), PACES)
    followed = Choice(N_("News of what you follow"), PACES)
