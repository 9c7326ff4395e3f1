"""What the audit log brings."""

from datetime import timedelta

from participation.audit import guards  # noqa: F401  its triggers are created with the tables that it names
from participation.audit import sealed
from participation.audit.api import ROUTES as API
from participation.audit.events import PrivacyErased
from participation.audit.models import AuditHead, AuditNode
from participation.audit.pages import ROUTES as PAGES
from participation.audit.pages import link_to_entries
from participation.audit.sequencer import keep_log, probe
from participation.component import Component, Job, LateCommand, MenuItem, SubjectBlock
from participation.policy import N_

AUDIT = Component(
    name="audit",
    models=(AuditNode, AuditHead),
    events=(PrivacyErased,),
    # Twice a second at most: every round costs a commit of its own, and a second is what is promised.
    jobs=(Job("audit", keep_log, every=timedelta(seconds=0.5)), *sealed.JOBS),
    routes=(*PAGES, *API),
    menu=(MenuItem("audit", N_("Audit log"), "/audit", place="footer", group=N_("Everybody can check"), order=70),),
    subject_blocks=(SubjectBlock("audit/_link.html", link_to_entries, place="tools", order=80),),
    commands=(LateCommand("audit", "participation.audit.commands:audit"),),
    hooks={"ready": lambda services, now: [*probe(services, now), *sealed.probe(services, now)]},
)
