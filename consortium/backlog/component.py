"""What the improvements of services bring."""

from datetime import timedelta

from consortium.backlog import api, blocks, board, figures_pages, helped_pages, inbox, inbox_api, pages, writing
from consortium.backlog.events import EVENTS
from consortium.backlog.helping import ask_whether_it_helped
from consortium.backlog.models import BacklogItem, BacklogStep, HelpAnswer, MeToo, VoiceAnswer
from consortium.backlog.naming import may_name_voices, takes_comments
from consortium.backlog.notices import backlog_rules
from consortium.backlog.personal import erase_account, export_account
from consortium.backlog.queries import backlog_document, readable_items
from participation.component import Component, Job, MeBlock, MenuItem, SubjectBlock, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_

BACKLOG = Component(
    name="backlog",
    models=(BacklogItem, BacklogStep, MeToo, VoiceAnswer, HelpAnswer),
    events=EVENTS,
    routes=(
        *writing.ROUTES,
        *board.ROUTES,
        *pages.ROUTES,
        *figures_pages.ROUTES,
        *inbox.ROUTES,
        *helped_pages.ROUTES,
        *api.ROUTES,
        *inbox_api.ROUTES,
    ),
    subscriptions={kind: (note_waves,) for kind in backlog_rules()},
    subject_blocks=(
        SubjectBlock(helped_pages.REGION, helped_pages.helped_block, order=3),
        SubjectBlock(blocks.BLOCK, blocks.service_block, order=15),
    ),
    me_blocks=(MeBlock("consortium/backlog/_mine.html", inbox.mine, order=15),),
    jobs=(Job("ask-whether-it-helped", ask_whether_it_helped, every=timedelta(minutes=10)),),
    menu=(
        MenuItem(
            "backlog", N_("What became of the voices"), "/backlog", 35, "footer", group=N_("Everybody can check")
        ),
        MenuItem("desk-voices", N_("Voices to services"), "/secretariat/voices", 45, "desk", roles=("secretariat",)),
    ),
    subject_kinds=(
        SubjectKind(
            "backlog",
            N_("Improvement"),
            lambda item_id: f"/backlog/{item_id}",
            document=backlog_document,
            readable=readable_items,
            comment_feature="comment",
            in_process=False,
            takes_comments=takes_comments,
        ),
        SubjectKind(
            "outcome", N_("A release that did not help"), lambda subject_id: f"/backlog/outcomes/{subject_id}"
        ),
    ),
    hooks={
        "notices": backlog_rules,
        "voice_targets": lambda: {"backlog": may_name_voices},
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
