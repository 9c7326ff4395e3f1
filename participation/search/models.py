"""What waits to be brought into the search index: written in the transaction of the change itself."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class SearchPending(Base):
    """A subject whose entry in the index is out of date; `marks` tells a second change from the one being indexed."""

    __tablename__ = "search_pending"
    __table_args__ = (Index("ix_search_pending_since", "since"),)

    subject_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    marks: Mapped[int] = mapped_column(default=1)
