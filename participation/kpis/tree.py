"""The goal tree, read and drawn: issues, goals, measures and KPIs in four columns of an SVG."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.kpis.models import GoalKpi, GoalLink, GoalNode, Kpi, Level

WIDTH, BOX, LINE, PAD, BETWEEN = 1120, 232, 20, 9, 14
LETTERS = 14.5  # of full width in a line of a box
LEFT = {level: (WIDTH - BOX) / 3 * place for place, level in enumerate((*Level, "kpi"))}


@dataclass(frozen=True, kw_only=True)
class Node:
    id: int
    key: str
    level: Level
    name: Localized
    position: int
    parents: tuple[str, ...]
    kpis: tuple[str, ...]  # keys


@dataclass(frozen=True)
class Box:
    level: str
    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    outcome: str = ""  # symbol and word, of a KPI

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Picture:
    height: float
    boxes: tuple[Box, ...]
    links: tuple[str, ...]  # path data


def goal_tree(session: Session) -> tuple[Node, ...]:
    """Every node, in order. Three queries."""
    nodes = session.scalars(select(GoalNode).order_by(GoalNode.position, GoalNode.id)).all()
    keys = {node.id: node.key for node in nodes}
    parents, measured = defaultdict(list), defaultdict(list)
    for link in session.scalars(select(GoalLink).order_by(GoalLink.parent_id)):
        parents[link.child_id].append(keys[link.parent_id])
    named = select(GoalKpi.node_id, Kpi.key).join(Kpi, Kpi.id == GoalKpi.kpi_id).order_by(Kpi.position, Kpi.id)
    for number, key in session.execute(named):
        measured[number].append(key)
    return tuple(
        Node(
            id=node.id,
            key=node.key,
            level=Level(node.level),
            name=node.name,
            position=node.position,
            parents=tuple(parents[node.id]),
            kpis=tuple(measured[node.id]),
        )
        for node in nodes
    )


def above(nodes: Sequence[Node], kpi: str) -> dict[Level, list[Node]]:
    """The measures that are seen in this KPI, the goals that they serve, the issues behind those."""
    wanted = {node.key for node in nodes if kpi in node.kpis}
    found: dict[Level, list[Node]] = {}
    for level in (Level.MEASURE, Level.GOAL, Level.ISSUE):
        found[level] = [node for node in nodes if node.level == level and node.key in wanted]
        wanted = {parent for node in found[level] for parent in node.parents}
    return found


def picture(nodes: Sequence[Node], kpis: Mapping[str, tuple[str, str]], locale: str) -> Picture | None:
    """The drawing; `kpis` holds name and outcome in words by key. None for an empty tree."""
    if not nodes:
        return None
    hanging = list(dict.fromkeys(key for node in nodes for key in node.kpis))
    columns: dict[str, list[tuple[str, tuple[str, ...], str]]] = {
        level: [(node.key, wrapped(node.name.to(locale)), "") for node in nodes if node.level == level]
        for level in Level
    }
    columns["kpi"] = [(key, wrapped(kpis[key][0]), kpis[key][1]) for key in hanging]
    height = max(sum(_height(lines, outcome) + BETWEEN for _, lines, outcome in each) for each in columns.values())
    boxes = {(level, key): box for level, each in columns.items() for key, box in _column(level, each, height)}
    pairs = [((Level(above), parent), (node.level, node.key))
             for node in nodes for parent in node.parents
             for above in [Level.ISSUE if node.level == Level.GOAL else Level.GOAL]]  # fmt: skip
    pairs += [((node.level, node.key), ("kpi", key)) for node in nodes for key in node.kpis]
    links = [_curve(boxes[start], boxes[end]) for start, end in pairs if start in boxes and end in boxes]
    return Picture(height, tuple(boxes.values()), tuple(links))


def wrapped(text: str) -> tuple[str, ...]:
    """The text in lines that fit a box. Words are kept whole; Japanese breaks anywhere."""
    lines, line, width = [], "", 0.0
    for piece in _pieces(text):
        wide = sum(_wide(letter) for letter in piece)
        if line and width + wide > LETTERS:
            lines.append(line.rstrip())
            line, width, piece = "", 0.0, piece.lstrip()
        line, width = line + piece, width + wide
    return (*lines, line.rstrip())


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for letter in text:
        joins = pieces and _wide(letter) < 1 and letter != " " and _wide(pieces[-1][-1]) < 1
        if joins:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _wide(letter: str) -> float:
    return 1 if unicodedata.east_asian_width(letter) in "WFA" else 0.56


def _height(lines: tuple[str, ...], outcome: str) -> float:
    return (len(lines) + bool(outcome)) * LINE + 2 * PAD


def _column(level: str, entries: list[tuple[str, tuple[str, ...], str]], height: float) -> list[tuple[str, Box]]:
    """The boxes of a column, spread over the height."""
    free = height - sum(_height(lines, outcome) for _, lines, outcome in entries)
    gap, y, found = free / (len(entries) or 1), 0.0, []
    y = gap / 2
    for key, lines, outcome in entries:
        tall = _height(lines, outcome)
        found.append((key, Box(level, round(LEFT[level], 1), round(y, 1), tall, lines, outcome)))
        y += tall + gap
    return found


def _curve(start: Box, end: Box) -> str:
    from_x, to_x = start.x + BOX, end.x
    bend = round((from_x + to_x) / 2, 1)
    return f"M{from_x} {start.middle}C{bend} {start.middle} {bend} {end.middle} {to_x} {end.middle}"
