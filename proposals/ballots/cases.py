"""A ballot as the rules look at it: one query, and one for its living areas where it is not for the whole city."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from participation.db import Localized, UTCDateTime, look_up
from participation.spaces.models import Area
from participation.spaces.queries import open_features_text, read_features
from participation.subjects import Subject
from participation.web import NotFound
from proposals.ballots.models import Ballot, BallotArea, BallotOption, BallotResult, Method, State


@dataclass(frozen=True, kw_only=True)
class Case:
    """`visible`: published as a subject and not hidden by moderation."""

    id: int
    slug: str
    process_id: int
    state: State
    method: Method
    rules: Mapping[str, Any]
    opens_at: datetime | None
    closes_at: datetime | None
    hidden: bool
    secret: bool
    frozen: bool
    visible: bool
    counted: bool
    needs: tuple[str, ...]
    areas: tuple[tuple[int, Localized], ...]  # without one: the whole city
    features: frozenset[str]

    def takes_votes_at(self, now: datetime) -> bool:
        """By its own state and times alone."""
        begun = self.opens_at is not None and self.opens_at <= now
        return self.state == State.OPEN and begun and self.closes_at is not None and now < self.closes_at


_CASE = (
    select(
        Ballot.id,
        Ballot.slug,
        Ballot.process_id,
        Ballot.state,
        Ballot.method,
        Ballot.rules,
        Ballot.opens_at,
        Ballot.closes_at,
        Ballot.hidden,
        Ballot.secret,
        Ballot.frozen_at,
        Ballot.needs,
        Subject.published_at,
        Subject.hidden_at,
        select(BallotResult.ballot_id).where(BallotResult.ballot_id == Ballot.id).exists().label("counted"),
        open_features_text(Ballot.process_id, bindparam("now", type_=UTCDateTime)).label("features"),
    )
    .join(Subject, Subject.id == Ballot.id)
)
_BY_ID, _BY_SLUG = _CASE.where(Ballot.id == bindparam("ballot")), _CASE.where(Ballot.slug == bindparam("slug"))
_AREAS = (
    select(Area.id, Area.name)
    .join(BallotArea, BallotArea.area_id == Area.id)
    .where(BallotArea.ballot_id == bindparam("ballot"))
    .order_by(Area.position, Area.id)
)
_COSTS = select(BallotOption.key, BallotOption.cost).where(BallotOption.ballot_id == bindparam("ballot"))


def ballot_case(session: Session, ballot_id: int, now: datetime) -> Case:
    """Two queries.

    Raises:
        NotFound: there is no such ballot.
    """
    return _case(session, look_up(session, _BY_ID, {"ballot": ballot_id, "now": now}).first())


def case_by_slug(session: Session, slug: str, now: datetime) -> Case:
    """The same by the name in its address."""
    return _case(session, look_up(session, _BY_SLUG, {"slug": slug, "now": now}).first())


def costs_of(session: Session, ballot_id: int) -> dict[str, int]:
    """What each option costs, by its key. One query."""
    return {key: cost for key, cost in look_up(session, _COSTS, {"ballot": ballot_id})}


def _case(session: Session, row: Any) -> Case:
    if row is None:
        raise NotFound
    return Case(
        id=row.id,
        slug=row.slug,
        process_id=row.process_id,
        state=State(row.state),
        method=Method(row.method),
        rules=row.rules,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        hidden=row.hidden,
        secret=row.secret,
        frozen=row.frozen_at is not None,
        visible=row.published_at is not None and row.hidden_at is None,
        counted=bool(row.counted),
        needs=tuple(row.needs),
        areas=tuple((area.id, area.name) for area in look_up(session, _AREAS, {"ballot": row.id})),
        features=read_features(row.features),
    )
