"""What the draws of workshops bring."""

from datetime import timedelta

from participation.component import Component, Limit
from participation.notifications.subscribers import note_waves
from workshops.panels import api, desk, pages
from workshops.panels import guards  # noqa: F401  its triggers are created with the tables that it names
from workshops.panels.blocks import BLOCKS
from workshops.panels.checking import broken_draws
from workshops.panels.closing import at_step
from workshops.panels.events import EVENTS
from workshops.panels.hanging import application_notes, desk_links
from workshops.panels.models import MODELS
from workshops.panels.notices import panel_rules
from workshops.panels.personal import export_account
from workshops.panels.running import JOBS

PANELS = Component(
    name="panels",
    models=MODELS,
    events=EVENTS,
    routes=(*pages.ROUTES, *desk.ROUTES, *api.ROUTES),
    subject_blocks=BLOCKS,
    limits={"answer_invitation": Limit(30, timedelta(minutes=10))},
    jobs=JOBS,
    subscriptions={kind: (note_waves,) for kind in panel_rules()},
    hooks={
        "notices": panel_rules,
        "workshop_step": at_step,
        "workshop_desk": desk_links,
        "workshop_application": application_notes,
        "sealed": broken_draws,
        "export_account": export_account,
    },
)
