"""What quarterly reports bring."""

from datetime import timedelta

from consortium.segments import api, pages, uploading, writing
from consortium.segments.events import EVENTS
from consortium.segments.models import (
    ServiceReport,
    ServiceReportFigure,
    ServiceReportReminder,
    ServiceReportVersion,
)
from consortium.segments.notices import report_rules
from consortium.segments.personal import erase_account, export_account
from consortium.segments.reminding import JOBS
from participation.component import Component, Limit, SubjectBlock
from participation.notifications.subscribers import note_waves

SEGMENTS = Component(
    name="segments",
    models=(ServiceReport, ServiceReportVersion, ServiceReportFigure, ServiceReportReminder),
    events=EVENTS,
    routes=(*uploading.ROUTES, *pages.ROUTES, *writing.ROUTES, *api.ROUTES),
    limits={"report_figures": Limit(60, timedelta(hours=1))},
    subscriptions={kind: (note_waves,) for kind in report_rules()},
    jobs=JOBS,
    subject_blocks=(SubjectBlock("consortium/segments/_block.html", pages.reports_block, order=15),),
    hooks={"notices": report_rules, "export_account": export_account, "erase_account": erase_account},
)
