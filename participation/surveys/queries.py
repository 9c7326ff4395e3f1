"""Reads of surveys: a list in one query, one survey in one and its questions in another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.search.port import SearchDocument
from participation.spaces.models import Process
from participation.subjects import Subject
from participation.surveys.labels import MOODS, STATES
from participation.surveys.models import (
    Access,
    ResultsFrom,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyState,
    SurveyWords,
)
from participation.surveys.policy import now_in, results_are_public
from participation.surveys.questions import Question, question_of


@dataclass(frozen=True, kw_only=True)
class Line:
    """A survey as lists show it; `stored` is the state that was recorded, `state` that at the time of asking."""

    id: int
    slug: str
    process_id: int
    process_slug: str
    process_title: Localized
    title: Localized
    description: Localized
    stored: SurveyState
    state: SurveyState
    access: Access
    results_from: ResultsFrom
    closes_at: datetime | None
    frozen: bool
    answers: int  # that were sent
    published_at: datetime | None
    updated_at: datetime
    visible: bool

    @property
    def path(self) -> str:
        return f"/surveys/{self.slug}"

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]

    @property
    def told(self) -> bool:
        """Whether everybody may read the results."""
        return results_are_public(self.state, self.results_from)


@dataclass(frozen=True)
class Words:
    """Words of an answer; `id` is that of its subject once everybody may read them."""

    answer_id: int
    question_id: int
    body: str
    locale: str
    id: int | None = None
    hidden: bool = False


_SENT = (
    select(func.count())
    .where(SurveyAnswer.survey_id == Survey.id, SurveyAnswer.sent_at.is_not(None))
    .correlate(Survey)
    .scalar_subquery()
)
_ROWS = (
    select(Survey, Process.slug, Process.title, Subject.published_at, Subject.hidden_at, _SENT)
    .join(Subject, Subject.id == Survey.id)
    .join(Process, Process.id == Survey.process_id)
    .order_by(Subject.published_at.desc(), Survey.id.desc())
)


def surveys(session: Session, now: datetime, *, process_id: int | None = None) -> tuple[Line, ...]:
    """Every survey that was opened and is not hidden, the newest first. One query."""
    wanted = _ROWS.where(Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
    if process_id is not None:
        wanted = wanted.where(Survey.process_id == process_id)
    return tuple(_line(row, now) for row in session.execute(wanted))


def drafts(session: Session, now: datetime) -> tuple[Line, ...]:
    """Those that are being written: ask `may_read` before one is shown. One query."""
    wanted = _ROWS.where(Survey.state == SurveyState.DRAFT)
    return tuple(_line(row, now) for row in session.execute(wanted))


def survey_line(session: Session, slug: str, now: datetime) -> Line | None:
    """One survey, whoever may read it. One query."""
    row = session.execute(_ROWS.where(Survey.slug == slug)).first()
    return _line(row, now) if row else None


def questions_of(session: Session, survey_id: int) -> tuple[Question, ...]:
    """In order. One query."""
    wanted = select(SurveyQuestion).where(SurveyQuestion.survey_id == survey_id)
    rows = session.scalars(wanted.order_by(SurveyQuestion.position, SurveyQuestion.id))
    return tuple(question_of(row, number) for number, row in enumerate(rows, 1))


def own_sheet(session: Session, survey_id: int, account_id: int | None) -> SurveyAnswer | None:
    """What this person filled in so far, sent or not."""
    if account_id is None:
        return None
    mine = (SurveyAnswer.survey_id == survey_id, SurveyAnswer.account_id == account_id)
    return session.scalars(select(SurveyAnswer).where(*mine)).first()


def sent_answers(session: Session, survey_id: int) -> list[tuple[int, dict[str, Any], str]]:
    """(number, what was said, language) of each sheet that was sent. One query."""
    wanted = select(SurveyAnswer.id, SurveyAnswer.said, SurveyAnswer.locale)
    mine = (SurveyAnswer.survey_id == survey_id, SurveyAnswer.sent_at.is_not(None))
    return [(row.id, row.said or {}, row.locale) for row in session.execute(wanted.where(*mine))]


def public_words(session: Session, survey_id: int) -> tuple[Words, ...]:
    """The words that the desk let everybody read, in no order that tells who wrote first. One query."""
    rows = session.execute(
        select(SurveyWords, Subject.locale, Subject.hidden_at)
        .join(Subject, Subject.id == SurveyWords.id)
        .where(SurveyWords.survey_id == survey_id)
        .order_by(SurveyWords.body, SurveyWords.id)
    )
    return tuple(
        Words(row.answer_id, row.question_id, row.body, locale, row.id, hidden_at is not None)
        for row, locale, hidden_at in rows
    )


def place_of(session: Session, words_id: int) -> str | None:
    """The address of the survey under whose results these words stand, if everybody may read them."""
    return session.scalar(
        select(Survey.slug)
        .join(SurveyWords, SurveyWords.survey_id == Survey.id)
        .join(Subject, Subject.id == SurveyWords.id)
        .where(SurveyWords.id == words_id, Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
    )


def survey_slug(session: Session, survey_id: int) -> str | None:
    return session.scalar(select(Survey.slug).where(Survey.id == survey_id))


def overdue(session: Session, now: datetime) -> Sequence[int]:
    """Those that are open in the records though their end has come."""
    wanted = select(Survey.id).where(Survey.state == SurveyState.OPEN, Survey.closes_at <= now)
    return session.scalars(wanted.order_by(Survey.id)).all()


def survey_document(session: Session, survey_id: int) -> SearchDocument | None:
    """What search knows of a survey: its texts and questions, in all languages."""
    found, subject = session.get(Survey, survey_id), session.get(Subject, survey_id)
    if found is None or subject is None or not subject.visible or subject.published_at is None:
        return None
    titles = [question.title for question in questions_of(session, survey_id)]
    return SearchDocument(
        subject_id=survey_id,
        kind="survey",
        locale="ja",
        title=found.title.to("ja"),
        body="\n".join(text for each in (found.title, found.description, *titles) for text in each.values()),
        published_at=subject.published_at,
        process_id=found.process_id,
        state=found.state,
    )


def words_document(session: Session, words_id: int) -> SearchDocument | None:
    """What search knows of words of an answer."""
    found, subject = session.get(SurveyWords, words_id), session.get(Subject, words_id)
    if found is None or subject is None or not subject.visible or subject.published_at is None:
        return None
    return SearchDocument(
        subject_id=words_id,
        kind="survey_answer",
        locale=subject.locale,
        title="",
        body=found.body,
        published_at=subject.published_at,
        process_id=subject.space_id,
        about=subject.title,
    )


def at(line: Line, now: datetime) -> Line:
    """The same survey at another time."""
    return replace(line, state=now_in(line.stored, line.closes_at, now))


def _line(found: Any, now: datetime) -> Line:
    row, process_slug, process_title, published_at, hidden_at, answers = found
    kept = ("id", "slug", "process_id", "title", "description", "closes_at", "updated_at")
    state = SurveyState(row.state)
    return Line(
        **{name: getattr(row, name) for name in kept},
        process_slug=process_slug,
        process_title=process_title,
        stored=state,
        state=now_in(state, row.closes_at, now),
        access=Access(row.access),
        results_from=ResultsFrom(row.results_from),
        frozen=row.frozen_at is not None,
        answers=answers,
        published_at=published_at,
        visible=published_at is not None and hidden_at is None,
    )
