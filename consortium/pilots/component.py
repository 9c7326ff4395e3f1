"""What pilots bring."""

from datetime import timedelta

from consortium.pilots import api, beginning, moving, pages, reviewing, running, writing
from consortium.pilots.balloted import note_result, pilot_candidates
from consortium.pilots.born import born_block, group_block
from consortium.pilots.events import EVENTS
from consortium.pilots.figures import pilot_figures
from consortium.pilots.linking import may_name_voices
from consortium.pilots.mine import own_pilots
from consortium.pilots.models import MODELS
from consortium.pilots.notices import pilot_rules
from consortium.pilots.personal import erase_account, export_account
from consortium.pilots.queries import pilot_document
from consortium.pilots.reminding import JOBS
from participation.component import Component, Limit, MeBlock, MenuItem, SubjectBlock, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_

PILOTS = Component(
    name="pilots",
    models=MODELS,
    events=EVENTS,
    routes=(
        *beginning.ROUTES,
        *writing.ROUTES,
        *pages.ROUTES,
        *moving.ROUTES,
        *reviewing.ROUTES,
        *running.ROUTES,
        *api.ROUTES,
    ),
    subscriptions={"ballot.published": (note_result,), **{kind: (note_waves,) for kind in pilot_rules()}},
    jobs=JOBS,
    limits={
        "draft_pilot": Limit(60, timedelta(hours=1)),
        "move_pilot": Limit(60, timedelta(hours=1)),
        "report_pilot": Limit(60, timedelta(hours=1)),
        "pilots_table": Limit(20, timedelta(minutes=5)),
    },
    menu=(
        MenuItem("pilots", N_("Pilots"), "/pilots", place="footer", group=N_("Take part"), order=36),
        *reviewing.MENU,
    ),
    subject_kinds=(
        SubjectKind(
            "pilot",
            N_("Pilot"),
            lambda pilot_id: f"/pilots/{pilot_id}",
            document=pilot_document,
            comment_feature="comment",
            in_process=False,
        ),
    ),
    subject_blocks=(
        SubjectBlock("consortium/pilots/_born.html", born_block, place="side", order=10),
        SubjectBlock("consortium/pilots/_of_group.html", group_block, order=30),
    ),
    me_blocks=(MeBlock("consortium/pilots/_mine.html", own_pilots, order=6),),
    hooks={
        "notices": pilot_rules,
        "figures": pilot_figures,
        "desk_waiting": reviewing.waiting_pilots,
        "voice_targets": lambda: {"pilot": may_name_voices},
        "ballot_candidates": pilot_candidates,
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
