"""What the improvements of services bring."""

from consortium.backlog import api, blocks, board, pages, writing
from consortium.backlog.events import EVENTS
from consortium.backlog.models import BacklogItem, BacklogStep, HelpAnswer, MeToo, VoiceAnswer
from consortium.backlog.naming import may_name_voices, takes_comments
from consortium.backlog.notices import backlog_rules
from consortium.backlog.personal import erase_account, export_account
from consortium.backlog.queries import backlog_document, readable_items
from participation.component import Component, SubjectBlock, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_

BACKLOG = Component(
    name="backlog",
    models=(BacklogItem, BacklogStep, MeToo, VoiceAnswer, HelpAnswer),
    events=EVENTS,
    routes=(*writing.ROUTES, *board.ROUTES, *pages.ROUTES, *api.ROUTES),
    subscriptions={kind: (note_waves,) for kind in backlog_rules()},
    subject_blocks=(SubjectBlock(blocks.BLOCK, blocks.service_block, order=15),),
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
    ),
    hooks={
        "notices": backlog_rules,
        "voice_targets": lambda: {"backlog": may_name_voices},
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
