"""What working groups bring."""

from datetime import timedelta

from consortium.groups import api, editing, pages, roadmap
from consortium.groups.events import EVENTS
from consortium.groups.meeting import meeting_bodies
from consortium.groups.models import GroupMember, RoadmapStep, WorkingGroup
from consortium.groups.notices import group_rules
from consortium.groups.personal import erase_account, export_account
from consortium.groups.policy import SCOPE
from consortium.groups.queries import group_document
from participation.component import Component, Limit, MenuItem, SubjectBlock, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_

GROUPS = Component(
    name="groups",
    models=(WorkingGroup, GroupMember, RoadmapStep),
    events=EVENTS,
    routes=(*editing.ROUTES, *roadmap.ROUTES, *pages.ROUTES, *api.ROUTES),
    subscriptions={kind: (note_waves,) for kind in group_rules()},
    limits={
        "enter_group": Limit(60, timedelta(hours=1)),
        "join_group": Limit(120, timedelta(hours=1)),
    },
    menu=(
        MenuItem(
            "groups", N_("Working groups"), "/working-groups", place="footer", group=N_("Take part"), order=35
        ),
    ),
    subject_blocks=(SubjectBlock("consortium/groups/_roadmap.html", roadmap.roadmap_block, order=4),),
    subject_kinds=(
        SubjectKind(
            SCOPE,
            N_("Working group"),
            lambda group_id: f"/working-groups/by-id/{group_id}",
            document=group_document,
            comment_feature="comment",
            in_process=False,
        ),
    ),
    hooks={
        "notices": group_rules,
        "meeting_kinds": lambda: (SCOPE,),
        "meeting_bodies": meeting_bodies,
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
