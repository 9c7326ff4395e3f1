"""Keeping what is typed, handing in and correcting a report. Each: ensure, change, record."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consortium.segments.events import ServiceReported
from consortium.segments.hiding import Figure
from consortium.segments.models import ReportState, ServiceReport, ServiceReportFigure, ServiceReportVersion
from consortium.segments.policy import may_hand_in, may_report_on
from consortium.segments.quarters import Quarter
from consortium.services.queries import Line
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.policy import Actor, ensure


def save_draft(
    session: Session, actor: Actor, service: Line, quarter: Quarter, typed: dict[str, str], *, now: datetime
) -> None:
    """Keep what was typed so far; what was handed in stays as it is."""
    report = _locked(session, actor, service, quarter, now)
    report.typed, report.saved_at = typed, now


def hand_in(
    session: Session,
    actor: Actor,
    service: Line,
    quarter: Quarter,
    figures: Sequence[Figure],
    reason: str = "",
    *,
    now: datetime,
) -> int:
    """Tell everybody the figures of a quarter, or correct them by a version after the one that stands. Returns the
    number of that version; earlier ones stay readable."""
    report = _locked(session, actor, service, quarter, now)
    ensure(may_hand_in(ReportState(report.state), reason))
    report.state, report.version = ReportState.SUBMITTED, report.version + 1
    report.typed, report.saved_at = {}, None
    about = {"report_id": report.id, "number": report.version}
    session.add(ServiceReportVersion(**about, reason=reason if report.version > 1 else "", author_id=actor.id, at=now))
    session.flush()
    rows = [
        {"dimension": each.dimension, "segment": each.segment, "users": each.users, "satisfaction": each.satisfaction}
        for each in figures
    ]
    session.execute(insert(ServiceReportFigure), [{**about, **row} for row in rows])
    fact = ServiceReported(
        service_id=service.id, year=quarter.year, quarter=quarter.number, version=report.version
    )
    record(session, fact, actor=actor, subject_id=service.id, private={"reason": reason}, now=now)
    return report.version


def _locked(session: Session, actor: Actor, service: Line, quarter: Quarter, now: datetime) -> ServiceReport:
    """The row of this report, made if there is none; one writer at a time."""
    ensure(may_report_on(actor, service.owner_ids, service.visible, quarter, now))
    names = {"service_id": service.id, "year": quarter.year, "quarter": quarter.number}
    fresh = {**names, "state": ReportState.DRAFT, "version": 0, "typed": {}}
    session.execute(insert_ignore(ServiceReport, dialect_name(session)).values(**fresh))
    wanted = select(ServiceReport).filter_by(**names).with_for_update().execution_options(populate_existing=True)
    return session.scalars(wanted).one()
