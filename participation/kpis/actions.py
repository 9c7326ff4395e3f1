"""What the secretariat does with KPIs. Each: ensure, change, record. What is the same already changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.events import record
from participation.kpis.events import KpiChanged, KpiDefined, KpiMeasured, KpiTargetSet
from participation.kpis.judging import Aim
from participation.kpis.models import Kpi, KpiMeasurement, KpiTarget
from participation.kpis.policy import may_keep, may_measure
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web import Conflict


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A figure that somebody read somewhere: `citation` says where, `url` leads there, `note` why it corrects."""

    year: int
    value: Decimal
    citation: str
    url: str
    part: str = ""
    note: str = ""


def define_kpi(session: Session, actor: Actor, key: str, values: Mapping[str, Any], *, now: datetime) -> Kpi:
    """A new KPI, public at once. `values` are columns of `Kpi`.

    Raises:
        Conflict: there is one with this key.
    """
    ensure(may_keep(actor))
    if kpi_by_key(session, key) is not None:
        raise Conflict(N_("There is already a KPI with this key."))
    last = session.scalar(select(func.coalesce(func.max(Kpi.position), -1))) or 0
    subject = create_subject(session, "kpi", title=values["name"].to("ja"), now=now, published=True)
    kpi = Kpi(id=subject.id, key=key, updated_at=now, **{"position": last + 1, **values})
    session.add(kpi)
    session.flush()
    record(session, KpiDefined(kpi_id=kpi.id, key=key), actor=actor, subject_id=kpi.id, now=now)
    mark_for_indexing(session, kpi.id, now)
    return kpi


def change_kpi(session: Session, actor: Actor, kpi: Kpi, values: Mapping[str, Any], *, now: datetime) -> bool:
    """Bring the definition to `values`; whether anything was different."""
    ensure(may_keep(actor))
    changed = sorted(name for name, value in values.items() if getattr(kpi, name) != value)
    if not changed:
        return False
    for name in changed:
        setattr(kpi, name, values[name])
    kpi.updated_at = now
    session.get_one(Subject, kpi.id).title = kpi.name.to("ja")
    session.flush()
    fact = KpiChanged(kpi_id=kpi.id, fields=",".join(changed))
    record(session, fact, actor=actor, subject_id=kpi.id, now=now)
    mark_for_indexing(session, kpi.id, now)
    return True


def set_target(
    session: Session, actor: Actor, kpi: Kpi, year: int, aim: Aim | None, *, part: str = "", now: datetime
) -> bool:
    """What is promised for a year; None takes the promise away. Whether anything was different."""
    ensure(may_keep(actor))
    there = session.scalars(
        select(KpiTarget).where(KpiTarget.kpi_id == kpi.id, KpiTarget.year == year, KpiTarget.part == part)
    ).first()
    before = Aim(there.value, there.high) if there is not None else None
    if before == aim:
        return False
    if aim is None:
        session.delete(there)
    elif there is None:
        session.add(KpiTarget(kpi_id=kpi.id, year=year, part=part, value=aim.value, high=aim.high))
    else:
        there.value, there.high = aim.value, aim.high
    session.flush()
    fact = KpiTargetSet(kpi_id=kpi.id, year=year, part=part, value=_said(aim), previous=_said(before))
    record(session, fact, actor=actor, subject_id=kpi.id, now=now)
    return True


def enter_measurement(session: Session, actor: Actor, kpi: Kpi, reading: Reading, *, now: datetime) -> KpiMeasurement:
    """Enter the figure of a year, or correct it by a row after the one that stands. A correction says its reason."""
    ensure(may_measure(actor, kpi) & require(reading.part in kpi.parts, N_("This KPI has no such part.")))
    before = newest_measurement(session, kpi.id, reading.year, reading.part)
    ensure(require(before is None or bool(reading.note), REASON))
    row = KpiMeasurement(
        kpi_id=kpi.id,
        number=before.number + 1 if before else 1,
        at=now,
        entered_by_id=actor.id,
        **vars(reading),
    )
    session.add(row)
    session.flush()
    fact = KpiMeasured(
        kpi_id=kpi.id,
        year=row.year,
        part=row.part,
        number=row.number,
        value=digits(row.value),
        previous=digits(before.value) if before else "",
    )
    record(session, fact, actor=actor, subject_id=kpi.id, now=now)
    return row


REASON = N_("There is a figure for this year already. Please say why it is corrected.")


def kpi_by_key(session: Session, key: str) -> Kpi | None:
    return session.scalars(select(Kpi).where(Kpi.key == key)).first()


def newest_measurement(session: Session, kpi_id: int, year: int, part: str) -> KpiMeasurement | None:
    """The one that holds."""
    wanted = select(KpiMeasurement).where(
        KpiMeasurement.kpi_id == kpi_id, KpiMeasurement.year == year, KpiMeasurement.part == part
    )
    return session.scalars(wanted.order_by(KpiMeasurement.number.desc()).limit(1)).first()


def digits(value: Decimal | None) -> str:
    """The number as people write it, without an exponent."""
    return "" if value is None else f"{value.normalize():f}"


def _said(aim: Aim | None) -> str:
    if aim is None:
        return ""
    low = digits(aim.value) or "level"
    return low if aim.high is None else f"{low}..{digits(aim.high)}"
