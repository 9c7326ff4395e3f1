"""The waiting list for organisers: for each kind of answers, how many could still take a seat, and who they are."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshops.models import WorkshopApplication
from workshops.panels.files import problem_in
from workshops.panels.models import HOLDING, WorkshopInvitation
from workshops.panels.queries import Held, words_of


@dataclass(frozen=True)
class Waiting:
    """People who answered alike: how many seats they hold, and the numbers (with names, while there are any) of those
    from whom a seat that comes back is drawn."""

    answers: tuple[str, ...]
    seats: int
    people: tuple[tuple[str, str], ...]


def waiting_in(session: Session, held: Held, locale: str) -> tuple[Waiting, ...]:
    """Kinds that hold seats come first, those with the fewest people waiting on top. Three queries."""
    draw, workshop_id = held.draw, held.workshop.id
    problem = problem_in(draw.pool_csv, draw.quotas_csv, draw.seats)
    _, words = words_of(session, workshop_id, locale)
    states = dict(
        session.execute(
            select(WorkshopInvitation.number, WorkshopInvitation.state).where(
                WorkshopInvitation.workshop_id == workshop_id
            )
        ).all()
    )
    rows = select(WorkshopApplication.number, WorkshopApplication.name).where(
        WorkshopApplication.workshop_id == workshop_id
    )
    names = dict(session.execute(rows).all())
    found = [
        Waiting(
            tuple(words.get((name, value), value) for name, value in zip(problem.features, answers, strict=True)),
            sum(states.get(number) in HOLDING for number in numbers),
            tuple((number, names.get(number, "")) for number in numbers if number not in states),
        )
        for answers, numbers in zip(problem.types, problem.members, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: (each.seats == 0, len(each.people), each.answers)))
