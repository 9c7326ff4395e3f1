"""What spaces bring: the frame that every other component hangs on."""

from participation.component import Component, HomeBlock, SubjectKind
from participation.policy import N_
from participation.spaces.home import open_now
from participation.spaces.models import Area, Category, Phase, Process, ProcessComponent, Site
from participation.spaces.site import provide_site

SPACES = Component(
    name="spaces",
    models=(Site, Area, Category, Process, Phase, ProcessComponent),
    subject_kinds=(SubjectKind("process", N_("Process"), lambda process_id: f"/processes/by-id/{process_id}"),),
    home=(HomeBlock("spaces/_home_open.html", open_now, order=10),),
    hooks={"services": provide_site},
)
