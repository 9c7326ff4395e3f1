"""Reads of challenges and of the sheets that answer them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.challenges.labels import CHANGE, CHANGED, COSTS, MOODS, SHEET_MOODS, SHEET_STATES, STATES
from consortium.challenges.models import (
    Challenge,
    ChallengeState,
    ChallengeStep,
    Cost,
    SheetState,
    SolutionSheet,
)
from consortium.challenges.policy import COORDINATOR, HANDED_IN, now_in
from consortium.services.queries import Owner, Place
from participation.accounts.models import Account, RoleGrant
from participation.db import Localized
from participation.organisations.models import Organisation
from participation.search.port import SearchDocument
from participation.spaces.models import Area, Category
from participation.subjects import Subject
from participation.web.i18n import ZONE


@dataclass(frozen=True, kw_only=True)
class Line:
    """A challenge as lists show it; `stored` is the state that was recorded, `state` that at the time of asking."""

    id: int
    title: Localized
    background: Localized
    wanted: Localized
    stored: ChallengeState
    state: ChallengeState
    poster: Owner | None  # None: the secretariat
    field: Place | None
    area: Place | None
    closes_on: date | None
    sheets: int  # that were handed in
    pilot_id: int | None
    typed: dict[str, str]
    published_at: datetime | None
    updated_at: datetime
    visible: bool

    @property
    def path(self) -> str:
        return f"/challenges/{self.id}"

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]

    @property
    def closes_at(self) -> datetime | None:
        return datetime.combine(self.closes_on, time(23, 59, 59), ZONE) if self.closes_on else None

    @property
    def poster_id(self) -> int | None:
        return self.poster.id if self.poster else None

    def at(self, now: datetime) -> "Line":
        return replace(self, state=now_in(self.stored, self.closes_on, now))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    id: int
    organisation: Owner
    state: SheetState
    offer: str
    experience: str
    cost: Cost
    needs: str
    public: bool
    locale: str
    typed: dict[str, str]
    saved_at: datetime

    @property
    def label(self) -> str:
        return SHEET_STATES[self.state]

    @property
    def mood(self) -> str:
        return SHEET_MOODS[self.state]

    @property
    def cost_label(self) -> str:
        return COSTS[self.cost]


@dataclass(frozen=True)
class Step:
    state: ChallengeState
    reason: str
    at: datetime
    before: tuple[tuple[str, Localized], ...] = ()  # what was changed: its label, and what stood there

    @property
    def label(self) -> str:
        return CHANGE if self.before else STATES[self.state]


_ROWS = (
    select(Challenge, Subject.published_at, Subject.hidden_at, Organisation, Category, Area)
    .join(Subject, Subject.id == Challenge.id)
    .outerjoin(Organisation, Organisation.id == Challenge.organisation_id)
    .outerjoin(Category, Category.id == Challenge.category_id)
    .outerjoin(Area, Area.id == Challenge.area_id)
    .order_by(Subject.published_at.desc(), Challenge.id.desc())
)


def posted(session: Session) -> tuple[Line, ...]:
    """Every challenge that everybody may see, the newest first, in its recorded state. Two queries."""
    rows = session.execute(_ROWS.where(Subject.published_at.is_not(None), Subject.hidden_at.is_(None))).all()
    return _lines(session, rows)


def drafts(session: Session, posters: Sequence[int], *, desk: bool) -> tuple[Line, ...]:
    """Those that are being written for these organisations; the desk sees all. Two queries."""
    wanted = _ROWS.where(Challenge.state == ChallengeState.DRAFT)
    if not desk:
        wanted = wanted.where(Challenge.organisation_id.in_(posters))
    return _lines(session, session.execute(wanted).all())


def challenge(session: Session, challenge_id: int) -> Line | None:
    """One challenge, whoever may read it. Two queries."""
    rows = session.execute(_ROWS.where(Challenge.id == challenge_id)).all()
    return _lines(session, rows)[0] if rows else None


def challenge_of_pilot(session: Session, pilot_id: int) -> Line | None:
    """The challenge that a pilot answers. Two queries."""
    rows = session.execute(_ROWS.where(Challenge.pilot_id == pilot_id)).all()
    return _lines(session, rows)[0] if rows else None


def sheets_of(session: Session, challenge_id: int) -> tuple[Sheet, ...]:
    """Every sheet, drafts too: ask `may_read_sheet` before one is shown. One query."""
    rows = session.execute(
        select(SolutionSheet, Organisation)
        .join(Organisation, Organisation.id == SolutionSheet.organisation_id)
        .where(SolutionSheet.challenge_id == challenge_id)
        .order_by(SolutionSheet.id)
    )
    kept = ("id", "offer", "experience", "needs", "public", "locale", "typed", "saved_at")
    return tuple(
        Sheet(
            **{name: getattr(row, name) for name in kept},
            organisation=Owner(owner.id, owner.slug, owner.name),
            state=SheetState(row.state),
            cost=Cost(row.cost),
        )
        for row, owner in rows
    )


def steps_of(session: Session, challenge_id: int) -> tuple[Step, ...]:
    """What became of it, the newest first. One query."""
    wanted = select(ChallengeStep).where(ChallengeStep.challenge_id == challenge_id)
    rows = session.scalars(wanted.order_by(ChallengeStep.id.desc()))
    return tuple(Step(ChallengeState(row.to_state), row.reason, row.at, _before(row.before or {})) for row in rows)


def _before(kept: Mapping[str, Any]) -> tuple[tuple[str, Localized], ...]:
    """What stood in each changed text and in the day, under its label; of field and area the reason speaks."""
    found = [(label, kept[name]) for name, label in CHANGED.items() if name in kept]
    return tuple((label, Localized(said) if isinstance(said, dict) else Localized(ja=said)) for label, said in found)


def overdue(session: Session, today: date) -> Sequence[int]:
    """Those that are open in the records though their last day is over."""
    wanted = select(Challenge.id).where(Challenge.state == ChallengeState.OPEN, Challenge.closes_on < today)
    return session.scalars(wanted.order_by(Challenge.id)).all()


def coordinators(session: Session) -> tuple[tuple[int, str, str], ...]:
    """(account, name, e-mail address) of each. One query."""
    role, kind, scope = COORDINATOR
    rows = session.execute(
        select(Account.id, Account.name, Account.email)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.role == role, RoleGrant.scope_kind == kind, RoleGrant.scope_id == scope)
        .order_by(Account.name)
    )
    return tuple((row.id, row.name, row.email or "") for row in rows)


def account_at(session: Session, email: str) -> int | None:
    return session.scalar(select(Account.id).where(Account.email == email, Account.erased_at.is_(None)))


def challenge_document(session: Session, challenge_id: int) -> SearchDocument | None:
    """What search knows of a challenge, in all its languages."""
    found, subject = session.get(Challenge, challenge_id), session.get(Subject, challenge_id)
    if found is None or subject is None or not subject.visible or subject.published_at is None:
        return None
    said = (found.title, found.background, found.wanted)
    return SearchDocument(
        subject_id=challenge_id,
        kind="challenge",
        locale="ja",
        title=found.title.to("ja"),
        body="\n".join(text for each in said for text in each.values()),
        published_at=subject.published_at,
        category_id=found.category_id,
        state=found.state,
    )


def _lines(session: Session, rows: Sequence[Any]) -> tuple[Line, ...]:
    counted = dict(
        session.execute(
            select(SolutionSheet.challenge_id, func.count())
            .where(SolutionSheet.challenge_id.in_([row[0].id for row in rows]), SolutionSheet.state.in_(HANDED_IN))
            .group_by(SolutionSheet.challenge_id)
        ).all()
    )
    kept = ("id", "title", "background", "wanted", "closes_on", "pilot_id", "typed", "updated_at")
    return tuple(
        Line(
            **{name: getattr(row, name) for name in kept},
            stored=ChallengeState(row.state),
            state=ChallengeState(row.state),
            poster=Owner(owner.id, owner.slug, owner.name) if owner else None,
            field=Place(field.id, field.key, field.name) if field else None,
            area=Place(area.id, area.key, area.name) if area else None,
            sheets=counted.get(row.id, 0),
            published_at=published_at,
            visible=published_at is not None and hidden_at is None,
        )
        for row, published_at, hidden_at, owner, field, area in rows
    )
