"""What every page of the desk begins with: the ballot, and whether this person prepares it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import N_, ensure
from participation.spaces.models import Area
from participation.web import Context, NotFound
from proposals.ballots.actions import OptionValues
from proposals.ballots.cases import Case, ballot_case
from proposals.ballots.forms import STEPS
from proposals.ballots.models import Ballot, BallotArea, BallotOption
from proposals.ballots.policy import may_look, may_manage

PATH = "/secretariat/ballots"


@dataclass(frozen=True)
class Place:
    """A step of the form, and whether it is the one shown."""

    key: str
    label: str
    path: str
    current: bool


def read(ctx: Context) -> tuple[Ballot, Case]:
    """The ballot of the address, for whoever prepares it, and to be looked at by those who read everything; nobody
    else learns that it is there."""
    ballot = ctx.session.get(Ballot, ctx.path["id"])
    may = may_look if ctx.method in ("GET", "HEAD") else may_manage
    ensure(may(ctx.actor, ballot.process_id if ballot else None))
    if ballot is None:
        raise NotFound
    return ballot, ballot_case(ctx.session, ballot.id, ctx.now)


def places_of(ballot: Ballot, current: str) -> tuple[Place, ...]:
    """The way through the form."""
    path = f"{PATH}/{ballot.id}"
    steps = [Place(key, label, f"{path}/edit/{key}", key == current) for key, (label, _) in STEPS.items()]
    options = Place("options", N_("What can be chosen"), f"{path}/options", current == "options")
    return (*steps[:2], options, *steps[2:], Place("look", N_("Look at it and open it"), path, current == "look"))


def area_ids(session: Session) -> Mapping[str, int]:
    return {key: id for key, id in session.execute(select(Area.key, Area.id))}


def area_choices(ctx: Context) -> list[tuple[str, str]]:
    rows = ctx.session.execute(select(Area.key, Area.name).order_by(Area.position, Area.id))
    return [(key, name.to(ctx.locale)) for key, name in rows]


def chosen_areas(session: Session, ballot_id: int) -> list[int]:
    return list(session.scalars(select(BallotArea.area_id).where(BallotArea.ballot_id == ballot_id)))


def options_of(session: Session, ballot_id: int) -> list[OptionValues]:
    """The options as they stand, to be put back changed."""
    rows = session.scalars(
        select(BallotOption).where(BallotOption.ballot_id == ballot_id).order_by(BallotOption.position)
    )
    names = ("key", "title", "summary", "cost", "area_id", "source_id")
    return [OptionValues(**{name: getattr(row, name) for name in names}) for row in rows]


def as_sent(raw: Any) -> bool:
    """Whether something was typed."""
    return bool(raw) if isinstance(raw, list) else bool(str(raw).strip())
