"""What the steps of a workshop do to its draw: the promise when the call opens, the frozen files when it closes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.events import canonical, record
from participation.policy import N_, Actor
from participation.web.i18n import SUPPORTED, translations
from workshops.models import State, Workshop, WorkshopApplication, WorkshopQuestion, WorkshopQuota
from workshops.panels.events import PoolFrozen, SeedPromised
from workshops.panels.files import Bounds, Question, pool_text, quotas_text
from workshops.panels.models import WorkshopDraw
from workshops.panels.seeds import make_secret, sha256

USUAL_SOURCE = N_("The closing value of the Nikkei 225 on the first day of trading after the call has closed")


def at_step(session: Session, actor: Actor | None, workshop: Workshop, to: State, now: datetime) -> None:
    """The hook of a workshop's steps, in the transaction of the step."""
    if to == State.RECRUITING:
        promise_seed(session, actor, workshop, now=now)
    elif to == State.DRAWING:
        freeze(session, actor, workshop, now=now)


def promise_seed(
    session: Session, actor: Actor | None, workshop: Workshop, *, now: datetime, make: Callable[[], str] = make_secret
) -> WorkshopDraw:
    """Fix our half of the seed, and say in advance which public number may become the other."""
    secret = make()
    usual = Localized({locale: translations(locale).gettext(USUAL_SOURCE) for locale in SUPPORTED})
    draw = WorkshopDraw(
        workshop_id=workshop.id, seed_secret=secret, seed_sha256=sha256(secret), promised_at=now, source=usual
    )
    session.add(draw)
    session.flush()
    fact = SeedPromised(workshop_id=workshop.id, seed_sha256=draw.seed_sha256)
    record(session, fact, actor=actor, subject_id=workshop.id, now=now)
    return draw


def freeze(session: Session, actor: Actor | None, workshop: Workshop, *, now: datetime) -> None:
    """Write down who is drawn from, and by which quotas. There are no more seats than people."""
    draw = session.get(WorkshopDraw, workshop.id, with_for_update=True, populate_existing=True)
    draw = draw or promise_seed(session, actor, workshop, now=now)  # of a call that was open before there were draws
    questions, people = questions_of(session, workshop.id), pool_of(session, workshop.id)
    bounds = bounds_of(session, workshop.id)
    features = [each.key for each in questions if each.key in {bound.feature for bound in bounds}]
    draw.seats = min(workshop.capacity, len(people))
    draw.pool_csv = pool_text(people, sorted(features))
    draw.quotas_csv = quotas_text(bounds, questions, draw.seats)
    draw.pool_sha256, draw.quotas_sha256 = sha256(draw.pool_csv), sha256(draw.quotas_csv)
    draw.frozen_at = now
    session.flush()
    fact = PoolFrozen(
        workshop_id=workshop.id,
        people=len(people),
        seats=draw.seats,
        pool_sha256=draw.pool_sha256,
        quotas_sha256=draw.quotas_sha256,
        source_sha256=sha256(canonical(dict(draw.source))),
    )
    record(session, fact, actor=actor, subject_id=workshop.id, now=now)


def held(session: Session, workshop_id: int) -> WorkshopDraw:
    """The draw's row, locked until the end of the transaction. There is one from the opening of the call on."""
    return session.get_one(WorkshopDraw, workshop_id, with_for_update=True, populate_existing=True)


def questions_of(session: Session, workshop_id: int) -> list[Question]:
    rows = select(WorkshopQuestion).where(WorkshopQuestion.workshop_id == workshop_id).order_by(WorkshopQuestion.key)
    return [Question(row.key, tuple(str(each["key"]) for each in row.options)) for row in session.scalars(rows)]


def bounds_of(session: Session, workshop_id: int) -> list[Bounds]:
    rows = select(WorkshopQuota).where(WorkshopQuota.workshop_id == workshop_id)
    return [Bounds(row.feature, row.value, row.minimum, row.maximum) for row in session.scalars(rows)]


def pool_of(session: Session, workshop_id: int) -> dict[str, dict[str, str]]:
    """Answers by number, of the applications that count: confirmed, and not withdrawn."""
    rows = select(WorkshopApplication.number, WorkshopApplication.answers).where(*counting(workshop_id))
    return {number: answers for number, answers in session.execute(rows)}


def counting(workshop_id: int) -> tuple[Any, ...]:
    """Conditions for applications that are drawn from."""
    return (
        WorkshopApplication.workshop_id == workshop_id,
        WorkshopApplication.email_confirmed_at.is_not(None),
        WorkshopApplication.withdrawn_at.is_(None),
    )
