"""What KPIs bring."""

from datetime import timedelta

from participation.component import Component, Limit, MenuItem, SubjectKind
from participation.kpis import api, desk, measuring, pages, tables
from participation.kpis.events import EVENTS
from participation.kpis.finding import kpi_document
from participation.kpis.models import GoalKpi, GoalLink, GoalNode, Kpi, KpiMeasurement, KpiTarget
from participation.kpis.notices import kpi_rules
from participation.kpis.personal import export_account
from participation.notifications.subscribers import note_waves
from participation.policy import N_

KPIS = Component(
    name="kpis",
    models=(Kpi, KpiTarget, KpiMeasurement, GoalNode, GoalLink, GoalKpi),
    routes=(*pages.ROUTES, *tables.ROUTES, *desk.ROUTES, *measuring.ROUTES, *api.ROUTES),
    events=EVENTS,
    subscriptions={kind: (note_waves,) for kind in kpi_rules()},
    limits={"kpis_table": Limit(20, timedelta(minutes=5)), "measure": Limit(600, timedelta(hours=1))},
    subject_kinds=(
        SubjectKind("kpi", N_("KPI"), lambda kpi_id: f"/kpis/by-id/{kpi_id}", document=kpi_document),
    ),
    menu=(
        MenuItem("kpis", N_("How it is going"), "/kpis", order=50),
        MenuItem("kpis", N_("Targets and results"), "/kpis", place="footer", group=N_("Everybody can check"), order=40),
        MenuItem("desk-kpis", N_("KPIs"), "/secretariat/kpis", order=50, place="desk", roles=("secretariat",)),
    ),
    hooks={"notices": kpi_rules, "export_account": export_account},
)
