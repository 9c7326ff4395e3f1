"""What meetings bring."""

from datetime import timedelta

from participation.component import Component, Limit, MeBlock, MenuItem, SubjectBlock, SubjectKind
from participation.meetings import api, filing, pages, planning, recording
from participation.meetings.blocks import body_block
from participation.meetings.events import EVENTS
from participation.meetings.mine import own_meetings
from participation.meetings.models import (
    ActionItem,
    ActionReminder,
    Attendance,
    Decision,
    Meeting,
    Minutes,
    MinutesNote,
    Paper,
)
from participation.meetings.notices import meeting_rules
from participation.meetings.personal import erase_account, export_account
from participation.meetings.queries import meeting_document
from participation.meetings.reminding import JOBS
from participation.notifications.subscribers import note_waves
from participation.policy import N_

MEETINGS = Component(
    name="meetings",
    models=(Meeting, Attendance, Minutes, MinutesNote, Decision, ActionItem, ActionReminder, Paper),
    events=EVENTS,
    routes=(*planning.ROUTES, *pages.ROUTES, *recording.ROUTES, *filing.ROUTES, *api.ROUTES),
    subscriptions={kind: (note_waves,) for kind in meeting_rules()},
    jobs=JOBS,
    limits={
        "plan_meeting": Limit(120, timedelta(hours=1)),
        "record_meeting": Limit(240, timedelta(hours=1)),
        "answer_meeting": Limit(60, timedelta(hours=1)),
        "meeting_autosave": Limit(60, timedelta(minutes=5)),
        "meetings_feed": Limit(60, timedelta(minutes=5)),
    },
    menu=(
        MenuItem("meetings", N_("Meetings"), "/meetings", place="footer", group=N_("Everybody can check"), order=35),
    ),
    subject_kinds=(
        SubjectKind("meeting", N_("Meeting"), lambda number: f"/meetings/{number}", document=meeting_document),
    ),
    subject_blocks=(SubjectBlock("meetings/_body.html", body_block, order=5),),
    me_blocks=(MeBlock("meetings/_mine.html", own_meetings, order=4),),
    hooks={"notices": meeting_rules, "export_account": export_account, "erase_account": erase_account},
)
