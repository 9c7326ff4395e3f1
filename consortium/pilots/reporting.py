"""Milestones, reports and the evaluation of a pilot, and what is still settled before it goes into operation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consortium.pilots.actions import pilot_and_case
from consortium.pilots.events import PilotReported
from consortium.pilots.forms import GATE
from consortium.pilots.models import Advice, Pilot, PilotFigure, PilotKpi, PilotMilestone, PilotReport, ReportKind
from consortium.pilots.policy import may_evaluate, may_report, may_settle
from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.web.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a report says; lessons and advice are those of an evaluation."""

    done: str
    voices: str = ""
    following: str = ""
    lessons: str = ""
    advice: Advice | None = None


def report(
    session: Session, actor: Actor, pilot_id: int, words: Words, figures: Mapping[int, float], *, now: datetime
) -> PilotReport:
    """Say what was done; `figures` by the position of the measure, as far as they are known."""
    row, case = pilot_and_case(session, actor, pilot_id, now)
    ensure(may_report(actor, case))
    return _hand_in(session, actor, row, ReportKind.PROGRESS, words, figures, now)


def evaluate(
    session: Session, actor: Actor, pilot_id: int, words: Words, figures: Mapping[int, float], *, now: datetime
) -> PilotReport:
    """Hold the pilot against what was set at the start: a figure for each measure, and what to do now."""
    row, case = pilot_and_case(session, actor, pilot_id, now)
    ensure(may_evaluate(actor, case))
    known = set(session.scalars(select(PilotKpi.position).where(PilotKpi.pilot_id == row.id)))
    ensure(require(known <= set(figures), N_("Please write a figure for each measure.")))
    return _hand_in(session, actor, row, ReportKind.EVALUATION, words, figures, now)


def keep_report(
    session: Session, actor: Actor, pilot_id: int, kind: ReportKind, typed: Mapping[str, Any], *, now: datetime
) -> None:
    """What is typed of a report before it is handed in; those who act for the lead go on with it on any device."""
    row, case = pilot_and_case(session, actor, pilot_id, now)
    ensure(may_evaluate(actor, case) if kind == ReportKind.EVALUATION else may_report(actor, case))
    row.typed = {**row.typed, str(kind): dict(typed)}


def reach_milestone(
    session: Session, actor: Actor, pilot_id: int, position: int, reached: bool, *, now: datetime
) -> None:
    row, case = pilot_and_case(session, actor, pilot_id, now)
    ensure(may_report(actor, case))
    found = session.get(PilotMilestone, (row.id, position))
    if found is None:
        raise NotFound
    found.done_at = (found.done_at or now) if reached else None


def settle_operation(session: Session, actor: Actor, pilot_id: int, said: Mapping[str, str], *, now: datetime) -> None:
    """What the list for going into operation asks for; it may be settled while the pilot runs and is evaluated."""
    row, case = pilot_and_case(session, actor, pilot_id, now)
    ensure(may_settle(actor, case))
    for name in GATE:
        setattr(row, name, said.get(name, getattr(row, name)))
    row.updated_at = now


def _hand_in(
    session: Session,
    actor: Actor,
    row: Pilot,
    kind: ReportKind,
    words: Words,
    figures: Mapping[int, float],
    now: datetime,
) -> PilotReport:
    said = {"done": words.done, "voices": words.voices, "following": words.following, "lessons": words.lessons}
    written = PilotReport(pilot_id=row.id, kind=kind, advice=words.advice, author_id=actor.id, at=now, **said)
    session.add(written)
    row.typed = {name: raw for name, raw in row.typed.items() if name != kind}
    session.flush()
    known = set(session.scalars(select(PilotKpi.position).where(PilotKpi.pilot_id == row.id)))
    rows = [{"report_id": written.id, "position": n, "value": v} for n, v in figures.items() if n in known]
    if rows:
        session.execute(insert(PilotFigure), rows)
    fact = PilotReported(pilot_id=row.id, report_id=written.id, kind=kind)
    record(session, fact, actor=actor, subject_id=row.id, private={"done": words.done}, now=now)
    return written

