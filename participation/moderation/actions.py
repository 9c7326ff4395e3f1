"""The steps of moderation. Each: ensure, change, record; and a public step without a person."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.events import Fact, record
from participation.moderation import events
from participation.moderation.models import Appeal, Decision, Ground, ModerationStep, Report
from participation.moderation.policy import may_appeal, may_hide, may_moderate, may_report, may_restore
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject


def report_thing(
    session: Session, actor: Actor, subject: Subject, *, ground: Ground, words: str, now: datetime
) -> bool:
    """Tell the secretariat about a thing; a second report by the same person changes nothing. Returns if it was new."""
    ensure(may_report(actor, subject))
    row = {"subject_id": subject.id, "reporter_id": actor.id, "ground": ground, "text": words, "at": now}
    statement = insert_ignore(Report, dialect_name(session)).returning(Report.id)
    if session.execute(statement, {**row, "state": Decision.OPEN}).first() is None:
        return False
    fact = events.ThingReported(reported_id=subject.id, ground=ground)
    record(session, fact, actor=actor, subject_id=subject.id, now=now, private={"words": words})
    return True


def dismiss_reports(session: Session, actor: Actor, subject: Subject, *, now: datetime) -> None:
    """Nothing is wrong with the thing: its open reports are closed."""
    ensure(may_moderate(actor))
    if _close_reports(session, subject, Decision.DISMISSED, now):
        _step(session, actor, subject, "dismissed", events.ReportsDismissed(reported_id=subject.id), now)


def hide_thing(session: Session, actor: Actor, subject: Subject, *, ground: Ground, reason: str, now: datetime) -> None:
    """Take a thing out of sight with a reason that stands in its place; its open reports are upheld."""
    ensure(may_hide(actor, subject))
    subject.hidden_at, subject.hidden_reason = now, reason
    _close_reports(session, subject, Decision.UPHELD, now)
    fact = events.ThingHidden(hidden_id=subject.id, ground=ground)
    _step(session, actor, subject, "hidden", fact, now, ground=ground, reason=reason)
    mark_for_indexing(session, subject.id, now)


def restore_thing(session: Session, actor: Actor, subject: Subject, *, note: str, now: datetime) -> None:
    """Show a hidden thing again; an open appeal is thereby granted."""
    ensure(may_restore(actor, subject))
    subject.hidden_at, subject.hidden_reason = None, ""
    _decide_appeal(session, subject, Decision.UPHELD, note, now)
    _step(session, actor, subject, "restored", events.ThingRestored(restored_id=subject.id), now)
    mark_for_indexing(session, subject.id, now)


def appeal(session: Session, actor: Actor, subject: Subject, *, words: str, now: datetime) -> None:
    """Ask to have one's hidden thing shown again."""
    ensure(may_appeal(actor, subject))
    ensure(
        require(open_appeal(session, subject.id) is None, N_("You have already asked. The secretariat will answer."))
    )
    session.add(Appeal(subject_id=subject.id, author_id=actor.id, text=words, at=now))
    session.flush()
    _step(session, actor, subject, "appealed", events.HidingAppealed(appealed_id=subject.id), now)


def reject_appeal(session: Session, actor: Actor, subject: Subject, *, note: str, now: datetime) -> None:
    """The thing stays hidden; the author is told why."""
    ensure(may_restore(actor, subject))
    ensure(require(_decide_appeal(session, subject, Decision.DISMISSED, note, now), N_("There is no open appeal.")))
    _step(session, actor, subject, "appeal_rejected", events.AppealRejected(appealed_id=subject.id), now)


def open_appeal(session: Session, subject_id: int) -> Appeal | None:
    wanted = select(Appeal).where(Appeal.subject_id == subject_id, Appeal.state == Decision.OPEN)
    return session.scalars(wanted).first()


def _decide_appeal(session: Session, subject: Subject, decision: Decision, note: str, now: datetime) -> bool:
    found = open_appeal(session, subject.id)
    if found is None:
        return False
    found.state, found.note, found.decided_at = decision, note, now
    return True


def _close_reports(session: Session, subject: Subject, decision: Decision, now: datetime) -> bool:
    closed = session.execute(
        update(Report)
        .where(Report.subject_id == subject.id, Report.state == Decision.OPEN)
        .values(state=decision, decided_at=now)
        .returning(Report.id)
        .execution_options(synchronize_session=False)
    )
    return bool(closed.all())


def _step(
    session: Session,
    actor: Actor,
    subject: Subject,
    step: str,
    fact: Fact,
    now: datetime,
    *,
    ground: str = "",
    reason: str = "",
) -> None:
    session.add(ModerationStep(subject_id=subject.id, kind=subject.kind, step=step, ground=ground, at=now))
    private = {"reason": reason} if reason else None
    record(session, fact, actor=actor, subject_id=subject.id, now=now, private=private)
