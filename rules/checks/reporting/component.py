"""What yearly reports bring."""

from datetime import timedelta

from participation.component import Component, Limit
from participation.notifications.subscribers import note_waves
from rules.checks.reporting import desk, writing
from rules.checks.reporting.events import EVENTS
from rules.checks.reporting.models import ReportReminder, ReportStep, SelfReport
from rules.checks.reporting.notices import report_rules
from rules.checks.reporting.personal import export_account
from rules.checks.reporting.queries import waiting_reports
from rules.checks.reporting.reminding import JOBS

REPORTS = Component(
    name="reports",
    models=(SelfReport, ReportStep, ReportReminder),
    events=EVENTS,
    routes=(*writing.ROUTES, *desk.ROUTES),
    limits={"self_report": Limit(10, timedelta(hours=1))},
    menu=desk.MENU,
    subscriptions={kind: (note_waves,) for kind in report_rules()},
    jobs=JOBS,
    hooks={"notices": report_rules, "desk_waiting": waiting_reports, "export_account": export_account},
)
