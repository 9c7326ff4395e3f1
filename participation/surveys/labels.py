"""The words for states, kinds and choices."""

from participation.policy import N_
from participation.surveys.models import Access, Kind, ResultsFrom, SurveyState

STATES = {
    SurveyState.DRAFT: N_("Draft"),
    SurveyState.OPEN: N_("Takes answers"),
    SurveyState.CLOSED: N_("Answers are being read"),
    SurveyState.PUBLISHED: N_("Results are published"),
}
MOODS = {
    SurveyState.DRAFT: "wait",
    SurveyState.OPEN: "open",
    SurveyState.CLOSED: "wait",
    SurveyState.PUBLISHED: "good",
}
MOVES = {
    SurveyState.OPEN: N_("Open the survey"),
    SurveyState.CLOSED: N_("Take no more answers"),
    SurveyState.PUBLISHED: N_("Publish the results"),
}
KINDS = {
    Kind.SINGLE: N_("One answer"),
    Kind.MULTIPLE: N_("Several answers"),
    Kind.TEXT: N_("Own words"),
    Kind.SCALE: N_("Scale"),
    Kind.MATRIX: N_("Table of answers"),
}
ACCESS = {
    Access.PEOPLE: N_("One answer per person, signed in"),
    Access.EVERYBODY: N_("Everybody, also without an account"),
}
RESULTS = {
    ResultsFrom.PUBLICATION: N_("When the secretariat publishes them"),
    ResultsFrom.CLOSE: N_("As soon as the survey is closed"),
}
