"""Memberships as pages, tables and the API show them; a fixed number of queries however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.membership.labels import KINDS, MOODS, PUBLIC, STANDINGS, party_of
from consortium.membership.models import Membership, MembershipStep, Stage
from consortium.membership.standing import Standing, standing
from participation.accounts.models import Account
from participation.db import Localized
from participation.organisations.models import Organisation
from participation.policy import N_
from participation.subjects import Subject
from rules.signing.queries import book_of
from rules.signing.validity import Agreement

PARTICIPATION = "participation"  # the rule whose signature makes an organisation a member


@dataclass(frozen=True, kw_only=True)
class MemberView:
    """An organisation with its standing at the time of asking."""

    id: int
    slug: str
    name: Localized
    kind: str
    corporate_number: str | None
    website: str
    description: str
    address: str
    standing: Standing
    stage: Stage
    moved_at: datetime
    public: bool
    agreement: Agreement  # with the participation rule
    joined: datetime | None  # its first signature of that

    @property
    def path(self) -> str:
        return f"/organisations/{self.slug}"

    @property
    def label(self) -> str:
        return STANDINGS[self.standing]

    @property
    def mood(self) -> str:
        return MOODS[self.standing]

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]  # type: ignore[index]

    @property
    def party(self) -> str:
        return party_of(self.kind)


@dataclass(frozen=True)
class StepView:
    stage: str
    reason: str
    at: datetime
    by: str

    @property
    def label(self) -> str:
        return STANDINGS[Standing(self.stage)]


_ROWS = (
    select(Organisation, Membership.stage, Membership.moved_at, Subject.published_at, Subject.hidden_at)
    .join(Membership, Membership.organisation_id == Organisation.id)
    .join(Subject, Subject.id == Organisation.id)
)


def members(session: Session, now: datetime, *, every: bool = False) -> tuple[MemberView, ...]:
    """The public ones, by name; `every` for the desk: those under review too."""
    rows = session.execute(_ROWS.order_by(Organisation.id)).all()
    views = _views(session, rows, now)
    shown = views if every else tuple(view for view in views if view.public and view.standing in PUBLIC)
    return tuple(sorted(shown, key=lambda view: view.name.to("ja")))


def member(session: Session, now: datetime, *, slug: str = "", organisation_id: int = 0) -> MemberView | None:
    wanted = Organisation.slug == slug if slug else Organisation.id == organisation_id
    found = _views(session, session.execute(_ROWS.where(wanted)).all(), now)
    return found[0] if found else None


def _views(session: Session, rows: Sequence[tuple], now: datetime) -> tuple[MemberView, ...]:
    book = book_of(session, PARTICIPATION)
    return tuple(_view(row, book.agreement(row[0].id, now), book.first(row[0].id, now)) for row in rows)


def _view(found: Sequence, held: Agreement, joined: datetime | None) -> MemberView:
    row, stage, moved_at = found[0], Stage(found[1]), found[2]
    public = found[3] is not None and found[4] is None
    same = ("id", "slug", "name", "kind", "corporate_number", "website", "description", "address")
    place = standing(stage, held)
    texts = {name: getattr(row, name) for name in same}
    times = {"moved_at": moved_at, "joined": joined}
    return MemberView(**texts, **times, standing=place, stage=stage, public=public, agreement=held)


def history_of(session: Session, organisation_id: int) -> tuple[StepView, ...]:
    """Its steps with their reasons, the newest first; for the desk and the organisation's own people."""
    rows = session.execute(
        select(MembershipStep.to_stage, MembershipStep.reason, MembershipStep.at, Account.name)
        .outerjoin(Account, Account.id == MembershipStep.actor_id)
        .where(MembershipStep.organisation_id == organisation_id)
        .order_by(MembershipStep.id.desc())
    )
    return tuple(StepView(row[0], row[1], row[2], row[3] or "") for row in rows)


def waiting_applications(session: Session, now: datetime) -> list[tuple[str, int, int, str]]:
    """For the desk: how many applications wait, the oldest for how many days."""
    waiting = (Membership.stage == Stage.APPLIED,)
    count, oldest = session.execute(select(func.count(), func.min(Membership.moved_at)).where(*waiting)).one()
    return [(N_("Applications to join"), count, (now - oldest).days if oldest else 0, "/secretariat/members")]
