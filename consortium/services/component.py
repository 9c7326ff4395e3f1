"""What the catalogue of services brings."""

from datetime import timedelta

from consortium.services import api, pages, writing
from consortium.services.bound import services_bound
from consortium.services.events import EVENTS
from consortium.services.figures import service_figures
from consortium.services.linking import may_name_voices
from consortium.services.models import Service, ServiceArea, ServiceData, ServiceOwner, ServiceStep, ServiceVersion
from consortium.services.notices import service_rules
from consortium.services.personal import erase_account, export_account
from consortium.services.queries import pages_of, service_document
from participation.component import Component, Limit, MenuItem, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_

SERVICES = Component(
    name="services",
    models=(Service, ServiceOwner, ServiceArea, ServiceData, ServiceStep, ServiceVersion),
    events=EVENTS,
    routes=(*writing.ROUTES, *pages.ROUTES, *api.ROUTES),
    subscriptions={kind: (note_waves,) for kind in service_rules()},
    limits={
        "enter_service": Limit(60, timedelta(hours=1)),
        "services_table": Limit(20, timedelta(minutes=5)),
    },
    menu=(MenuItem("services", N_("Services"), "/services", order=40),),
    subject_kinds=(
        SubjectKind(
            "service",
            N_("Service"),
            lambda service_id: f"/services/by-id/{service_id}",
            document=service_document,
            comment_feature="comment",
            in_process=False,
        ),
    ),
    hooks={
        "notices": service_rules,
        "figures": service_figures,
        "rule_subjects": services_bound,
        "service_pages": pages_of,
        "voice_targets": lambda: {"service": may_name_voices},
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
