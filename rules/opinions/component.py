"""What public comment brings."""

from datetime import timedelta

from participation.component import Component, Limit, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_
from rules.opinions import (
    api,
    boxes,
    calling,
    causes,
    desk,
    desk_api,
    grouping,
    own,
    personal,
    printing,
    sending,
    table,
)
from rules.opinions.events import EVENTS
from rules.opinions.guarding import guard_adoption
from rules.opinions.models import (
    Opinion,
    OpinionDraft,
    OpinionGroup,
    OpinionPerson,
    OpinionResponse,
    PublicComment,
    ResponsesFile,
)
from rules.opinions.notices import opinion_rules
from rules.opinions.publishing import JOBS
from rules.opinions.times import pages as times
from rules.opinions.times.events import EVENTS as TIMES_EVENTS
from rules.opinions.times.models import PublicCommentChange
from rules.opinions.voices import api as voices_api
from rules.opinions.voices import pages as voices
from rules.opinions.voices.actions import KIND as VOICE
from rules.opinions.voices.events import EVENTS as VOICE_EVENTS
from rules.opinions.voices.models import Voice, VoiceLike

OPINIONS = Component(
    name="opinions",
    models=(
        PublicComment,
        OpinionGroup,
        Opinion,
        OpinionPerson,
        OpinionDraft,
        OpinionResponse,
        ResponsesFile,
        Voice,
        VoiceLike,
        PublicCommentChange,
    ),
    routes=(
        *sending.ROUTES,
        *own.ROUTES,
        *calling.ROUTES,
        *desk.ROUTES,
        *grouping.ROUTES,
        *table.ROUTES,
        *printing.ROUTES,
        *api.ROUTES,
        *desk_api.ROUTES,
        *times.ROUTES,
        *voices.ROUTES,
        *voices_api.ROUTES,
    ),
    subject_kinds=(SubjectKind(VOICE, N_("Voice on a text"), lambda voice_id: f"/voices/{voice_id}"),),
    events=(*EVENTS, *TIMES_EVENTS, *VOICE_EVENTS),
    jobs=JOBS,
    subscriptions={each: (note_waves,) for each in opinion_rules()},
    menu=desk.MENU,
    me_blocks=own.ME_BLOCKS,
    intents=sending.INTENTS,
    hooks={
        "version_blocks": boxes.version_blocks,
        "section_blocks": boxes.section_blocks,
        "comparison_blocks": causes.comparison_blocks,
        "document_stage": guard_adoption,
        "notices": opinion_rules,
        "pictures": printing.where,
        "to_print": printing.next_printing,
        "desk_waiting": desk.waiting_opinions,
        "export_account": personal.export_account,
        "erase_account": personal.erase_account,
    },
    limits={"opinion": Limit(20, timedelta(minutes=10)), "responses_table": Limit(20, timedelta(minutes=5))},
)
