"""What waits to be brought into the search index, and the index itself where PostgreSQL holds it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class SearchPending(Base):
    """A subject whose entry in the index is out of date; `marks` tells a second change from the one being indexed."""

    __tablename__ = "search_pending"
    __table_args__ = (Index("ix_search_pending_since", "since"),)

    subject_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    marks: Mapped[int] = mapped_column(default=1)


_Terms = TSVECTOR().with_variant(Text(), "sqlite")


class SearchEntry(Base):
    """A document of the index in PostgreSQL; with SQLite the table stays empty and Whoosh holds the index.

    No foreign key: like every index it may be behind, and it can be emptied and made again. `generation` is the
    rebuild that last saw the document. The entry with id 0 says which version of the index is complete.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_words", "words", postgresql_using="gin"),
        Index("ix_search_entry_generation", "generation"),
    )

    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    generation: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(30))
    process_id: Mapped[int | None] = mapped_column(BigInteger)
    area_id: Mapped[int | None] = mapped_column(BigInteger)
    category_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str | None] = mapped_column(String(30))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
    locale: Mapped[str] = mapped_column(String(5))
    title: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    words: Mapped[Any] = mapped_column(_Terms)
    title_words: Mapped[Any] = mapped_column(_Terms)
