"""Drafting, posting and ending challenges. Each: ensure, change, record."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from consortium.challenges.events import ChallengeChanged, ChallengeDrafted, ChallengeMoved
from consortium.challenges.models import Challenge, ChallengeState, ChallengeStep
from consortium.challenges.policy import (
    COORDINATOR,
    may_change_challenge,
    may_move_challenge,
    may_name_coordinators,
    may_post_for,
    may_write,
    now_in,
)
from consortium.services.queries import acting_of
from participation.accounts.actions import grant_within, revoke_within
from participation.db import Localized
from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound
from participation.web.i18n import ZONE


CHANGEABLE = ("title", "background", "wanted", "category_id", "area_id", "closes_on")
EARLIER = N_("Members rely on the last day that was posted. It can be put off, but not brought forward.")


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a challenge says."""

    organisation_id: int | None
    title: Localized
    background: Localized
    wanted: Localized
    category_id: int | None
    area_id: int | None
    closes_on: date


def draft_challenge(
    session: Session, actor: Actor, organisation_id: int | None, typed: dict[str, str], *, now: datetime
) -> Challenge:
    """A draft that those who post it go on writing; `typed` is the form as it stands."""
    ensure(may_post_for(actor, acting_of(session, actor, now), organisation_id))
    subject = create_subject(session, "challenge", title=typed.get("title_ja", ""), author_id=actor.id, now=now)
    row = Challenge(id=subject.id, organisation_id=organisation_id, typed=typed, created_at=now, updated_at=now)
    row.state = ChallengeState.DRAFT
    session.add(row)
    session.flush()
    record(session, ChallengeDrafted(challenge_id=row.id), actor=actor, subject_id=row.id, now=now)
    return row


def save_challenge(session: Session, actor: Actor, challenge_id: int, typed: dict[str, str], *, now: datetime) -> None:
    """Keep what was typed so far."""
    row = found_challenge(session, challenge_id)
    ensure(may_write(actor, row.organisation_id, ChallengeState(row.state)))
    row.typed, row.updated_at = typed, now
    session.execute(update(Subject).where(Subject.id == row.id).values(title=typed.get("title_ja", "")))


def post_challenge(session: Session, actor: Actor, challenge_id: int, said: Description, *, now: datetime) -> None:
    """Let everybody read it, and members answer it until the end of its last day."""
    row = found_challenge(session, challenge_id)
    ensure(may_write(actor, row.organisation_id, ChallengeState(row.state)))
    ensure(may_post_for(actor, acting_of(session, actor, now), said.organisation_id))
    ensure(require(said.closes_on > now.astimezone(ZONE).date(), N_("Please give members at least one day.")))
    for each in fields(said):
        setattr(row, each.name, getattr(said, each.name))
    row.typed = {}
    values = {"title": said.title.to("ja"), "published_at": now}
    session.execute(update(Subject).where(Subject.id == row.id).values(values))
    move(session, actor, row, ChallengeState.OPEN, "", now)


def change_challenge(
    session: Session, actor: Actor, challenge_id: int, said: Description, reason: str, *, now: datetime
) -> bool:
    """Bring what was posted to `said`, in the open: the reason and what stood there are kept beside it. Who posts it
    stays, and its last day may only be put off. Whether anything was different."""
    row = found_challenge(session, challenge_id)
    state = now_in(ChallengeState(row.state), row.closes_on, now)
    ensure(may_change_challenge(actor, row.organisation_id, state))
    ensure(require(bool(reason), N_("Please say what you changed and why.")))
    last = row.closes_on
    ensure(require(last is None or said.closes_on >= last, EARLIER))
    before = {}
    for name in CHANGEABLE:
        new, old = getattr(said, name), getattr(row, name)
        if new != old:
            before[name] = old.isoformat() if isinstance(old, date) else old
            setattr(row, name, new)
    if not before:
        return False
    session.execute(update(Subject).where(Subject.id == row.id).values(title=said.title.to("ja")))
    row.updated_at = now
    step = ChallengeStep(challenge_id=row.id, to_state=state, reason=reason, before=before, actor_id=actor.id, at=now)
    session.add(step)
    session.flush()
    mark_for_indexing(session, row.id, now)
    fact = ChallengeChanged(challenge_id=row.id, fields=",".join(sorted(before)), step=step.id)
    record(session, fact, actor=actor, subject_id=row.id, private={"reason": reason}, now=now)
    return True


def move_challenge(
    session: Session, actor: Actor, challenge_id: int, to: ChallengeState, reason: str = "", *, now: datetime
) -> None:
    """Take no more sheets before the deadline, or withdraw it with the reason, which everybody reads."""
    row = found_challenge(session, challenge_id)
    state = now_in(ChallengeState(row.state), row.closes_on, now)
    ensure(may_move_challenge(actor, row.organisation_id, state, to))
    ensure(require(to != ChallengeState.OPEN, N_("Fill in the form to post the challenge.")))
    ensure(require(bool(reason) or to != ChallengeState.WITHDRAWN, N_("Please say why.")))
    move(session, actor, row, to, reason, now)


def close_challenge(session: Session, challenge_id: int, *, now: datetime) -> bool:
    """What the worker does after the deadline; whether there was something to do."""
    row = found_challenge(session, challenge_id)
    over = now_in(ChallengeState(row.state), row.closes_on, now) != row.state
    if over:
        move(session, None, row, ChallengeState.CLOSED, "", now)
    return over


def move(
    session: Session, actor: Actor | None, row: Challenge, to: ChallengeState, reason: str, now: datetime
) -> None:
    """Bring it into a state; whoever calls this has asked the policy."""
    row.state, row.updated_at = to, now
    step = ChallengeStep(challenge_id=row.id, to_state=to, reason=reason, at=now)
    step.actor_id = actor.id if actor else None
    session.add(step)
    session.flush()
    mark_for_indexing(session, row.id, now)
    fact = ChallengeMoved(challenge_id=row.id, to=to, step=step.id)
    record(session, fact, actor=actor, subject_id=row.id, private={"reason": reason}, now=now)


def name_coordinator(session: Session, actor: Actor, account_id: int, *, now: datetime) -> None:
    """Let somebody match sheets; twice changes nothing."""
    ensure(may_name_coordinators(actor))
    grant_within(session, account_id, *COORDINATOR, actor=actor, now=now)


def dismiss_coordinator(session: Session, actor: Actor, account_id: int, *, now: datetime) -> None:
    ensure(may_name_coordinators(actor))
    revoke_within(session, account_id, *COORDINATOR, actor=actor, now=now)


def found_challenge(session: Session, challenge_id: int) -> Challenge:
    """The row, locked. Raises NotFound."""
    row = session.get(Challenge, challenge_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row
