"""Pilots as lists show them: the whole register in three queries, however large."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.groups.models import WorkingGroup
from consortium.groups.queries import GroupChoice
from consortium.pilots.calendar import next_report
from consortium.pilots.labels import MOODS, STATES
from consortium.pilots.models import Pilot, PilotArea, PilotReport, PilotState, PilotStep, ReportKind
from consortium.services.queries import Owner, Place
from participation.organisations.models import Organisation
from participation.search.port import SearchDocument
from participation.spaces.models import Area, Category
from participation.subjects import Subject
from participation.web.i18n import ZONE


@dataclass(frozen=True, kw_only=True)
class Line:
    """A pilot as lists show it."""

    id: int
    title: str
    locale: str
    summary: str
    state: PilotState
    field: Place | None
    group: GroupChoice | None
    lead: Owner
    areas: tuple[Place, ...]
    place: str
    starts_on: date | None
    ends_on: date | None
    lat: float | None
    lng: float | None
    moved_at: datetime
    next_report: date | None  # when the next report of a running pilot is due
    published_at: datetime | None
    visible: bool

    @property
    def path(self) -> str:
        return f"/pilots/{self.id}"

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]

    def overdue(self, today: date) -> bool:
        return self.next_report is not None and self.next_report < today


_ROWS = (
    select(Pilot, Subject, Organisation.id, Organisation.slug, Organisation.name, Category, WorkingGroup)
    .join(Subject, Subject.id == Pilot.id)
    .join(Organisation, Organisation.id == Pilot.organisation_id)
    .outerjoin(Category, Category.id == Pilot.category_id)
    .outerjoin(WorkingGroup, WorkingGroup.id == Pilot.working_group_id)
)


def register(session: Session) -> tuple[Line, ...]:
    """Every pilot that everybody may see, the newest first. Three queries."""
    lines = lines_of(session, Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
    return tuple(sorted(lines, key=lambda line: (line.published_at, line.id), reverse=True))


def lines_of(session: Session, *wanted: Any) -> tuple[Line, ...]:
    """The pilots of which these conditions hold, what waits longest first. Three queries."""
    return _lines(session, session.execute(_ROWS.where(*wanted).order_by(Pilot.moved_at, Pilot.id)).all())


def pilot_document(session: Session, pilot_id: int) -> SearchDocument | None:
    """What search knows of a pilot."""
    row, subject = session.get(Pilot, pilot_id), session.get(Subject, pilot_id)
    if row is None or subject is None or not subject.visible or subject.published_at is None:
        return None
    return SearchDocument(
        subject_id=pilot_id,
        kind="pilot",
        locale=subject.locale,
        title=subject.title,
        body="\n".join((row.summary, row.body, row.place)),
        published_at=subject.published_at,
        category_id=row.category_id,
        state=row.state,
    )


def _lines(session: Session, rows: Sequence[Any]) -> tuple[Line, ...]:
    areas, reports = _areas(session, [row[0].id for row in rows]), _reported(session)
    return tuple(
        Line(
            id=pilot.id,
            title=subject.title,
            locale=subject.locale,
            summary=pilot.summary,
            state=PilotState(pilot.state),
            field=Place(category.id, category.key, category.name) if category else None,
            group=GroupChoice(group.id, group.slug, group.name) if group else None,
            lead=Owner(number, slug, name),
            areas=tuple(areas.get(pilot.id, ())),
            place=pilot.place,
            starts_on=pilot.starts_on,
            ends_on=pilot.ends_on,
            lat=pilot.lat,
            lng=pilot.lng,
            moved_at=pilot.moved_at,
            next_report=next_report(*reports.get(pilot.id, (None, 0)), pilot.ends_on),
            published_at=subject.published_at,
            visible=subject.visible,
        )
        for pilot, subject, number, slug, name, category, group in rows
    )


def _reported(session: Session) -> dict[int, tuple[date, int]]:
    """Of running pilots: the day on which each was started, and how many reports there are since."""
    reports = (
        select(func.count())
        .where(PilotReport.pilot_id == Pilot.id, PilotReport.kind == ReportKind.PROGRESS)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Pilot.id, PilotStep.at, reports)
        .join(PilotStep, (PilotStep.pilot_id == Pilot.id) & (PilotStep.to_state == PilotState.RUNNING))
        .where(Pilot.state == PilotState.RUNNING)
    )
    return {number: (at.astimezone(ZONE).date(), count) for number, at, count in rows}


def _areas(session: Session, ids: Sequence[int]) -> dict[int, list[Place]]:
    asked = (
        select(PilotArea.pilot_id, Area.id, Area.key, Area.name)
        .join(Area, Area.id == PilotArea.area_id)
        .order_by(PilotArea.pilot_id, Area.position, Area.id)
    )
    found: dict[int, list[Place]] = defaultdict(list)
    for pilot_id, *area in session.execute(asked if len(ids) > 50 else asked.where(PilotArea.pilot_id.in_(ids))):
        found[pilot_id].append(Place(*area))
    return found
