"""The last map as its page shows it: groups, what they share, what sets them apart, each statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.orm import Session

from participation.db import look_up
from participation.subjects import Subject
from proposals.opinion_maps.figures import LETTERS, SMALLEST, drawn
from proposals.opinion_maps.models import OpinionResult, OpinionStatement
from proposals.opinion_maps.places import place_of
from proposals.opinion_maps.queries import SHOWN, MapView, in_words

SHARED = 5  # statements that all groups share, of those that more than half of each group agree with


@dataclass(frozen=True)
class Bar:
    """Votes of some people on a statement; shares are in percent and add up to 100."""

    letter: str  # of the group; "" for everybody
    agree: int
    disagree: int
    passed: int

    @property
    def seen(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def shares(self) -> tuple[int, int, int]:
        if not self.seen:
            return 0, 0, 0
        agree, disagree = round(100 * self.agree / self.seen), round(100 * self.disagree / self.seen)
        return agree, disagree, 100 - agree - disagree


@dataclass(frozen=True)
class Line:
    """A statement with everybody's votes and each group's."""

    number: int
    text: str
    locale: str
    everybody: Bar
    groups: tuple[Bar, ...]
    consensus: float | None

    @property
    def shared(self) -> bool:
        """Whether more than half of each group agrees, of those who voted on it."""
        return bool(self.groups) and all(bar.seen >= SMALLEST and 2 * bar.agree > bar.seen for bar in self.groups)


@dataclass(frozen=True)
class Apart:
    """What a group says more than the others do."""

    line: Line
    side: str  # agree | disagree
    share: int  # percent of the group
    elsewhere: int  # percent of all other groups together


@dataclass(frozen=True)
class Group:
    letter: str
    place: int  # of the letter: its shape and colour
    size: int
    middle: tuple[int, int]
    outline: str  # points of a polygon
    dots: tuple[tuple[int, int, int], ...]  # x, y, radius
    apart: tuple[Apart, ...]


@dataclass(frozen=True, kw_only=True)
class Result:
    placed: int
    participants: int
    unshown: int  # placed, in groups of too few people
    groups: tuple[Group, ...]
    lines: tuple[Line, ...]
    shared: tuple[Line, ...]
    own: tuple[int, int] | None  # where the reader stands
    own_letter: str
    computed_at: datetime


_COLUMNS = (OpinionResult.figures, OpinionResult.computed_at)
_MAP = bindparam("map", type_=BigInteger)
_RESULT = select(*_COLUMNS).where(OpinionResult.map_id == _MAP)
_WITH_PLACES = select(*_COLUMNS, OpinionResult.places).where(OpinionResult.map_id == _MAP)
_TEXTS = (
    select(OpinionStatement.number, OpinionStatement.text)
    .join(Subject, Subject.id == OpinionStatement.id)
    .where(OpinionStatement.map_id == _MAP, *SHOWN)
)


def result_of(session: Session, view: MapView, locale: str) -> Result | None:
    """The last computed map; two queries."""
    wanted = _RESULT if view.participant is None else _WITH_PLACES
    row = look_up(session, wanted, {"map": view.id}).first()
    if row is None:
        return None
    texts = {number: in_words(text, locale) for number, text in look_up(session, _TEXTS, {"map": view.id})}
    told = row.figures
    letters = [group["letter"] for group in told["groups"]]
    lines = {
        number: _line(number, *texts[number], figures, letters)
        for number, figures in sorted((int(number), figures) for number, figures in told["statements"].items())
        if number in texts  # hidden since
    }
    place = None if view.participant is None else place_of(row.places, view.participant)
    letter = LETTERS[place[0]] if place else ""
    shown = place is not None and letter in letters
    return Result(
        placed=told["placed"],
        participants=told["participants"],
        unshown=told["unshown"],
        groups=tuple(_group(group, lines) for group in told["groups"]),
        lines=tuple(lines.values()),
        shared=_shared(lines),
        own=_own(place[1:], told["frame"]) if place and shown else None,
        own_letter=letter if shown else "",
        computed_at=row.computed_at,
    )


def _own(point: tuple[float, float], frame: list[float]) -> tuple[int, int]:
    x, y = drawn(point, frame)
    return round(x), round(y)


def _line(number: int, text: str, locale: str, told: Mapping[str, Any], letters: list[str]) -> Line:
    groups = tuple(Bar(letter, *told["groups"][letter]) for letter in letters)
    everybody = Bar("", told["agree"], told["disagree"], told["pass"])
    return Line(number, text, locale, everybody, groups, told["consensus"])


def _shared(lines: Mapping[int, Line]) -> tuple[Line, ...]:
    found = [line for line in lines.values() if line.shared]
    return tuple(sorted(found, key=lambda line: -(line.consensus or 0))[:SHARED])


def _group(told: Mapping[str, Any], lines: Mapping[int, Line]) -> Group:
    apart = [
        _apart(lines[int(each["statement"])], each["side"], told["letter"])
        for each in told["apart"]
        if int(each["statement"]) in lines
    ]
    return Group(
        letter=told["letter"],
        place=LETTERS.index(told["letter"]),
        size=told["size"],
        middle=tuple(told["middle"]),
        outline=" ".join(f"{x},{y}" for x, y in told["outline"]),
        dots=tuple((x, y, min(7, 3 + people.bit_length())) for x, y, people in told["dots"]),
        apart=tuple(apart),
    )


def _apart(line: Line, side: str, letter: str) -> Apart:
    own = next(bar for bar in line.groups if bar.letter == letter)
    rest = [bar for bar in line.groups if bar.letter != letter]
    others = Bar("", *(sum(getattr(bar, kind) for bar in rest) for kind in ("agree", "disagree", "passed")))
    at = 0 if side == "agree" else 1
    return Apart(line, side, own.shares[at], others.shares[at])
