"""What workshops bring: the workshop itself, its list, its page, its desk."""

from datetime import timedelta

from participation.component import Component, Feature, Limit, MenuItem, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_
from workshops import listing, showing
from workshops.blocks import BLOCKS, HOME
from workshops.desk import api, asking, moving, writing
from workshops.events import EVENTS
from workshops.finding import workshop_document
from workshops.jobs import JOBS
from workshops.models import MODELS
from workshops.notices import workshop_rules
from workshops.personal import erase_account, export_account

WORKSHOPS = Component(
    name="workshops",
    models=MODELS,
    routes=(*writing.ROUTES, *listing.ROUTES, *asking.ROUTES, *moving.ROUTES, *showing.ROUTES, *api.ROUTES),
    menu=(
        MenuItem("workshops", N_("Workshops"), "/workshops", place="footer", group=N_("Take part"), order=27),
        MenuItem("desk-workshops", N_("Workshops"), "/workshops", place="desk", order=24, roles=("secretariat",)),
    ),
    home=HOME,
    subject_blocks=BLOCKS,
    events=EVENTS,
    jobs=JOBS,
    subscriptions={kind: (note_waves,) for kind in workshop_rules()},
    hooks={"notices": workshop_rules, "export_account": export_account, "erase_account": erase_account},
    limits={
        "workshop_desk": Limit(240, timedelta(hours=1)),
        "workshop_autosave": Limit(60, timedelta(minutes=5)),
        "workshop_link": Limit(60, timedelta(minutes=5)),
    },
    features=(Feature("workshop", N_("Workshops")),),
    subject_kinds=(
        SubjectKind(
            "workshop", N_("Workshop"), lambda number: f"/workshops/by-id/{number}", document=workshop_document
        ),
    ),
)
