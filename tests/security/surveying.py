"""An open survey that everybody can answer, for the tables of these tests; its addresses and bodies."""
from typing import Any

from sqlalchemy import update

from participation.db import Localized
from participation.spaces.models import Phase
from participation.surveys.actions import Setting, draft_survey, turn_survey
from participation.surveys.building import Asking, add_question
from participation.surveys.models import Access, Kind, SurveyState

STARTS = ("/surveys",)
SURVEY = {"process": "process-2", "title_ja": "バスについて", "access": "people", "results_from": "close"}
QUESTION = {"title_ja": "どこを歩きますか"}
BODIES: dict[str, Any] = {
    "POST /surveys/new": SURVEY, "POST /surveys/{slug}/edit": {**SURVEY, "access": "everybody"},
    "POST /surveys/{slug}/draft": {**SURVEY, "access": "everybody"}, "POST /surveys/{slug}/state": {"to": "closed"},
    "POST /surveys/{slug}/questions": {"kind": "text"}, "POST /surveys/{slug}/questions/{id:int}": QUESTION,
    "POST /surveys/{slug}/questions/{id:int}/draft": QUESTION,
    "POST /surveys/{slug}/questions/{id:int}/position": {"to": "up"},
    "POST /api/v1/surveys": SURVEY, "POST /api/v1/surveys/{slug}/questions": {**QUESTION, "kind": "text"},
    "PATCH /api/v1/surveys/{slug}/questions/{id:int}": QUESTION,
    "POST /api/v1/surveys/{slug}/questions/{id:int}/position": {"to": "up"},
    "POST /api/v1/surveys/{slug}/transitions": {"to": "closed"},
    "POST /api/v1/surveys/{slug}/answers": {"answers": {"1": "川のそば"}},
}


def make_survey(world: Any) -> None:
    """Of two questions in own words."""
    secretary = world.people["secretariat"]

    def work(session: Any) -> tuple[int, int]:
        phase = update(Phase).where(Phase.process_id == world.process)
        session.execute(phase.values(features=["propose", "support", "amend", "comment", "survey"]))
        said = Setting(title=Localized({"ja": "歩くまち"}), description=Localized(), access=Access.EVERYBODY)
        row = draft_survey(session, secretary, world.process, said, slug="walking", now=world.now)
        asked = [add_question(session, secretary, row.id, Kind.TEXT, Asking(title=Localized({"ja": "どこ"})),
                              now=world.now) for _ in range(2)]
        turn_survey(session, secretary, row.id, SurveyState.OPEN, now=world.now)
        return row.id, asked[1].id
    world.things["survey", ""], world.things["survey", "question"] = world.db.write(work)


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of surveys."""
    if name == "slug":
        return "walking"
    return world.things["survey", "question" if "questions" in path else ""]
