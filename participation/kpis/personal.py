"""What KPIs know of a person: the figures that they entered for the city. Those stay, and never show the name."""

from typing import Any

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from participation.kpis.models import Kpi, KpiMeasurement
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    digits = type_coerce(KpiMeasurement.value, String).label("value")
    entered = (
        select(Kpi.key, KpiMeasurement.year, KpiMeasurement.part, digits, KpiMeasurement.citation, KpiMeasurement.url,
               KpiMeasurement.note, KpiMeasurement.at)
        .join(Kpi, Kpi.id == KpiMeasurement.kpi_id)
        .where(KpiMeasurement.entered_by_id == account_id)
        .order_by(KpiMeasurement.id)
    )  # fmt: skip
    return {"measurements": as_plain(session, entered)}
