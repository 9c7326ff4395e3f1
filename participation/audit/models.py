"""The tables of the log: the nodes of its tree, and the heads that were signed."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, UTCDateTime

RowNumber = BigInteger().with_variant(Integer, "sqlite")  # SQLite keeps a table in the order of an INTEGER key only


class AuditNode(Base):
    """The hash of one complete subtree, numbered as tree.py says: node 2 i is entry i."""

    __tablename__ = "audit_node"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditHead(Base):
    """A signed head: the checkpoint text exactly as it was published."""

    __tablename__ = "audit_head"

    size: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    note: Mapped[str] = mapped_column(Text)
