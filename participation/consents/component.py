"""What the consent centre brings."""

from datetime import timedelta

from participation.component import Component, Job, Limit
from participation.consents import access_pages, api, managing, pages, reading, service_api, writing
from participation.consents import guards as guards  # its triggers come with the tables
from participation.consents.access import forget_codes
from participation.consents.events import EVENTS
from participation.consents.models import (
    ConsentEvent,
    ConsentPurpose,
    ConsentService,
    ConsentToken,
    LinkCode,
    PurposeVersion,
    Webhook,
)
from participation.consents.notices import consent_rules
from participation.consents.personal import erase_account, export_account
from participation.consents.webhooks import deliver_webhooks
from participation.notifications.subscribers import note_waves

PARTS = (pages, reading, managing, writing, access_pages, api, service_api)

CONSENTS = Component(
    name="consents",
    models=(ConsentService, ConsentPurpose, PurposeVersion, ConsentEvent, ConsentToken, LinkCode, Webhook),
    events=EVENTS,
    routes=tuple(route for part in PARTS for route in part.ROUTES),
    subscriptions={kind: (note_waves,) for kind in consent_rules()},
    jobs=(Job("consent-webhooks", deliver_webhooks), Job("consent-codes", forget_codes, every=timedelta(hours=1))),
    limits={"consent": Limit(120, timedelta(hours=1)), "consent_link": Limit(300, timedelta(hours=1))},
    menu=(*reading.MENU, *managing.MENU),
    me_blocks=pages.ME_BLOCKS,
    hooks={
        "notices": consent_rules,
        "desk_waiting": managing.waiting,
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
