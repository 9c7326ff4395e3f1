"""The queue of mails."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class Mail(Base):
    """A mail to one address. Its words are emptied once it is sent: links in it are secrets."""

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_sent_at_due_at", "sent_at", "due_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(String(5))
    template: Mapped[str] = mapped_column(String(80))
    calendar: Mapped[str | None] = mapped_column(Text)  # an attached entry (RFC 5545), emptied with the words
    unsubscribe_url: Mapped[str] = mapped_column(Text, default="")  # for the header of RFC 8058
    dedupe: Mapped[str | None] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str] = mapped_column(Text, default="")
