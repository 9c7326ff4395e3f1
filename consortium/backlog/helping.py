"""Whether a release really helped: asked four weeks later, said in one tap, shown beside the owner's claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.backlog.events import HelpAsked, HelpSaid
from consortium.backlog.models import BacklogItem, Helped, HelpAnswer
from consortium.backlog.policy import may_say_helped
from consortium.backlog.queries import case_of
from participation.events import record
from participation.policy import Actor, ensure
from participation.services import Services
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound

AFTER = timedelta(days=28)
BATCH = 100  # releases asked about in one transaction


@dataclass(frozen=True)
class HelpedFigures:
    """What people say of a release, and what this reader said."""

    yes: int
    no: int
    unsure: int
    mine: str = ""

    @property
    def total(self) -> int:
        return self.yes + self.no + self.unsure


def say_helped(
    session: Session, actor: Actor, item_id: int, answer: Helped, words: str, *, now: datetime
) -> HelpAnswer:
    """Say whether it helped; the newest word counts. A "no" is a new voice to the service, with its words."""
    case = case_of(session, item_id, lock=True)
    if case is None:
        raise NotFound
    ensure(may_say_helped(actor, case))
    own = (HelpAnswer.item_id == item_id, HelpAnswer.account_id == actor.id)
    row = session.scalars(select(HelpAnswer).where(*own)).first()
    if row is None:
        row = HelpAnswer(item_id=item_id, account_id=actor.id)
        session.add(row)
    row.answer, row.words, row.at = answer, words, now
    session.flush()
    _voice(session, actor, row, now)
    session.flush()
    record(session, HelpSaid(item_id=item_id, answer=answer), actor=actor, subject_id=item_id, now=now)
    return row


def _voice(session: Session, actor: Actor, row: HelpAnswer, now: datetime) -> None:
    """The words of a "no" are there for everybody as long as it is a "no"."""
    said = row.words or session.get_one(Subject, row.item_id).title
    own = session.get(Subject, row.subject_id) if row.subject_id else None
    if row.answer != Helped.NO:
        if own is not None:
            own.published_at = None
    elif own is None:
        more = {"author_id": actor.id, "locale": actor.locale, "published": True}
        row.subject_id = create_subject(session, "outcome", title=said, now=now, **more).id
    else:
        own.title, own.published_at = said, now


def ask_whether_it_helped(services: Services, now: datetime) -> None:
    """The worker's job: for each release of four weeks ago, ask the people behind it, once."""
    due = (
        select(BacklogItem.id)
        .where(BacklogItem.released_at <= now - AFTER, BacklogItem.asked_at.is_(None))
        .where(BacklogItem.merged_into_id.is_(None))
        .order_by(BacklogItem.id)
        .limit(BATCH)
    )

    def work(session: Session) -> int:
        rows = session.scalars(select(BacklogItem).where(BacklogItem.id.in_(due)).with_for_update()).all()
        for row in rows:
            row.asked_at = now
            record(session, HelpAsked(item_id=row.id), actor=None, subject_id=row.id, now=now)
        return len(rows)

    while True:
        with services.db.read() as session:
            if session.execute(due.limit(1)).first() is None:
                return
        if services.db.write(work) < BATCH:
            return


def helped_of(session: Session, actor: Actor, item_id: int) -> HelpedFigures:
    """Two queries."""
    counts = helped_counts(session, [item_id]).get(item_id, {})
    mine = select(HelpAnswer.answer).where(HelpAnswer.item_id == item_id, HelpAnswer.account_id == actor.id)
    own = session.scalar(mine) if actor.signed_in else None
    return HelpedFigures(*(counts.get(each, 0) for each in Helped), own or "")


def helped_counts(session: Session, item_ids: list[int]) -> dict[int, Mapping[str, int]]:
    """How many say what of each release. One query."""
    rows = session.execute(
        select(HelpAnswer.item_id, HelpAnswer.answer, func.count())
        .where(HelpAnswer.item_id.in_(item_ids))
        .group_by(HelpAnswer.item_id, HelpAnswer.answer)
    )
    found: dict[int, dict[str, int]] = {}
    for item_id, answer, count in rows:
        found.setdefault(item_id, {})[answer] = count
    return dict(found)


def item_of_outcome(session: Session, subject_id: int) -> int | None:
    """The improvement that these words are about."""
    return session.scalar(select(HelpAnswer.item_id).where(HelpAnswer.subject_id == subject_id))
