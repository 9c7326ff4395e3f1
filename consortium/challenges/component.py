"""What challenges bring."""

from datetime import timedelta

from consortium.challenges import api, changing, desk, pages, sheets, writing
from consortium.challenges.closing import JOBS
from consortium.challenges.events import EVENTS
from consortium.challenges.linking import may_name_voices
from consortium.challenges.models import Challenge, ChallengeStep, SheetStep, SolutionSheet
from consortium.challenges.notices import challenge_rules
from consortium.challenges.personal import erase_account, export_account
from consortium.challenges.queries import challenge_document
from participation.component import Component, Limit, MenuItem, SubjectBlock, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_

CHALLENGES = Component(
    name="challenges",
    models=(Challenge, ChallengeStep, SolutionSheet, SheetStep),
    events=EVENTS,
    routes=(*writing.ROUTES, *changing.ROUTES, *sheets.ROUTES, *pages.ROUTES, *desk.ROUTES, *api.ROUTES),
    subscriptions={kind: (note_waves,) for kind in challenge_rules()},
    limits={
        "post_challenge": Limit(30, timedelta(hours=1)),
        "answer_challenge": Limit(30, timedelta(hours=1)),
    },
    menu=(
        MenuItem("challenges", N_("Challenges"), "/challenges", place="footer", group=N_("Take part"), order=36),
        *desk.MENU,
    ),
    jobs=JOBS,
    subject_kinds=(
        SubjectKind(
            "challenge",
            N_("Challenge"),
            lambda challenge_id: f"/challenges/{challenge_id}",
            document=challenge_document,
            comment_feature="comment",
            in_process=False,
        ),
    ),
    subject_blocks=(SubjectBlock("consortium/challenges/_of_pilot.html", pages.pilot_block, order=4),),
    hooks={
        "notices": challenge_rules,
        "voice_targets": lambda: {"challenge": may_name_voices},
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
