"""Applying, reviewing, suspending, leaving: every step is a row with its reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from consortium.membership.events import MembershipApplied, MembershipDecided, MembershipLeft
from consortium.membership.models import ApplicationDraft, Membership, MembershipStep, Stage
from consortium.membership.policy import NEEDS_REASON, may_apply, may_apply_again, may_decide, may_leave
from participation.events import record
from participation.organisations.actions import TEXTS, change_organisation, enter_organisation, found_organisation
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject
from participation.web.errors import NotFound

PRIVATE = ("purpose", "contact")


def save_draft(session: Session, actor: Actor, fields: Mapping[str, str], *, now: datetime) -> None:
    """Keep what was typed of an application; it replaces what was kept before."""
    ensure(may_apply(actor))
    draft = session.get(ApplicationDraft, actor.id) or ApplicationDraft(account_id=actor.id)
    draft.fields, draft.saved_at = dict(fields), now
    session.add(draft)


def discard_draft(session: Session, actor: Actor) -> None:
    session.execute(delete(ApplicationDraft).where(ApplicationDraft.account_id == actor.id))


def apply(session: Session, actor: Actor, values: Mapping[str, Any], *, now: datetime) -> int:
    """Enter an organisation and ask for its membership; returns its id. `values`: those of the organisation, `purpose`
    and `contact`.

    Raises:
        Conflict: another organisation has this corporate number.
    """
    ensure(may_apply(actor))
    entered = enter_organisation(session, actor, values, now=now)
    session.add(Membership(organisation_id=entered.id, moved_at=now, **{name: values[name] for name in PRIVATE}))
    session.flush()
    discard_draft(session, actor)
    _step(session, actor, entered.id, Stage.APPLIED, "", now)
    record(session, MembershipApplied(organisation_id=entered.id), actor=actor, subject_id=entered.id, now=now)
    return entered.id


def apply_again(
    session: Session, actor: Actor, organisation_id: int, values: Mapping[str, Any], answer: str, *, now: datetime
) -> None:
    """Answer what was asked back, with what had to be corrected; or come back after having left."""
    member = found_membership(session, organisation_id)
    ensure(may_apply_again(actor, organisation_id, Stage(member.stage)))
    change_organisation(
        session, actor, organisation_id, {name: values[name] for name in TEXTS if name in values}, now=now
    )
    for name in PRIVATE:
        setattr(member, name, values[name])
    _step(session, actor, organisation_id, Stage.APPLIED, answer, now)
    fact = MembershipApplied(organisation_id=organisation_id)
    record(session, fact, actor=actor, subject_id=organisation_id, private={"answer": answer}, now=now)


def decide(session: Session, actor: Actor, organisation_id: int, to: Stage, reason: str, *, now: datetime) -> None:
    """Ask back, approve, refuse, suspend or reinstate. Asking, refusing and suspending need their reason.

    A refusal releases the corporate number, so that the organisation itself can apply if somebody else used its name.
    """
    member = found_membership(session, organisation_id)
    ensure(may_decide(actor, Stage(member.stage), to, organisation_id))
    ensure(require(bool(reason) or to not in NEEDS_REASON, N_("Please say why.")))
    if to == Stage.REFUSED:
        found_organisation(session, organisation_id).corporate_number = None
    _publish(session, organisation_id, to, now)
    step = _step(session, actor, organisation_id, to, reason, now)
    fact = MembershipDecided(organisation_id=organisation_id, to=to, step=step)
    record(session, fact, actor=actor, subject_id=organisation_id, private={"reason": reason}, now=now)


def leave(session: Session, actor: Actor, organisation_id: int, reason: str, *, now: datetime) -> None:
    """End the membership; what was signed stays in the register, and the way back is a new application."""
    member = found_membership(session, organisation_id)
    ensure(may_leave(actor, organisation_id, Stage(member.stage)))
    step = _step(session, actor, organisation_id, Stage.LEFT, reason, now)
    fact = MembershipLeft(organisation_id=organisation_id, step=step)
    record(session, fact, actor=actor, subject_id=organisation_id, private={"reason": reason}, now=now)


def found_membership(session: Session, organisation_id: int) -> Membership:
    """The row, locked. Raises NotFound."""
    member = session.get(Membership, organisation_id, with_for_update=True, populate_existing=True)
    if member is None:
        raise NotFound
    return member


def _publish(session: Session, organisation_id: int, to: Stage, now: datetime) -> None:
    """From its first approval on, an organisation is public."""
    if to == Stage.APPROVED:
        unseen = (Subject.id == organisation_id, Subject.published_at.is_(None))
        session.execute(update(Subject).where(*unseen).values(published_at=now))
        mark_for_indexing(session, organisation_id, now)


def _step(session: Session, actor: Actor, organisation_id: int, to: Stage, reason: str, now: datetime) -> int:
    """Move it, and keep who did so and why; returns the number of that row."""
    moved = update(Membership).where(Membership.organisation_id == organisation_id).values(stage=to, moved_at=now)
    session.execute(moved)
    row = MembershipStep(organisation_id=organisation_id, to_stage=to, reason=reason, actor_id=actor.id, at=now)
    session.add(row)
    session.flush()
    return row.id
