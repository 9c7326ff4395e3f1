"""What visions, plans and rules bring."""

from participation.component import Component, MenuItem, SubjectBlock, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_
from rules.documents import api, comparing, pages, printing
from rules.documents import guards  # noqa: F401  its triggers are created with the tables that it names
from rules.documents.calendar import JOBS
from rules.documents.editing import routes as editing
from rules.documents.events import EVENTS
from rules.documents.finding import document_found, may_see
from rules.documents.listing import in_process
from rules.documents.notices import document_rules
from rules.documents.models import Document, Section, Version, VersionFile

DOCUMENTS = Component(
    name="documents",
    models=(Document, Version, Section, VersionFile),
    routes=(*pages.ROUTES, *comparing.ROUTES, *editing.ROUTES, *printing.ROUTES, *api.ROUTES),
    events=EVENTS,
    limits=editing.LIMITS,
    jobs=JOBS,
    hooks={"notices": document_rules, "pictures": printing.where, "to_print": printing.next_printing},
    subscriptions={each: (note_waves,) for each in document_rules()},
    menu=(
        MenuItem("documents", N_("Visions and rules"), "/documents", order=30),
        MenuItem(
            "desk-documents", N_("Visions and rules"), "/documents", place="desk", order=25, roles=("secretariat",)
        ),
        MenuItem("rules", N_("Rules"), "/rules", place="footer", group=N_("Everybody can check"), order=60),
    ),
    subject_blocks=(SubjectBlock("rules/documents/_in_process.html", in_process, order=10),),
    subject_kinds=(
        SubjectKind(
            "document",
            N_("Document"),
            lambda document_id: f"/documents/by-id/{document_id}",
            document=document_found,
            may_see=may_see,
        ),
    ),
)
