"""A request that is sent again is answered again, not done again (draft-ietf-httpapi-idempotency-key-header).

The answer is stored in the transaction of the change, so a retry after a lost answer finds it. Pages use the same
for their forms (hidden field `once`), so that a double click writes one comment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from participation.db import Base, UTCDateTime, dialect_name, insert_ignore
from participation.policy import N_
from participation.services import Services

KEEP = timedelta(hours=24)
MAX_KEY = 200
OTHER = N_("This Idempotency-Key was used for another request.")


class StoredAnswer(Base):
    __tablename__ = "stored_answer"

    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(MAX_KEY), primary_key=True)
    request: Mapped[bytes] = mapped_column(LargeBinary(32))  # hash of method, path and body
    status: Mapped[int] = mapped_column(default=0)  # 0: being answered in this transaction
    body: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    media_type: Mapped[str] = mapped_column(String(80), default="")
    location: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


@dataclass(frozen=True)
class Answered:
    status: int
    body: bytes
    media_type: str
    location: str


class OtherRequest(Exception):
    """The key came with another request before."""


def answer_once(
    session: Session, account_id: int, key: str, request: bytes, now: datetime, perform: Callable[[], Answered]
) -> Answered:
    """What `perform` answers, or what it answered when the key came first. Only successes are kept.

    On PostgreSQL a second request with the key waits here for the first one's transaction.

    Raises:
        OtherRequest: the key was used for another request.
    """
    mine = (StoredAnswer.account_id == account_id, StoredAnswer.key == key)
    row = {"account_id": account_id, "key": key, "request": request, "at": now}
    rest = {"status": 0, "body": b"", "media_type": "", "location": ""}
    statement = insert_ignore(StoredAnswer, dialect_name(session)).returning(StoredAnswer.key)
    if session.execute(statement, {**row, **rest}).first() is None:
        stored = session.execute(select(StoredAnswer).where(*mine)).scalar_one()
        if stored.request != request:
            raise OtherRequest
        return Answered(stored.status, stored.body, stored.media_type, stored.location)
    answered = perform()
    if answered.status < 400:
        values = {"status": answered.status, "body": answered.body, "media_type": answered.media_type}
        session.execute(update(StoredAnswer).where(*mine).values(**values, location=answered.location))
    else:
        session.execute(delete(StoredAnswer).where(*mine))
    return answered


def forget_answers(services: Services, now: datetime) -> None:
    """The worker's job: keys are kept for a day."""
    with services.db.read() as session:
        if session.execute(select(StoredAnswer.key).where(StoredAnswer.at < now - KEEP).limit(1)).first() is None:
            return
    services.db.write(
        lambda session: session.execute(delete(StoredAnswer).where(StoredAnswer.at < now - KEEP)), wake=False
    )
