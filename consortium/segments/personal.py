"""What quarterly reports know of a person: which versions they handed in. The figures are the organisation's."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consortium.segments.models import ServiceReport, ServiceReportVersion
from consortium.services.models import Service
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    columns = (Service.slug, ServiceReport.year, ServiceReport.quarter, ServiceReportVersion.number)
    mine = (
        select(*columns, ServiceReportVersion.reason, ServiceReportVersion.at)
        .join(ServiceReport, ServiceReport.id == ServiceReportVersion.report_id)
        .join(Service, Service.id == ServiceReport.service_id)
        .where(ServiceReportVersion.author_id == account_id)
        .order_by(ServiceReportVersion.at)
    )
    return {"quarterly_reports": as_plain(session, mine)}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    forget = update(ServiceReportVersion).where(ServiceReportVersion.author_id == account_id)
    session.execute(forget.values(author_id=None), execution_options={"synchronize_session": False})
