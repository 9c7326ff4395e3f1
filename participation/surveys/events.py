"""What happens to surveys. No fact says who answered: only the sheet knows, and only of whoever has an account."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class SurveyDrafted(Fact):
    TYPE = "survey.drafted"
    survey_id: int


@dataclass(frozen=True, kw_only=True)
class SurveyMoved(Fact):
    TYPE = "survey.moved"
    AUDITED = True
    SAYS = N_("A survey was opened, closed or its results were published")
    survey_id: int
    to: str  # the state
    questions: str  # SHA-256 of the questions as they were asked
    answers: int  # how many had been sent


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(Fact):
    """An answer was sent or changed."""

    TYPE = "survey.answered"
    survey_id: int
    first: bool


@dataclass(frozen=True, kw_only=True)
class SurveyWordsShown(Fact):
    TYPE = "survey.words_shown"
    AUDITED = True
    SAYS = N_("Words of an answer to a survey were opened to everybody")
    survey_id: int
    words_id: int


EVENTS = (SurveyDrafted, SurveyMoved, SurveyAnswered, SurveyWordsShown)
