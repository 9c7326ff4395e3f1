"""The goal tree: issues lead to goals, goals to measures, and measures are seen in KPIs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.events import record
from participation.kpis.events import GoalTreeChanged
from participation.kpis.models import GoalKpi, GoalLink, GoalNode, Kpi, Level
from participation.kpis.policy import may_keep
from participation.policy import N_, Actor, ensure, require

ABOVE = {Level.GOAL: Level.ISSUE, Level.MEASURE: Level.GOAL}


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A node as it is wanted: the keys of what it serves, and for a measure those of its KPIs."""

    key: str
    level: Level
    name: Localized
    parents: frozenset[str] = frozenset()
    kpis: frozenset[str] = frozenset()


def plant(session: Session, actor: Actor, branch: Branch, *, position: int | None = None, now: datetime) -> bool:
    """Add a node or bring it to what is wanted; whether anything was different. Refused when it names what is not
    there, or what stands on a wrong level."""
    ensure(may_keep(actor))
    above = _nodes_above(session, branch)
    kpis = _kpis_of(session, branch)
    node = session.scalars(select(GoalNode).where(GoalNode.key == branch.key)).first()
    ensure(require(node is None or node.level == branch.level, N_("This key belongs to another level of the tree.")))
    if position is None:
        last = session.scalar(select(func.coalesce(func.max(GoalNode.position), -1))) or 0
        position = node.position if node else last + 1
    change = "changed" if node else "added"
    if node is None:
        node = GoalNode(key=branch.key, level=branch.level, name=branch.name, position=position)
        session.add(node)
        session.flush()
    elif (node.name, node.position) == (branch.name, position) and _links(session, node) == (above, kpis):
        return False
    node.name, node.position = branch.name, position
    _tie(session, node, above, kpis)
    record(session, GoalTreeChanged(key=branch.key, change=change), actor=actor, now=now)
    return True


def fell(session: Session, actor: Actor, key: str, *, now: datetime) -> None:
    """Take a node away on which nothing hangs. What is not there stays away.

    Refused when another node serves it.
    """
    ensure(may_keep(actor))
    node = session.scalars(select(GoalNode).where(GoalNode.key == key)).first()
    if node is None:
        return
    below = session.scalars(select(GoalLink.child_id).where(GoalLink.parent_id == node.id).limit(1)).first()
    ensure(require(below is None, N_("Something in the tree hangs on this. Please move that first.")))
    _tie(session, node, frozenset(), frozenset())
    session.delete(node)
    record(session, GoalTreeChanged(key=key, change="removed"), actor=actor, now=now)


def _nodes_above(session: Session, branch: Branch) -> frozenset[int]:
    level = ABOVE.get(branch.level)
    found = dict(
        session.execute(
            select(GoalNode.key, GoalNode.id).where(GoalNode.key.in_(branch.parents), GoalNode.level == level)
        ).all()
    )
    ensure(require(set(found) == branch.parents, N_("Please choose from what stands one level above in the tree.")))
    return frozenset(found.values())


def _kpis_of(session: Session, branch: Branch) -> frozenset[int]:
    found = dict(session.execute(select(Kpi.key, Kpi.id).where(Kpi.key.in_(branch.kpis))).all())
    there = set(found) == branch.kpis and (not found or branch.level == Level.MEASURE)
    ensure(require(there, N_("KPIs hang on measures. Please choose those that are there.")))
    return frozenset(found.values())


def _links(session: Session, node: GoalNode) -> tuple[frozenset[int], frozenset[int]]:
    above = session.scalars(select(GoalLink.parent_id).where(GoalLink.child_id == node.id))
    kpis = session.scalars(select(GoalKpi.kpi_id).where(GoalKpi.node_id == node.id))
    return frozenset(above), frozenset(kpis)


def _tie(session: Session, node: GoalNode, above: Collection[int], kpis: Collection[int]) -> None:
    session.execute(delete(GoalLink).where(GoalLink.child_id == node.id))
    session.execute(delete(GoalKpi).where(GoalKpi.node_id == node.id))
    session.add_all(GoalLink(parent_id=parent, child_id=node.id) for parent in above)
    session.add_all(GoalKpi(node_id=node.id, kpi_id=kpi) for kpi in kpis)
    session.flush()
