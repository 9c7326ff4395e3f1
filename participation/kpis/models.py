"""Tables of KPIs. A measurement is never changed: what corrects it is a row after it."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from participation.db import Base, BigId, Localized, Translated, UTCDateTime
from participation.kpis.judging import Comparator
from participation.kpis.years import Calendar


class Kind(StrEnum):
    KGI = "kgi"
    OUTCOME = "outcome"
    OUTPUT = "output"


class Level(StrEnum):
    ISSUE = "issue"
    GOAL = "goal"
    MEASURE = "measure"


class Exact(TypeDecorator[Decimal]):
    """A decimal number as its digits: 0.1 stays 0.1 in every database, so that verdicts do not depend on rounding."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        return None if value is None else f"{value.normalize():f}"

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


class Kpi(Base):
    """The definition. It is a subject. `split` names its parts, `baseline` a number for each (the whole is "")."""

    __tablename__ = "kpi"
    __table_args__ = (CheckConstraint("cumulative_years IS NULL OR cumulative_years > 1", name="cumulative_years"),)

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Localized] = mapped_column(Translated)
    unit: Mapped[Localized] = mapped_column(Translated, default=dict)
    note: Mapped[Localized] = mapped_column(Translated, default=dict)
    kind: Mapped[str] = mapped_column(String(10), default=Kind.OUTPUT)
    calendar: Mapped[str] = mapped_column(String(10), default=Calendar.FISCAL)
    comparator: Mapped[str] = mapped_column(String(15), default=Comparator.AT_LEAST)
    cumulative_years: Mapped[int | None] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(40), default="")  # name of a figure; "": entered
    split: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)  # [{key, ja, en}]
    baseline_year: Mapped[int | None] = mapped_column(Integer)
    baseline: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    position: Mapped[int] = mapped_column(Integer, default=0)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def parts(self) -> tuple[str, ...]:
        """The keys of its parts; the whole alone where it is not split."""
        return tuple(part["key"] for part in self.split) or ("",)


class KpiTarget(Base):
    __tablename__ = "kpi_target"
    __table_args__ = (UniqueConstraint("kpi_id", "year", "part"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kpi_id: Mapped[int] = mapped_column(BigId, ForeignKey("kpi.id"))
    year: Mapped[int] = mapped_column(Integer)
    part: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[Decimal | None] = mapped_column(Exact)
    high: Mapped[Decimal | None] = mapped_column(Exact)  # the upper end of a range


class KpiMeasurement(Base):
    """What was measured for a year, with where it was read. Number 1 is the first; the highest holds."""

    __tablename__ = "kpi_measurement"
    __table_args__ = (
        UniqueConstraint("kpi_id", "year", "part", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("citation <> '' AND url <> ''", name="source"),
        CheckConstraint("number = 1 OR note <> ''", name="reason"),
        Index("ix_kpi_measurement_entered_by_id", "entered_by_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kpi_id: Mapped[int] = mapped_column(BigId, ForeignKey("kpi.id"))
    year: Mapped[int] = mapped_column(Integer)
    part: Mapped[str] = mapped_column(String(40), default="")
    number: Mapped[int] = mapped_column(Integer)
    value: Mapped[Decimal] = mapped_column(Exact)
    citation: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")  # why it was corrected
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    entered_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))


class GoalNode(Base):
    """An issue, a goal or a measure of the goal tree."""

    __tablename__ = "goal_node"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    level: Mapped[str] = mapped_column(String(10))
    name: Mapped[Localized] = mapped_column(Translated)
    position: Mapped[int] = mapped_column(Integer, default=0)


class GoalLink(Base):
    """An issue leads to a goal, a goal to a measure."""

    __tablename__ = "goal_link"
    __table_args__ = (Index("ix_goal_link_child_id", "child_id"),)

    parent_id: Mapped[int] = mapped_column(BigId, ForeignKey("goal_node.id"), primary_key=True)
    child_id: Mapped[int] = mapped_column(BigId, ForeignKey("goal_node.id"), primary_key=True)


class GoalKpi(Base):
    """A measure is seen in a KPI."""

    __tablename__ = "goal_kpi"
    __table_args__ = (Index("ix_goal_kpi_kpi_id", "kpi_id"),)

    node_id: Mapped[int] = mapped_column(BigId, ForeignKey("goal_node.id"), primary_key=True)
    kpi_id: Mapped[int] = mapped_column(BigId, ForeignKey("kpi.id"), primary_key=True)
