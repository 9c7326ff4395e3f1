"""What the consent centre brings."""

from datetime import timedelta

from participation.component import Component, Limit
from participation.consents import api, guards, managing, pages, reading, writing  # noqa: F401 (triggers)
from participation.consents.events import EVENTS
from participation.consents.models import ConsentEvent, ConsentPurpose, ConsentService, PurposeVersion
from participation.consents.notices import consent_rules
from participation.consents.personal import erase_account, export_account
from participation.notifications.subscribers import note_waves

CONSENTS = Component(
    name="consents",
    models=(ConsentService, ConsentPurpose, PurposeVersion, ConsentEvent),
    events=EVENTS,
    routes=(*pages.ROUTES, *reading.ROUTES, *managing.ROUTES, *writing.ROUTES, *api.ROUTES),
    subscriptions={kind: (note_waves,) for kind in consent_rules()},
    limits={"consent": Limit(120, timedelta(hours=1))},
    menu=(*reading.MENU, *managing.MENU),
    me_blocks=pages.ME_BLOCKS,
    hooks={
        "notices": consent_rules,
        "desk_waiting": managing.waiting,
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
