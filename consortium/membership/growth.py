"""The number of members over time, and its drawing. Each point is computed like today's number, at its own moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.membership.models import MembershipStep, Stage
from consortium.membership.queries import PARTICIPATION
from consortium.membership.standing import Standing, standing
from participation.web.i18n import ZONE
from rules.signing.queries import Book, book_of

Steps = dict[int, list[tuple[datetime, str]]]  # by organisation: when it reached which stage

MOST = 36  # points; of more months, every second, third … is drawn
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 260, 44, 16, 36


@dataclass(frozen=True)
class Point:
    """The members at the end of a month (the last point: now), and where that is drawn."""

    day: date
    count: int
    x: float
    y: float


@dataclass(frozen=True)
class Growth:
    points: tuple[Point, ...]
    ticks: tuple[tuple[int, float], ...]  # (number, y)

    @property
    def line(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def ends(self) -> tuple[Point, Point]:
        return self.points[0], self.points[-1]


def growth(session: Session, now: datetime) -> Growth | None:
    """From the month of the first application until now; None before that. Three queries."""
    steps = steps_taken(session)
    if not steps:
        return None
    book = book_of(session, PARTICIPATION)
    moments = _moments(min(each[0][0] for each in steps.values()), now)
    return _drawn([(at, len(members_at(steps, book, at))) for at in moments])


def steps_taken(session: Session) -> Steps:
    """When each organisation reached which stage. One query."""
    steps: Steps = {}
    rows = session.execute(
        select(MembershipStep.organisation_id, MembershipStep.at, MembershipStep.to_stage).order_by(MembershipStep.id)
    )
    for number, at, stage in rows:
        steps.setdefault(number, []).append((at, stage))
    return steps


def _moments(first: datetime, now: datetime) -> list[datetime]:
    """The ends of the months, and now."""
    day, ends = first.astimezone(ZONE).date().replace(day=1), []
    while (end := datetime.combine(_next_month(day), time(), ZONE)) < now:
        ends.append(end - timedelta(microseconds=1))
        day = end.date()
    every = -(-len(ends) // MOST) or 1
    return [*ends[::-1][::every][::-1], now]


def _next_month(day: date) -> date:
    return (day + timedelta(days=32)).replace(day=1)


def members_at(steps: Steps, book: Book, at: datetime) -> list[int]:
    """The organisations that were members at that moment."""
    found = []
    for number, taken in steps.items():
        stage = next((stage for moment, stage in reversed(taken) if moment <= at), None)
        if stage is not None and standing(Stage(stage), book.agreement(number, at)) == Standing.MEMBER:
            found.append(number)
    return found


def _drawn(counted: Sequence[tuple[datetime, int]]) -> Growth:
    highest = max(4, *(count for _, count in counted))
    step = max(1, -(-highest // 4))
    top = step * -(-highest // step)
    inner, wide = HEIGHT - TOP - BOTTOM, WIDTH - LEFT - 24

    def y_of(count: int) -> float:
        return round(TOP + inner * (1 - count / top), 1)

    points = tuple(
        Point(at.astimezone(ZONE).date(), count, round(LEFT + wide * place / max(1, len(counted) - 1), 1), y_of(count))
        for place, (at, count) in enumerate(counted)
    )
    return Growth(points, tuple((number, y_of(number)) for number in range(0, top + 1, step)))
