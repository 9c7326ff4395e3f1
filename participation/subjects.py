"""One row per public thing: what comments, follows, reports and links point at.

A proposal, a comment, a process *is* a subject: it shares the subject's primary key. So counters, moderation and search
need to know nothing of the packages that bring new kinds.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from participation.db import Base, BigId, UTCDateTime


class Subject(Base):
    __tablename__ = "subject"
    __table_args__ = (
        CheckConstraint("comments_count >= 0", name="comments_count"),
        CheckConstraint("followers_count >= 0", name="followers_count"),
        Index("ix_subject_space_id_kind", "space_id", "kind"),
        Index("ix_subject_author_id_kind", "author_id", "kind"),
        Index("ix_subject_kind_published_at", "kind", "published_at"),
        Index("ix_subject_hidden_at", "hidden_at"),
        Index("ix_subject_kind_comments_count_id", "kind", "comments_count", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    space_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("subject.id"))
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    title: Mapped[str] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(String(5), default="ja")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_reason: Mapped[str] = mapped_column(Text, default="")
    comments_count: Mapped[int] = mapped_column(Integer, default=0)
    followers_count: Mapped[int] = mapped_column(Integer, default=0)

    @property
    def visible(self) -> bool:
        """Whether everybody may see it."""
        return self.published_at is not None and self.hidden_at is None


def create_subject(
    session: Session,
    kind: str,
    *,
    title: str,
    now: datetime,
    space_id: int | None = None,
    author_id: int | None = None,
    locale: str = "ja",
    published: bool = False,
) -> Subject:
    """A new subject, flushed so that it has its id."""
    subject = Subject(
        kind=kind,
        title=title,
        space_id=space_id,
        author_id=author_id,
        locale=locale,
        created_at=now,
        published_at=now if published else None,
    )
    session.add(subject)
    session.flush()
    return subject


def count_comment(session: Session, subject_id: int, by: int) -> None:
    """Move the counter of comments in the transaction of the comment itself."""
    session.execute(
        update(Subject).where(Subject.id == subject_id).values(comments_count=Subject.comments_count + by),
        execution_options={"synchronize_session": False},
    )
