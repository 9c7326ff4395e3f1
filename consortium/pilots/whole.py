"""One pilot with everything that its page says."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.pilots.cases import uncovered_kinds
from consortium.pilots.balloted import InBallot, ballots_of
from consortium.pilots.labels import ADVICE, MOODS, PUBLIC, STATES, STOOD
from consortium.pilots.models import (
    Advice,
    Pilot,
    PilotData,
    PilotFigure,
    PilotKpi,
    PilotMilestone,
    PilotPartner,
    PilotReport,
    PilotState,
    PilotStep,
    ReportKind,
)
from consortium.pilots.queries import Line, lines_of
from consortium.services.labels import DATA
from consortium.services.models import DataCategory, Service
from consortium.services.queries import Owner
from participation.accounts.models import Account
from participation.db import Localized
from participation.organisations.models import Organisation


@dataclass(frozen=True)
class PartnerView:
    organisation: Owner | None
    name: str
    role: str


@dataclass(frozen=True)
class DataView:
    category: DataCategory
    reason: str
    purpose_key: str
    uncovered: bool  # personal data that no published purpose asks for

    @property
    def label(self) -> str:
        return DATA[self.category]

    @property
    def personal(self) -> bool:
        return self.category != DataCategory.NOT_PERSONAL


@dataclass(frozen=True)
class ReportView:
    id: int
    kind: ReportKind
    done: str
    voices: str
    following: str
    lessons: str
    advice: Advice | None
    by: str
    at: datetime
    figures: dict[int, float]  # by the position of the measure

    @property
    def advice_label(self) -> str:
        return ADVICE[self.advice] if self.advice else ""


@dataclass(frozen=True)
class StepView:
    state: PilotState
    reason: str
    by: str
    at: datetime

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]


@dataclass(frozen=True)
class Waymark:
    """What happened to a pilot; `title` and `path` are those of the ballot it stood in."""

    label: str
    at: datetime
    reason: str = ""
    title: Localized | None = None
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A pilot with everything that its page says."""

    line: Line
    row: Pilot
    partners: tuple[PartnerView, ...]
    data: tuple[DataView, ...]
    kpis: tuple[PilotKpi, ...]
    milestones: tuple[PilotMilestone, ...]
    steps: tuple[StepView, ...]  # the oldest first
    ballots: tuple[InBallot, ...]  # the oldest first
    reports: tuple[ReportView, ...]  # the oldest first
    service_path: str

    def way(self, *, public: bool) -> tuple[Waymark, ...]:
        """Its steps and the ballots it stood in, the oldest first; `public`: without those before the approval."""
        steps = (step for step in self.steps if not public or step.state in PUBLIC)
        marks = [Waymark(step.label, step.at, step.reason) for step in steps]
        marks += [Waymark(STOOD[each.won], each.at, "", each.title, each.path) for each in self.ballots]
        return tuple(sorted(marks, key=lambda mark: mark.at))

    @property
    def partner_ids(self) -> tuple[int, ...]:
        return tuple(each.organisation.id for each in self.partners if each.organisation)

    @property
    def evaluation(self) -> ReportView | None:
        return next((each for each in self.reports if each.kind == ReportKind.EVALUATION), None)

    @property
    def started_at(self) -> datetime | None:
        return next((step.at for step in self.steps if step.state == PilotState.RUNNING), None)


def whole_pilot(session: Session, pilot_id: int) -> Whole | None:
    """One pilot, whoever may read it. Eleven queries."""
    lines = lines_of(session, Pilot.id == pilot_id)
    if not lines:
        return None
    line, row = lines[0], session.get_one(Pilot, pilot_id)
    slug = session.scalar(select(Service.slug).where(Service.id == row.service_id)) if row.service_id else None
    return Whole(
        line=line,
        row=row,
        partners=_partners(session, row.id),
        data=_data(session, row.id),
        kpis=_ordered(session, PilotKpi, row.id),
        milestones=_ordered(session, PilotMilestone, row.id),
        steps=_steps(session, row.id),
        ballots=ballots_of(session, row.id),
        reports=_reports(session, row.id),
        service_path=f"/services/{slug}" if slug else "",
    )


def _ordered(session: Session, model: type[Any], pilot_id: int) -> tuple[Any, ...]:
    return tuple(session.scalars(select(model).where(model.pilot_id == pilot_id).order_by(model.position)))


def _partners(session: Session, pilot_id: int) -> tuple[PartnerView, ...]:
    rows = session.execute(
        select(PilotPartner, Organisation.slug, Organisation.name)
        .outerjoin(Organisation, Organisation.id == PilotPartner.organisation_id)
        .where(PilotPartner.pilot_id == pilot_id)
        .order_by(PilotPartner.position)
    )
    return tuple(
        PartnerView(Owner(row.organisation_id, slug, name) if row.organisation_id else None, row.name, row.role)
        for row, slug, name in rows
    )


def _data(session: Session, pilot_id: int) -> tuple[DataView, ...]:
    open_kinds = set(uncovered_kinds(session, pilot_id))
    return tuple(
        DataView(DataCategory(use.category), use.reason, use.purpose_key or "", use.category in open_kinds)
        for use in _ordered(session, PilotData, pilot_id)
    )


def _steps(session: Session, pilot_id: int) -> tuple[StepView, ...]:
    rows = session.execute(
        select(PilotStep, Account.name)
        .outerjoin(Account, Account.id == PilotStep.actor_id)
        .where(PilotStep.pilot_id == pilot_id)
        .order_by(PilotStep.id)
    )
    return tuple(StepView(PilotState(step.to_state), step.reason, name or "", step.at) for step, name in rows)


def _reports(session: Session, pilot_id: int) -> tuple[ReportView, ...]:
    figures: dict[int, dict[int, float]] = defaultdict(dict)
    known = select(PilotFigure).join(PilotReport, PilotReport.id == PilotFigure.report_id)
    for figure in session.scalars(known.where(PilotReport.pilot_id == pilot_id)):
        figures[figure.report_id][figure.position] = figure.value
    rows = session.execute(
        select(PilotReport, Account.name)
        .outerjoin(Account, Account.id == PilotReport.author_id)
        .where(PilotReport.pilot_id == pilot_id)
        .order_by(PilotReport.id)
    )
    return tuple(
        ReportView(
            id=row.id,
            kind=ReportKind(row.kind),
            done=row.done,
            voices=row.voices,
            following=row.following,
            lessons=row.lessons,
            advice=Advice(row.advice) if row.advice else None,
            by=name or "",
            at=row.at,
            figures=figures[row.id],
        )
        for row, name in rows
    )
