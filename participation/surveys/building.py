"""Adding, changing, copying, moving and removing questions. Each: ensure, change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.policy import N_, Actor, ensure, require
from participation.surveys.actions import found_survey
from participation.surveys.models import RULING, Kind, Survey, SurveyQuestion, SurveyState
from participation.surveys.policy import may_question, now_in
from participation.web.errors import NotFound

MOST = 100  # questions of a survey
DEPENDS = N_("One of the two questions depends on the other, so they keep their order.")


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What a question says. Options and rows are given as texts; keys stay with the Japanese words."""

    title: Localized = field(default_factory=Localized)
    hint: Localized = field(default_factory=Localized)
    required: bool = False
    breaks: bool = False
    section: Localized = field(default_factory=Localized)
    options: Sequence[Localized] = ()
    rows: Sequence[Localized] = ()
    other: bool = False
    least: int | None = None
    most: int | None = None
    steps: int = 5
    low: Localized = field(default_factory=Localized)
    high: Localized = field(default_factory=Localized)
    shown_by_id: int | None = None
    shown_if: Sequence[str] = ()


def add_question(
    session: Session, actor: Actor, survey_id: int, kind: Kind, said: Asking | None = None, *, now: datetime
) -> SurveyQuestion:
    """A question at the end."""
    survey, rows = _open(session, actor, survey_id, now)
    ensure(require(len(rows) < MOST, N_("A survey has at most %(most)s questions."), most=MOST))
    row = SurveyQuestion(survey_id=survey.id, position=len(rows) + 1, kind=kind)
    _say(row, said or Asking(), rows)
    session.add(row)
    _touch(session, survey, now)
    return row


def change_question(
    session: Session, actor: Actor, survey_id: int, question_id: int, said: Asking, *, now: datetime
) -> None:
    survey, rows = _open(session, actor, survey_id, now)
    row = _one(rows, question_id)
    _say(row, said, rows[: rows.index(row)])
    _touch(session, survey, now)


def copy_question(
    session: Session, actor: Actor, survey_id: int, question_id: int, *, now: datetime
) -> SurveyQuestion:
    """The same once more, right after it."""
    survey, rows = _open(session, actor, survey_id, now)
    ensure(require(len(rows) < MOST, N_("A survey has at most %(most)s questions."), most=MOST))
    row = _one(rows, question_id)
    kept = {each.name: getattr(row, each.name) for each in fields(Asking)}
    copy = SurveyQuestion(survey_id=survey.id, kind=row.kind, **kept)
    copy.breaks, copy.section = False, Localized()
    rows.insert(rows.index(row) + 1, copy)
    session.add(copy)
    _number(rows)
    _touch(session, survey, now)
    return copy


def move_question(
    session: Session, actor: Actor, survey_id: int, question_id: int, by: int, *, now: datetime
) -> None:
    """One place up (-1) or down (+1); a question stays behind the one that it depends on."""
    survey, rows = _open(session, actor, survey_id, now)
    row = _one(rows, question_id)
    place = rows.index(row)
    if not 0 <= place + by < len(rows):
        return
    other = rows[place + by]
    ensure(require(row.shown_by_id != other.id and other.shown_by_id != row.id, DEPENDS))
    rows[place], rows[place + by] = other, row
    _number(rows)
    _touch(session, survey, now)


def remove_question(session: Session, actor: Actor, survey_id: int, question_id: int, *, now: datetime) -> None:
    """Take it away; not while others depend on it."""
    survey, rows = _open(session, actor, survey_id, now)
    row = _one(rows, question_id)
    free = all(each.shown_by_id != row.id for each in rows)
    ensure(require(free, N_("Another question depends on this one. Please change that rule first.")))
    rows.remove(row)
    session.delete(row)
    _number(rows)
    _touch(session, survey, now)


def _open(session: Session, actor: Actor, survey_id: int, now: datetime) -> tuple[Survey, list[SurveyQuestion]]:
    survey = found_survey(session, survey_id)
    state = now_in(SurveyState(survey.state), survey.closes_at, now)
    ensure(may_question(actor, survey.process_id, state, survey.frozen_at is not None))
    wanted = select(SurveyQuestion).where(SurveyQuestion.survey_id == survey_id)
    return survey, list(session.scalars(wanted.order_by(SurveyQuestion.position, SurveyQuestion.id)))


def _one(rows: Sequence[SurveyQuestion], question_id: int) -> SurveyQuestion:
    row = next((each for each in rows if each.id == question_id), None)
    if row is None:
        raise NotFound
    return row


def _say(row: SurveyQuestion, said: Asking, before: Sequence[SurveyQuestion]) -> None:
    """Only an earlier question of one answer or a scale can be named in a rule: so there are no circles."""
    ruling = next((each for each in before if each.id == said.shown_by_id), None)
    fits = said.shown_by_id is None or (ruling is not None and ruling.kind in RULING)
    ensure(require(fits, N_("A question can depend on an earlier one with one answer or a scale.")))
    for each in fields(said):
        if each.name not in ("options", "rows", "shown_if"):
            setattr(row, each.name, getattr(said, each.name))
    row.options, row.rows = _keyed(said.options, row.options or []), _keyed(said.rows, row.rows or [])
    row.shown_if = list(said.shown_if) if said.shown_by_id is not None else []


def _keyed(texts: Sequence[Localized], before: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The same words keep their key, so that what refers to them still does."""
    known = {each.get("ja", ""): each["key"] for each in before}
    highest = max((int(each["key"]) for each in before), default=0)
    keyed = []
    for text in texts:
        key = known.pop(text.get("ja", ""), "")
        if not key:
            highest += 1
            key = str(highest)
        keyed.append({"key": key, **text})
    return keyed


def _number(rows: Sequence[SurveyQuestion]) -> None:
    for place, row in enumerate(rows, 1):
        row.position = place


def _touch(session: Session, survey: Survey, now: datetime) -> None:
    survey.updated_at = now
    session.flush()
