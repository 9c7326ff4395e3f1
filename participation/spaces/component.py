"""What spaces bring: the frame that every other component hangs on."""

from participation.component import Component, HomeBlock, MenuItem, SubjectKind
from participation.policy import N_
from participation.spaces import desk, events, frame, pages
from participation.spaces.home import open_now
from participation.spaces.models import Area, Category, Phase, Process, ProcessComponent, Site
from participation.spaces.queries import places, process_document
from participation.spaces.site import provide_site

DESK = ("secretariat", "administrator")

SPACES = Component(
    name="spaces",
    models=(Site, Area, Category, Process, Phase, ProcessComponent),
    routes=(*pages.ROUTES, *desk.ROUTES, *frame.ROUTES),
    events=(
        events.ProcessCreated,
        events.ProcessChanged,
        events.ProcessPublished,
        events.ProcessArchived,
        events.PhaseChanged,
        events.FrameChanged,
    ),
    subject_kinds=(
        SubjectKind(
            "process", N_("Process"), lambda process_id: f"/processes/by-id/{process_id}", document=process_document
        ),
    ),
    home=(HomeBlock("spaces/_home_open.html", open_now, order=10),),
    menu=(
        MenuItem("processes", N_("Processes"), "/processes", order=15),
        MenuItem("processes", N_("All processes"), "/processes", place="footer", group=N_("Take part"), order=10),
        MenuItem("desk", N_("Overview"), "/secretariat", place="desk", order=1, roles=(*DESK, "auditor")),
        MenuItem("desk-processes", N_("Processes"), "/secretariat/processes", place="desk", order=20, roles=DESK[:1]),
        MenuItem("desk-areas", N_("Living areas"), "/secretariat/areas", place="desk", order=80, roles=DESK),
        MenuItem("desk-categories", N_("Categories"), "/secretariat/categories", place="desk", order=81, roles=DESK),
        MenuItem("desk-site", N_("Names and contact"), "/secretariat/site", place="desk", order=82, roles=DESK),
    ),
    hooks={"services": provide_site, "places": places},
)
