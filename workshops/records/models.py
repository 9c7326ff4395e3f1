"""The words of a record, its photos with their consent marks, its lessons, and the printed posters."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class Consent(StrEnum):
    """What the people on a photo said. Without a mark, or with the last one, it is never public."""

    UNMARKED = ""
    EVERYBODY_AGREED = "everybody_agreed"
    NOBODY_RECOGNISABLE = "nobody_recognisable"
    NOT_PUBLISHED = "not_published"


PUBLIC_MARKS = (Consent.EVERYBODY_AGREED, Consent.NOBODY_RECOGNISABLE)


class Record(Base):
    """What is told of the day. The workshop's own state says whether it is public."""

    __tablename__ = "workshop_record"

    workshop_id: Mapped[int] = mapped_column(BigId, ForeignKey("workshop.id"), primary_key=True)
    story: Mapped[Localized] = mapped_column(Translated, default=dict)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Photo(Base):
    """A subject (same id), so that it is public or not like everything else, and can be reported and hidden."""

    __tablename__ = "workshop_photo"
    __table_args__ = (
        CheckConstraint(
            "consent IN ('', 'everybody_agreed', 'nobody_recognisable', 'not_published')", name="consent"
        ),
        UniqueConstraint("workshop_id", "name"),
        Index("ix_workshop_photo_name", "name"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True, autoincrement=False)
    workshop_id: Mapped[int] = mapped_column(BigId, ForeignKey("workshop.id"))
    name: Mapped[str] = mapped_column(String(80))  # of the file (participation.pictures)
    width: Mapped[int] = mapped_column(Integer)  # pixels
    height: Mapped[int] = mapped_column(Integer)
    alt: Mapped[str] = mapped_column(Text, default="")
    caption: Mapped[str] = mapped_column(Text, default="")
    consent: Mapped[str] = mapped_column(String(20), default=Consent.UNMARKED)
    said_by: Mapped[str] = mapped_column(Text, default="")  # who asked the people on it; read by the organisers
    marked_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    marked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Lesson(Base):
    """Something that was learned, about the question or about how to work together."""

    __tablename__ = "workshop_lesson"
    __table_args__ = (Index("ix_workshop_lesson_workshop_id", "workshop_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(BigId, ForeignKey("workshop.id"))
    text: Mapped[Localized] = mapped_column(Translated)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PosterFile(Base):
    """A poster on paper; `name` is that of the PDF file below the folder of uploads."""

    __tablename__ = "poster_file"
    __table_args__ = (CheckConstraint("paper IN ('a4', 'a3')", name="paper"), Index("ix_poster_file_name", "name"))

    poster_id: Mapped[int] = mapped_column(BigId, ForeignKey("poster.id"), primary_key=True)
    paper: Mapped[str] = mapped_column(String(2), primary_key=True)
    locale: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


MODELS = (Record, Photo, Lesson, PosterFile)
