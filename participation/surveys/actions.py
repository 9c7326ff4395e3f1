"""Drafting, opening, closing and publishing surveys, and opening words to everybody. Each: ensure, change, record."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.spaces.models import Process
from participation.subjects import Subject, create_subject
from participation.surveys.events import SurveyDrafted, SurveyMoved, SurveyWordsShown
from participation.surveys.gaps import gaps_of
from participation.surveys.models import Access, Kind, ResultsFrom, Survey, SurveyAnswer, SurveyState, SurveyWords
from participation.surveys.policy import may_build, may_set, may_show_words, may_turn, now_in, results_are_public
from participation.surveys.queries import questions_of
from participation.surveys.questions import OTHER, digest
from participation.web.errors import NotFound

FROZEN = N_("Somebody has answered, so who may answer and when results are public stays as it was.")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a survey says of itself."""

    title: Localized
    description: Localized
    access: Access = Access.PEOPLE
    results_from: ResultsFrom = ResultsFrom.PUBLICATION
    closes_at: datetime | None = None


def draft_survey(
    session: Session, actor: Actor, process_id: int, said: Setting, *, slug: str = "", now: datetime
) -> Survey:
    """A survey that only those who build it see; without a `slug` its number is its address.

    Raises:
        IntegrityError: another survey has this address; answered as a conflict.
    """
    ensure(may_build(actor, process_id))
    if session.get(Process, process_id) is None:
        raise NotFound
    title = said.title.to("ja")
    subject = create_subject(session, "survey", title=title, space_id=process_id, author_id=actor.id, now=now)
    row = Survey(id=subject.id, slug=slug or f"s{subject.id}", process_id=process_id, created_at=now, updated_at=now)
    row.state = SurveyState.DRAFT
    _set(row, said)
    session.add(row)
    session.flush()
    record(session, SurveyDrafted(survey_id=row.id), actor=actor, subject_id=row.id, now=now)
    return row


def set_survey(session: Session, actor: Actor, survey_id: int, said: Setting, *, now: datetime) -> None:
    """Change what it says of itself. Once somebody answered, who may answer and when results are public stays."""
    row = found_survey(session, survey_id)
    ensure(may_set(actor, row.process_id, now_in(SurveyState(row.state), row.closes_at, now)))
    kept = (row.access, row.results_from) == (said.access, said.results_from)
    ensure(require(row.frozen_at is None or kept, FROZEN))
    ensure(require(row.state == SurveyState.DRAFT or bool(said.title.get("ja")), N_("Please write a title.")))
    _set(row, said)
    row.updated_at = now
    session.execute(update(Subject).where(Subject.id == row.id).values(title=said.title.to("ja")))
    if row.state != SurveyState.DRAFT:
        mark_for_indexing(session, row.id, now)


def turn_survey(session: Session, actor: Actor, survey_id: int, to: SurveyState, *, now: datetime) -> None:
    """Open it to answers, take no more, or publish its results.

    Raises:
        Refused: somebody else, in another state, or it has gaps (the first is named).
    """
    row = found_survey(session, survey_id)
    ensure(may_turn(actor, row.process_id, now_in(SurveyState(row.state), row.closes_at, now), to))
    if to == SurveyState.OPEN:
        gaps = gaps_of(row.title, row.closes_at, questions_of(session, row.id), now)
        if gaps:
            ensure(require(False, gaps[0].says, **dict(gaps[0].values)))
        session.execute(update(Subject).where(Subject.id == row.id).values(published_at=now))
    _move(session, actor, row, to, now)


def close_survey(session: Session, survey_id: int, *, now: datetime) -> bool:
    """What the worker does at the end; whether there was something to do."""
    row = found_survey(session, survey_id)
    over = now_in(SurveyState(row.state), row.closes_at, now) != row.state
    if over:
        _move(session, None, row, SurveyState.CLOSED, now)
    return over


def show_words(
    session: Session, actor: Actor, survey_id: int, answer_id: int, question_id: int, *, now: datetime
) -> int | None:
    """Let everybody read the words of one answer once results are public, without their person; returns the number of
    the words, None where there are none or they were opened before."""
    row = found_survey(session, survey_id)
    ensure(may_show_words(actor, row.process_id, now_in(SurveyState(row.state), row.closes_at, now)))
    answer = session.get(SurveyAnswer, answer_id)
    words = words_in(answer, question_id) if answer and answer.survey_id == survey_id else ""
    before = (SurveyWords.answer_id == answer_id, SurveyWords.question_id == question_id)
    if answer is None or not words or session.scalar(select(SurveyWords.id).where(*before)):
        return None
    title = row.title.to("ja")
    about = {"space_id": row.process_id, "author_id": answer.account_id, "locale": answer.locale}
    public = results_are_public(now_in(SurveyState(row.state), row.closes_at, now), ResultsFrom(row.results_from))
    subject = create_subject(session, "survey_answer", title=title, now=now, published=public, **about)
    shown = {"survey_id": survey_id, "answer_id": answer_id, "question_id": question_id, "body": words}
    session.add(SurveyWords(id=subject.id, **shown))
    session.flush()
    mark_for_indexing(session, subject.id, now)
    fact = SurveyWordsShown(survey_id=survey_id, words_id=subject.id)
    record(session, fact, actor=actor, subject_id=survey_id, now=now)
    return subject.id


def words_in(answer: SurveyAnswer, question_id: int) -> str:
    """What was said to a question in own words; "" where nothing was."""
    value = (answer.said or {}).get(str(question_id))
    listed = value if isinstance(value, list) else [value]
    own = [each[OTHER] for each in listed if isinstance(each, dict) and isinstance(each.get(OTHER), str)]
    if own:
        return own[0]
    asked = {each.id: each.kind for each in questions_of(_session(answer), answer.survey_id)}
    return value if asked.get(question_id) == Kind.TEXT and isinstance(value, str) else ""


def found_survey(session: Session, survey_id: int) -> Survey:
    """The row, locked. Raises NotFound."""
    row = session.get(Survey, survey_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _session(answer: SurveyAnswer) -> Session:
    found = Session.object_session(answer)
    assert found is not None  # it was read from one
    return found


def _set(row: Survey, said: Setting) -> None:
    for each in fields(said):
        setattr(row, each.name, getattr(said, each.name))


def _move(session: Session, actor: Actor | None, row: Survey, to: SurveyState, now: datetime) -> None:
    row.state, row.updated_at = to, now
    session.flush()
    sent = (SurveyAnswer.survey_id == row.id, SurveyAnswer.sent_at.is_not(None))
    answers = session.scalar(select(func.count()).select_from(SurveyAnswer).where(*sent)) or 0
    if results_are_public(to, ResultsFrom(row.results_from)):
        _publish_words(session, row.id, now)
    mark_for_indexing(session, row.id, now)
    fact = SurveyMoved(survey_id=row.id, to=to, questions=digest(questions_of(session, row.id)), answers=answers)
    record(session, fact, actor=actor, subject_id=row.id, now=now)


def _publish_words(session: Session, survey_id: int, now: datetime) -> None:
    ids = session.scalars(select(SurveyWords.id).where(SurveyWords.survey_id == survey_id)).all()
    waiting = update(Subject).where(Subject.id.in_(ids), Subject.published_at.is_(None)).values(published_at=now)
    session.execute(waiting, execution_options={"synchronize_session": False})
    for number in ids:
        mark_for_indexing(session, number, now)
