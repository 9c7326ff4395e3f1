"""Triggers that keep the questions of a survey as they are from its first answer on, whoever asks the database."""

from functools import partial

from participation import guarding
from participation.surveys.models import Survey, SurveyQuestion

Guard = partial(guarding.Guard, message="questions stay as they are from the first answer on")
_SURVEY, _QUESTION = Survey.__table__, SurveyQuestion.__table__
_STAYS = "UPDATE OF id, slug, process_id, access, results_from, frozen_at"
_OLD, _NEW = (
    f"EXISTS (SELECT 1 FROM survey WHERE frozen_at IS NOT NULL AND id = {row}.survey_id)" for row in ("OLD", "NEW")
)
GUARDS = (
    Guard("survey_stays", _SURVEY, _STAYS, "OLD.frozen_at IS NOT NULL"),
    Guard("survey_remains", _SURVEY, "DELETE", "OLD.frozen_at IS NOT NULL"),
    Guard("survey_question_stays", _QUESTION, "UPDATE", f"{_OLD} OR {_NEW}"),
    Guard("survey_question_remains", _QUESTION, "DELETE", _OLD),
    Guard("survey_question_comes_before", _QUESTION, "INSERT", _NEW),
)
statements = partial(guarding.statements, GUARDS)
guarding.listen(GUARDS)
