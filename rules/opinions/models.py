"""Public comment on a version: what was sent, who sent it (apart), how it is grouped, what the city says."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime

WHOLE = ""  # the key that stands for the whole text in addresses, forms and drafts


class Stance(StrEnum):
    IN_FAVOUR = "in_favour"
    WITH_CONDITIONS = "with_conditions"
    RETHINK = "rethink"
    QUESTION = "question"


class Kind(StrEnum):
    LIGHT = "light"  # a voice in a few words
    FORMAL = "formal"  # with name and address, as ordinances on public comment ask for


class Source(StrEnum):
    ONLINE = "online"
    PAPER = "paper"


class Outcome(StrEnum):
    """What a response says of the text."""

    WILL_CHANGE = "will_change"
    ALREADY_COVERED = "already_covered"
    FOR_REFERENCE = "for_reference"
    OUT_OF_SCOPE = "out_of_scope"


class PublicComment(Base):
    """The time in which opinions on a version are taken. It opens and closes by the clock: nothing else says so."""

    __tablename__ = "public_comment"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="times"),
        Index("ix_public_comment_published_at_closes_at", "published_at", "closes_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    version_id: Mapped[int] = mapped_column(BigId, ForeignKey("document_version.id"), unique=True)
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reason: Mapped[Localized] = mapped_column(Translated, default=dict)  # of a time shorter than usual
    contact: Mapped[Localized] = mapped_column(Translated, default=dict)
    opened_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    called_off_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # before it opened
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when those who wrote were told their rows


class OpinionGroup(Base):
    """A row of the response table: opinions that say the same; one alone is a group too."""

    __tablename__ = "opinion_group"
    __table_args__ = (Index("ix_opinion_group_public_comment_id_id", "public_comment_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("public_comment.id"))
    title: Mapped[str] = mapped_column(Text, default="")  # the secretariat's words for what they share
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Opinion(Base):
    """What somebody wrote on a version. Who that is, `account_id` and OpinionPerson say; no public page reads them.

    `wording` is what the table shows in place of words that would tell who wrote them.
    """

    __tablename__ = "opinion"
    __table_args__ = (
        Index("ix_opinion_public_comment_id_id", "public_comment_id", "id"),
        Index("ix_opinion_group_id", "group_id"),
        Index("ix_opinion_account_id_id", "account_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("public_comment.id"))
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("opinion_group.id"))
    section_key: Mapped[str | None] = mapped_column(String(60))  # None: on the whole
    body: Mapped[str] = mapped_column(Text)
    wording: Mapped[str] = mapped_column(Text, default="")
    locale: Mapped[str] = mapped_column(String(5), default="ja")
    stance: Mapped[str | None] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(10), default=Source.ONLINE)
    receipt: Mapped[str] = mapped_column(String(12), unique=True)
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    entered_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))  # for letters on paper
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class OpinionPerson(Base):
    """Who sent a formal opinion. Read by the secretariat's desk and by the person; joined by nothing else."""

    __tablename__ = "opinion_person"

    opinion_id: Mapped[int] = mapped_column(BigId, ForeignKey("opinion.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text, default="")


class OpinionDraft(Base):
    """What somebody signed in has typed into a box and not sent yet."""

    __tablename__ = "opinion_draft"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True)
    public_comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("public_comment.id"), primary_key=True)
    section_key: Mapped[str] = mapped_column(String(60), primary_key=True)  # "": the whole
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class OpinionResponse(Base):
    """The city's view on a group. The one with the highest number counts; earlier ones stay."""

    __tablename__ = "opinion_response"

    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("opinion_group.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    view: Mapped[Localized] = mapped_column(Translated)
    sections: Mapped[list[str]] = mapped_column(JSON, default=list)  # keys of the sections that change
    answered_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ResponsesFile(Base):
    """The printed table in one language; its file lies with the uploads."""

    __tablename__ = "responses_file"

    public_comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("public_comment.id"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Integer)  # bytes
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
