"""Teams and what stands on their boards. Everything on a board is a card of one of four kinds, known by a `uid` that
the page made which wrote it first: sent twice, it is one card. Each field of a card has a version of its own.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from participation.db import Base, BigId, UTCDateTime


class Section(StrEnum):
    """Where a sticky note hangs."""

    EMPATHY = "empathy"
    PROBLEM = "problem"
    IDEA = "idea"


class Colour(StrEnum):
    """Of a sticky note; what it means is up to the team."""

    YELLOW = "yellow"
    BLUE = "blue"
    GREEN = "green"
    RED = "red"


class Team(Base):
    """`version` rises with every change of the team's board, so that a page knows at once whether it is the newest."""

    __tablename__ = "workshop_team"
    __table_args__ = (UniqueConstraint("workshop_id", "name"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(BigId, ForeignKey("workshop.id"))
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(Integer, default=0)
    place: Mapped[str] = mapped_column(String(80), default="")  # the table or room where it sits
    version: Mapped[int] = mapped_column(Integer, default=1)


class OnBoard:
    """What every card has. `versions`: for each field written after the beginning, [how often, by which window]."""

    uid: Mapped[str] = mapped_column(String(40), unique=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    versions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @declared_attr
    def team_id(cls) -> Mapped[int]:
        return mapped_column(BigId, ForeignKey("workshop_team.id"), index=True)

    @declared_attr
    def author_id(cls) -> Mapped[int | None]:
        """Who wrote it first; None where it was an organiser who is no member."""
        return mapped_column(BigId, ForeignKey("workshop_member.id"), index=True)


class Note(OnBoard, Base):
    """A sticky note. `subject_id`: an idea of which something was made is a public thing of its own, so that it can be
    linked as a voice, and hidden."""

    __tablename__ = "workshop_note"
    __table_args__ = (
        CheckConstraint("section IN ('empathy', 'problem', 'idea')", name="section"),
        CheckConstraint("colour IN ('yellow', 'blue', 'green', 'red')", name="colour"),
        Index("ix_workshop_note_subject_id", "subject_id", unique=True),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    section: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text, default="")
    colour: Mapped[str] = mapped_column(String(10), default=Colour.YELLOW)
    subject_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("subject.id"))


class Persona(OnBoard, Base):
    """An invented person whom the team designs for."""

    __tablename__ = "persona"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(Text, default="")
    age: Mapped[str] = mapped_column(Text, default="")  # in words: "72", "in her forties"
    home: Mapped[str] = mapped_column(Text, default="")
    occupation: Mapped[str] = mapped_column(Text, default="")
    lifestyle: Mapped[str] = mapped_column(Text, default="")
    health: Mapped[str] = mapped_column(Text, default="")


class Moment(OnBoard, Base):
    """An entry of a persona's day."""

    __tablename__ = "persona_moment"
    __table_args__ = (CheckConstraint("feeling BETWEEN -2 AND 2", name="feeling"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    persona_id: Mapped[int] = mapped_column(BigId, ForeignKey("persona.id"), index=True)
    at: Mapped[str] = mapped_column(String(5), default="")  # time of day, HH:MM; "" where nobody said one
    activity: Mapped[str] = mapped_column(Text, default="")
    feeling: Mapped[int] = mapped_column(Integer, default=0)  # from -2, very bad, to 2, very good
    words: Mapped[str] = mapped_column(Text, default="")  # what the persona thinks or says


class Poster(OnBoard, Base):
    """A concept poster; a subject (same id), public only once the record of its workshop is."""

    __tablename__ = "poster"
    __table_args__ = (Index("ix_poster_note_id", "note_id"),)

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True, autoincrement=False)
    concept: Mapped[str] = mapped_column(Text, default="")
    for_whom: Mapped[str] = mapped_column(Text, default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    big_idea: Mapped[str] = mapped_column(Text, default="")
    how: Mapped[str] = mapped_column(Text, default="")
    note_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("workshop_note.id"))  # the idea that it came from
    picture: Mapped[str] = mapped_column(String(80), default="")  # the file's name (participation.pictures); "": none
    picture_alt: Mapped[str] = mapped_column(Text, default="")
    picture_width: Mapped[int] = mapped_column(Integer, default=0)  # pixels
    picture_height: Mapped[int] = mapped_column(Integer, default=0)


class Dot(Base):
    """A member's dot on a poster or an idea; at most one on each."""

    __tablename__ = "workshop_dot"
    __table_args__ = (
        UniqueConstraint("member_id", "poster_id"),
        UniqueConstraint("member_id", "note_id"),
        CheckConstraint("(poster_id IS NULL) <> (note_id IS NULL)", name="one"),
        Index("ix_workshop_dot_poster_id", "poster_id"),
        Index("ix_workshop_dot_note_id", "note_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("workshop_member.id"))
    poster_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("poster.id"))
    note_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("workshop_note.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


MODELS = (Team, Note, Persona, Moment, Poster, Dot)
