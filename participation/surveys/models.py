"""Surveys, their questions, what was answered, and the words of answers that everybody may read."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class SurveyState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


S = SurveyState
TRANSITIONS: dict[SurveyState, set[SurveyState]] = {
    S.DRAFT: {S.OPEN},
    S.OPEN: {S.CLOSED},
    S.CLOSED: {S.PUBLISHED},
    S.PUBLISHED: set(),
}


class Access(StrEnum):
    PEOPLE = "people"  # one answer per person, signed in
    EVERYBODY = "everybody"  # also without an account


class ResultsFrom(StrEnum):
    PUBLICATION = "publication"
    CLOSE = "close"


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TEXT = "text"
    SCALE = "scale"
    MATRIX = "matrix"


RULING = (Kind.SINGLE, Kind.SCALE)  # whose answer can decide whether a later question is asked


class Survey(Base):
    """It is a subject (same id); its process is that subject's space."""

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'open', 'closed', 'published')", name="state"),
        CheckConstraint("access IN ('people', 'everybody')", name="access"),
        CheckConstraint("results_from IN ('publication', 'close')", name="results_from"),
        CheckConstraint("frozen_at IS NULL OR state <> 'draft'", name="frozen"),
        Index("ix_survey_process_id", "process_id"),
        Index("ix_survey_state_closes_at", "state", "closes_at"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    process_id: Mapped[int] = mapped_column(BigId, ForeignKey("process.id"))
    state: Mapped[str] = mapped_column(String(20), default=SurveyState.DRAFT)
    title: Mapped[Localized] = mapped_column(Translated, default=dict)
    description: Mapped[Localized] = mapped_column(Translated, default=dict)
    access: Mapped[str] = mapped_column(String(20), default=Access.PEOPLE)
    results_from: Mapped[str] = mapped_column(String(20), default=ResultsFrom.PUBLICATION)
    closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # None: until the desk closes it
    frozen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the first answer: questions stay from then on
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SurveyQuestion(Base):
    """Options and rows are lists of `{"key", "ja", "en"}`; a key stays when the list is reordered.

    `shown_by_id` is an earlier question: this one is asked if that one has one of the answers `shown_if`.
    """

    __tablename__ = "survey_question"
    __table_args__ = (
        CheckConstraint("kind IN ('single', 'multiple', 'text', 'scale', 'matrix')", name="kind"),
        CheckConstraint("steps BETWEEN 2 AND 11", name="steps"),
        CheckConstraint("shown_by_id IS NULL OR shown_by_id <> id", name="shown_by"),
        Index("ix_survey_question_survey_id_position", "survey_id", "position"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    survey_id: Mapped[int] = mapped_column(BigId, ForeignKey("survey.id"))
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[Localized] = mapped_column(Translated, default=dict)
    hint: Mapped[Localized] = mapped_column(Translated, default=dict)
    required: Mapped[bool] = mapped_column(Boolean, default=False)
    breaks: Mapped[bool] = mapped_column(Boolean, default=False)  # begins a new page
    section: Mapped[Localized] = mapped_column(Translated, default=dict)  # heading of that page
    options: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    rows: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)  # of a matrix
    other: Mapped[bool] = mapped_column(Boolean, default=False)  # an answer in one's own words is possible
    least: Mapped[int | None] = mapped_column(Integer)  # of several answers
    most: Mapped[int | None] = mapped_column(Integer)
    steps: Mapped[int] = mapped_column(Integer, default=5)  # of a scale, from 1
    low: Mapped[Localized] = mapped_column(Translated, default=dict)  # what 1 means
    high: Mapped[Localized] = mapped_column(Translated, default=dict)
    shown_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("survey_question.id"))
    shown_if: Mapped[list[str]] = mapped_column(JSON, default=list)


class SurveyAnswer(Base):
    """One sheet. `typed` is the form as it is being filled, `said` what was sent, by the question's number.

    Of whoever answers without an account only `said` is kept, and nothing that could lead to them.
    """

    __tablename__ = "survey_answer"
    __table_args__ = (
        CheckConstraint("(said IS NULL) = (sent_at IS NULL)", name="sent"),
        UniqueConstraint("survey_id", "account_id"),
        Index("ix_survey_answer_survey_id_sent_at", "survey_id", "sent_at"),
        Index("ix_survey_answer_account_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    survey_id: Mapped[int] = mapped_column(BigId, ForeignKey("survey.id"))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    typed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    said: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    locale: Mapped[str] = mapped_column(String(5), default="ja")
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SurveyWords(Base):
    """The words of one answer that the desk let everybody read, without their person. It is a subject (same id)."""

    __tablename__ = "survey_words"
    __table_args__ = (UniqueConstraint("answer_id", "question_id"), Index("ix_survey_words_survey_id", "survey_id"))

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    survey_id: Mapped[int] = mapped_column(BigId, ForeignKey("survey.id"))
    answer_id: Mapped[int] = mapped_column(BigId, ForeignKey("survey_answer.id"))
    question_id: Mapped[int] = mapped_column(BigId, ForeignKey("survey_question.id"))
    body: Mapped[str] = mapped_column(Text)
