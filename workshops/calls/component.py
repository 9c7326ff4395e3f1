"""What calls bring."""

from datetime import timedelta

from participation.component import Component, Limit
from workshops.calls import api, applicants, leaflet, pages
from workshops.calls.blocks import BLOCKS, ME_BLOCKS
from workshops.calls.consenting import follow_consent
from workshops.calls.jobs import JOBS

CALLS = Component(
    name="calls",
    routes=(*pages.ROUTES, *applicants.ROUTES, *leaflet.ROUTES, *api.ROUTES),
    subject_blocks=BLOCKS,
    me_blocks=ME_BLOCKS,
    jobs=JOBS,
    subscriptions={"consent.withdrawn": (follow_consent,)},
    hooks={"workshop_desk": applicants.desk_links},
    limits={
        "workshop_apply": Limit(30, timedelta(minutes=10)),
        "workshop_table": Limit(20, timedelta(minutes=5)),
    },
)
