"""What happens to KPIs. Numbers stand in the audit log as their digits: nobody changes one unseen."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class KpiDefined(Fact):
    TYPE = "kpi.defined"
    AUDITED = True
    SAYS = N_("A KPI was defined")
    kpi_id: int
    key: str


@dataclass(frozen=True, kw_only=True)
class KpiChanged(Fact):
    TYPE = "kpi.changed"
    AUDITED = True
    SAYS = N_("The definition of a KPI was changed")
    kpi_id: int
    fields: str


@dataclass(frozen=True, kw_only=True)
class KpiTargetSet(Fact):
    """`value` is empty where the target was taken away; `previous` where there was none."""

    TYPE = "kpi.target_set"
    AUDITED = True
    SAYS = N_("A target of a KPI was set")
    kpi_id: int
    year: int
    part: str
    value: str
    previous: str


@dataclass(frozen=True, kw_only=True)
class KpiMeasured(Fact):
    """`number` 1 is the first figure of a year, a higher one corrects it; `previous` is what stood there."""

    TYPE = "kpi.measured"
    AUDITED = True
    SAYS = N_("A figure of a KPI was entered")
    kpi_id: int
    year: int
    part: str
    number: int
    value: str
    previous: str


@dataclass(frozen=True, kw_only=True)
class GoalTreeChanged(Fact):
    TYPE = "kpi.goal_tree_changed"
    AUDITED = True
    SAYS = N_("The goal tree was changed")
    key: str
    change: str


EVENTS = (KpiDefined, KpiChanged, KpiTargetSet, KpiMeasured, GoalTreeChanged)
