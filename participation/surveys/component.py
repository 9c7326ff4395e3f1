"""What surveys bring."""

from datetime import timedelta

from participation.component import Component, Feature, HomeBlock, Limit, MenuItem, SubjectBlock, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_
from participation.surveys import api, desk, pages, taking, wording
from participation.surveys import guards  # noqa: F401  its triggers are created with the tables that it names
from participation.surveys.closing import JOBS
from participation.surveys.events import EVENTS
from participation.surveys.models import Survey, SurveyAnswer, SurveyQuestion, SurveyWords
from participation.surveys.notices import survey_rules
from participation.surveys.personal import erase_account, export_account
from participation.surveys.policy import FEATURE
from participation.surveys.queries import survey_document, words_document

SURVEYS = Component(
    name="surveys",
    models=(Survey, SurveyQuestion, SurveyAnswer, SurveyWords),
    events=EVENTS,
    # `desk` knows /surveys/new, which is no survey
    routes=(*desk.ROUTES, *taking.ROUTES, *wording.ROUTES, *pages.ROUTES, *api.ROUTES),
    features=(Feature(FEATURE, N_("Answer surveys")),),
    subscriptions={kind: (note_waves,) for kind in survey_rules()},
    jobs=JOBS,
    limits={
        "build_survey": Limit(240, timedelta(hours=1)),
        "answer_survey": Limit(120, timedelta(minutes=10)),
        "answer_open_survey": Limit(20, timedelta(days=1)),
        "survey_table": Limit(60, timedelta(minutes=5)),
    },
    menu=(
        MenuItem("surveys", N_("Surveys"), "/surveys", place="footer", group=N_("Take part"), order=33),
        MenuItem("desk-surveys", N_("Surveys"), "/surveys", place="desk", order=28, roles=("secretariat", "auditor")),
    ),
    home=(HomeBlock("surveys/_home.html", pages.open_now, order=12),),
    subject_kinds=(
        SubjectKind(
            "survey",
            N_("Survey"),
            lambda survey_id: f"/surveys/by-id/{survey_id}",
            document=survey_document,
            comment_feature="comment",
        ),
        SubjectKind(
            "survey_answer",
            N_("Words of a survey"),
            lambda words_id: f"/surveys/words/by-id/{words_id}",
            document=words_document,
        ),
    ),
    subject_blocks=(SubjectBlock("surveys/_in_process.html", pages.in_process, order=9),),
    hooks={"notices": survey_rules, "export_account": export_account, "erase_account": erase_account},
)
