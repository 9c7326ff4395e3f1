"""The tables of the log: the nodes of its tree, and the heads that were signed."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime
from participation.events import Event


class AuditNode(Base):
    """The hash of one complete subtree, numbered as tree.py says: node 2 i is entry i."""

    __tablename__ = "audit_node"

    number: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditHead(Base):
    """A signed head: the checkpoint text exactly as it was published."""

    __tablename__ = "audit_head"

    size: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    note: Mapped[str] = mapped_column(Text)


# What the sequencer asks five times a second must not grow with the log.
_unnumbered = Event.leaf_hash.is_not(None) & Event.seq.is_(None)
Index("ix_event_waiting", Event.id, sqlite_where=_unnumbered, postgresql_where=_unnumbered)
