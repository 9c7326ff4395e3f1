"""What organisations bring."""

from participation.component import Component, SubjectKind
from participation.organisations import pages
from participation.organisations.events import EVENTS
from participation.organisations.models import Mandate, MandateInvitation, Organisation
from participation.organisations.personal import erase_account, export_account
from participation.organisations.queries import organisation_document
from participation.policy import N_

ORGANISATIONS = Component(
    name="organisations",
    models=(Organisation, Mandate, MandateInvitation),
    events=EVENTS,
    routes=pages.ROUTES,
    subject_kinds=(
        SubjectKind(
            "organisation",
            N_("Organisation"),
            lambda organisation_id: f"/organisations/by-id/{organisation_id}",
            document=organisation_document,
        ),
    ),
    hooks={"export_account": export_account, "erase_account": erase_account},
)
