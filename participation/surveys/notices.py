"""Who is told of surveys: whoever follows the process when one opens, and the survey when its results are out."""

from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_
from participation.surveys.models import Survey, SurveyState

SAYS = {
    SurveyState.OPEN: N_("a survey is open, and you can answer it"),
    SurveyState.PUBLISHED: N_("the results of the survey are published"),
}


def survey_rules() -> dict[str, NoticeRule]:
    return {"survey.moved": NoticeRule(_moved, N_("%(title)s: %(what)s"), _detail)}


def _moved(session: Session, event: StoredEvent) -> list[Wave]:
    """Nobody hears that a survey was closed: those who answered hear when there is something to read."""
    number, to = event.body["survey_id"], SurveyState(event.body["to"])
    survey = session.get(Survey, number)
    if survey is None or to not in SAYS:
        return []
    path = f"/surveys/{survey.slug}" + ("/results" if to == SurveyState.PUBLISHED else "")
    about = {"about_id": number, "target_id": number, "params": {"what": SAYS[to], "path": path}}
    return [Wave(followers(number), **about), Wave(followers(survey.process_id), **about)]


def _detail(session: Session, row: NoticeRow) -> str:
    survey = session.get(Survey, row.about_id) if row.about_id else None
    return survey.description.to("ja") if survey else ""
