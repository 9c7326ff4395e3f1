"""What the links to voices bring."""

from datetime import timedelta

from consortium.voices import api, pages
from consortium.voices.events import EVENTS
from consortium.voices.models import VoiceLink
from consortium.voices.notices import voice_rules
from consortium.voices.personal import erase_account, export_account
from participation.component import Component, Limit, SubjectBlock
from participation.notifications.subscribers import note_waves

VOICES = Component(
    name="voices",
    models=(VoiceLink,),
    events=EVENTS,
    routes=(*pages.ROUTES, *api.ROUTES),
    subscriptions={kind: (note_waves,) for kind in voice_rules()},
    subject_blocks=(SubjectBlock(pages.BLOCK, pages.voices_block, order=5),),
    limits={
        "find_voices": Limit(60, timedelta(minutes=5)),
        "link_voice": Limit(120, timedelta(minutes=10)),
    },
    hooks={"notices": voice_rules, "export_account": export_account, "erase_account": erase_account},
)
