"""What the pages of a draw show. A fixed number of queries each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from shlex import quote
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.policy import Actor
from participation.subjects import Subject
from participation.web.errors import NotFound
from workshops.models import Workshop, WorkshopApplication, WorkshopQuestion
from workshops.panels.actions import result_of
from workshops.panels.closing import bounds_of, pool_of, questions_of
from workshops.panels.figures import ChanceBar, ChanceRow, Labels, QuotaRow, chance_bars, chance_rows, quota_rows
from workshops.panels.files import Bounds, problem_in, quotas_text, read_bounds, read_pool
from workshops.panels.models import WorkshopDraw
from workshops.panels.seats import leaving_order
from workshops.policy import may_read


@dataclass(frozen=True)
class Held:
    """A workshop whose call has opened, and its draw."""

    workshop: Workshop
    draw: WorkshopDraw

    @property
    def stage(self) -> str:
        """promised | checking | impossible | waiting (for the public number) | drawing | drawn."""
        draw = self.draw
        if draw.drawn_at:
            return "drawn"
        if draw.entered_at:
            return "drawing"
        if draw.problem:
            return "impossible"
        return "promised" if draw.frozen_at is None else "waiting" if draw.checked_at else "checking"


@dataclass(frozen=True)
class Lookup:
    """What a number stands for in the draw; `chance` in percent, None before it was drawn."""

    number: str
    there: bool
    chance: float | None
    drawn: bool


@dataclass(frozen=True)
class DrawView:
    held: Held
    title: str
    source: str
    people: int
    quotas: tuple[QuotaRow, ...]
    features: tuple[str, ...]
    kinds: tuple[ChanceRow, ...]
    bars: tuple[ChanceBar, ...]
    smallest: float  # percent
    largest: float
    ceiling: float
    complete: bool
    everybody: bool  # all who applied have a place
    leaving: tuple[str, ...]
    command: str
    lookup: Lookup | None
    own: str  # number of the reader's own application
    may_desk: bool

    @property
    def path(self) -> str:
        return f"/workshops/{self.held.workshop.slug}"


def held_draw(session: Session, actor: Actor, slug: str) -> Held:
    """The workshop of this address with its draw, for a reader who may open it.

    Raises:
        NotFound: there is none, its call has not opened, or it is hidden.
    """
    found = session.execute(
        select(Workshop, WorkshopDraw, Subject.published_at, Subject.hidden_at)
        .join(Subject, Subject.id == Workshop.id)
        .join(WorkshopDraw, WorkshopDraw.workshop_id == Workshop.id)
        .where(Workshop.slug == slug)
    ).first()
    if found is None:
        raise NotFound
    visible = found.published_at is not None and found.hidden_at is None
    if not may_read(actor, found.Workshop, visible):
        raise NotFound
    return Held(found.Workshop, found.WorkshopDraw)


def words_of(session: Session, workshop_id: int, locale: str) -> tuple[dict[str, str], Labels]:
    """The questions and the answers of the call, in words."""
    rows = session.scalars(select(WorkshopQuestion).where(WorkshopQuestion.workshop_id == workshop_id)).all()
    questions = {row.key: row.label.to(locale) for row in rows}
    answers = {
        (row.key, str(each["key"])): Localized(each["label"]).to(locale)  # type: ignore[call-overload]
        for row in rows
        for each in row.options
    }
    return questions, answers


def draw_view(session: Session, actor: Actor, held: Held, locale: str, *, number: str, may_desk: bool) -> DrawView:
    """The public page, and the base of the organisers'."""
    draw, workshop = held.draw, held.workshop
    questions, answers = words_of(session, workshop.id, locale)
    pool = read_pool(draw.pool_csv) if draw.frozen_at else pool_of(session, workshop.id) if may_desk else {}
    result = result_of(draw) if draw.drawn_at else {}
    got = {(each["feature"], each["value"]): each["got"] for each in result.get("quotas", ())}
    asked = bounds_in(session, held)
    seats = draw.seats if draw.frozen_at else workshop.capacity
    view = DrawView(
        held=held,
        title=workshop.title.to(locale),
        source=draw.source.to(locale),
        people=len(pool),
        quotas=quota_rows(asked, questions, answers, _counts(pool), got if result else None, seats),
        features=(),
        kinds=(),
        bars=(),
        smallest=0.0,
        largest=0.0,
        ceiling=0.0,
        complete=True,
        everybody=bool(result) and draw.seats == len(pool),
        leaving=tuple(leaving_order(session, workshop.id)) if result else (),
        command="",
        lookup=_look_up(number, pool, result) if number and draw.frozen_at else None,
        own=_own_number(session, actor, workshop.id),
        may_desk=may_desk,
    )
    return _with_result(view, result, questions, answers) if result else view


def _with_result(view: DrawView, result: Mapping[str, Any], questions: Mapping[str, str], words: Labels) -> DrawView:
    draw = view.held.draw
    problem, chances = problem_in(draw.pool_csv, draw.quotas_csv, draw.seats), result["chances"]
    return replace(
        view,
        features=tuple(questions.get(name, "") for name in problem.features),
        kinds=chance_rows(problem, chances, result["selected"], words),
        bars=chance_bars(list(chances.values())),
        smallest=100 * result["smallest_chance"],
        largest=100 * max(chances.values()),
        ceiling=100 * result["smallest_chance_at_most"],
        complete=result["complete"],
        command=command_of(draw, view.leaving),
    )


def command_of(draw: WorkshopDraw, leaving: tuple[str, ...] = ()) -> str:
    """What repeats the draw, in the folder of the two files."""
    replaced = "".join(f" --replace {number}" for number in leaving)
    return f"sanpo draw pool.csv quotas.csv --seats {draw.seats} --seed {quote(draw.seed)}{replaced} --json"


def published(session: Session, held: Held) -> dict[str, Any]:
    """draw.json: everything about the draw that is public at this moment; no person."""
    draw = held.draw
    result = result_of(draw) if draw.drawn_at else None
    leaving = tuple(leaving_order(session, held.workshop.id)) if result else ()
    return {
        "workshop": held.workshop.slug,
        "stage": held.stage,
        "seed_sha256": draw.seed_sha256,
        "seed_secret": draw.seed_secret if result else None,
        "source": dict(draw.source),
        "source_value": draw.source_value or None,
        "source_url": draw.source_url or None,
        "seed": draw.seed if result else None,
        "seats": draw.seats if draw.frozen_at else held.workshop.capacity,
        "pool_sha256": draw.pool_sha256 or None,
        "quotas_sha256": draw.quotas_sha256 or None,
        "frozen_at": _iso(draw.frozen_at),
        "drawn_at": _iso(draw.drawn_at),
        "eased_reason": draw.eased_reason or None,
        "engine": draw.engine or None,
        "command": command_of(draw, leaving) if result else None,
        "replaced": list(leaving),
        "result": result,
    }


def bounds_in(session: Session, held: Held) -> list[Bounds]:
    """The quotas in force, in the order of the call's questions: frozen ones, or those of the call so far."""
    questions = questions_of(session, held.workshop.id)
    if held.draw.frozen_at:
        found = read_bounds(held.draw.quotas_csv)
    else:
        capacity = held.workshop.capacity
        found = read_bounds(quotas_text(bounds_of(session, held.workshop.id), questions, capacity))
    order = {(each.key, option): place for each in questions for place, option in enumerate(each.options)}
    known = [each for each in found if (each.feature, each.value) in order]
    return sorted(known, key=lambda each: (each.feature, order[each.feature, each.value]))


def _counts(pool: Mapping[str, Mapping[str, str]]) -> Counter[tuple[str, str]]:
    return Counter(answer for answers in pool.values() for answer in answers.items())


def _look_up(number: str, pool: Mapping[str, Any], result: Mapping[str, Any]) -> Lookup:
    number = number.strip().upper()
    chance = result["chances"].get(number) if result else None
    drawn = bool(result) and number in result["selected"]
    return Lookup(number, number in pool, None if chance is None else 100 * chance, drawn)


def _own_number(session: Session, actor: Actor, workshop_id: int) -> str:
    if not actor.signed_in:
        return ""
    mine = select(WorkshopApplication.number).where(
        WorkshopApplication.workshop_id == workshop_id, WorkshopApplication.account_id == actor.id
    )
    return session.scalar(mine) or ""


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
