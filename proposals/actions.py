"""What authors do with their proposals: begin, save, publish, edit, withdraw, discard."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.events import record
from participation.policy import Actor, Verdict, ensure
from participation.search.actions import mark_for_indexing
from participation.spaces.queries import open_features
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound
from proposals.events import ProposalEdited, ProposalPublished, ProposalWithdrawn
from proposals.models import Picture, Proposal, ProposalAuthor, ProposalVersion, State
from proposals.policy import Standing, may_edit, may_propose, may_publish, may_read, may_save_draft, may_withdraw
from proposals.queries import standing

COLUMNS = ("body", "category_id", "area_id", "lat", "lng")


def create_draft(
    session: Session, actor: Actor, process_id: int, values: Mapping[str, Any], *, locale: str, now: datetime
) -> int:
    """A new draft that only its author sees; returns its id. `values` by column, all of them optional."""
    ensure(may_propose(actor, open_features(session, process_id, now)))
    subject = create_subject(
        session,
        "proposal",
        title=values.get("title", ""),
        space_id=process_id,
        author_id=actor.id,
        locale=locale,
        now=now,
    )
    draft = Proposal(id=subject.id, process_id=process_id, state=State.DRAFT, updated_at=now)
    _write(draft, values)
    session.add(draft)
    session.flush()
    return subject.id


def save_draft(session: Session, actor: Actor, proposal_id: int, values: Mapping[str, Any], *, now: datetime) -> None:
    """Keep what was typed so far; columns that are not in `values` stay as they are."""
    proposal, subject = _locked(session, actor, proposal_id, may_save_draft, now)
    subject.title = values.get("title", subject.title)
    proposal.updated_at = now
    _write(proposal, values)
    session.flush()


def illustrate(session: Session, proposal_id: int, name: str, width: int, height: int, alt: str) -> None:
    """Put a picture that is kept already on a draft; part of making it of something else, which asks the policy."""
    session.add(Picture(proposal_id=proposal_id, name=name, width=width, height=height, alt=alt[:200], position=0))
    session.flush()


def discard_draft(session: Session, actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Delete a draft for good, its pictures and invitations too."""
    _locked(session, actor, proposal_id, may_save_draft, now)
    delete_draft(session, proposal_id)


def delete_draft(session: Session, proposal_id: int) -> None:
    """The rows of a draft; whoever calls has made sure that it is one, and whose."""
    for model in (Picture, ProposalAuthor):
        session.execute(delete(model).where(model.proposal_id == proposal_id))
    session.execute(delete(Proposal).where(Proposal.id == proposal_id))
    session.execute(delete(Subject).where(Subject.id == proposal_id))


def publish(session: Session, actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Make a draft public as version 1."""
    proposal, subject = _locked(session, actor, proposal_id, may_publish, now)
    proposal.state, proposal.version = State.PUBLISHED, 1
    proposal.published_at = subject.published_at = proposal.updated_at = now
    proposal.party = "city" if actor.has("secretariat") else "citizen"
    _add_version(session, proposal, subject, actor.id, "", now)
    record(
        session,
        ProposalPublished(proposal_id=proposal_id, process_id=proposal.process_id),
        actor=actor,
        subject_id=proposal_id,
        private={"title": subject.title, "body": proposal.body},
        now=now,
    )


def edit(
    session: Session, actor: Actor, proposal_id: int, values: Mapping[str, Any], *, reason: str, now: datetime
) -> int:
    """A new version of a published text; returns its number. Every earlier one stays."""
    proposal, subject = _locked(session, actor, proposal_id, may_edit, now)
    subject.title = values.get("title", subject.title)
    _write(proposal, values)
    add_version(session, proposal, subject, actor, reason, now)
    return proposal.version


def add_version(
    session: Session,
    proposal: Proposal,
    subject: Subject,
    actor: Actor,
    reason: str,
    now: datetime,
    *,
    words_of: int | None = None,
) -> None:
    """Keep the text as it now stands as the next version; for whatever changes a text: an edit, an amendment.

    `words_of` is whose words these are where `actor` only accepted them.
    """
    proposal.version += 1
    proposal.updated_at = now
    _add_version(session, proposal, subject, words_of or actor.id, reason, now)
    record(
        session,
        ProposalEdited(proposal_id=proposal.id, version=proposal.version),
        actor=actor,
        subject_id=proposal.id,
        private={"title": subject.title, "body": proposal.body, "reason": reason},
        now=now,
    )


def withdraw(session: Session, actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Take a published proposal back while nobody but its authors supports it. It stays readable as withdrawn."""
    proposal, _ = _locked(session, actor, proposal_id, may_withdraw, now)
    proposal.state, proposal.updated_at = State.WITHDRAWN, now
    session.flush()
    mark_for_indexing(session, proposal_id, now)
    record(session, ProposalWithdrawn(proposal_id=proposal_id), actor=actor, subject_id=proposal_id, now=now)


def _locked(
    session: Session, actor: Actor, proposal_id: int, may: Callable[[Actor, Standing], Verdict], now: datetime
) -> tuple[Proposal, Subject]:
    case = standing(session, proposal_id, now, lock=True)
    if case is None or not may_read(actor, case):
        raise NotFound
    ensure(may(actor, case))
    proposal = session.get(Proposal, proposal_id, populate_existing=True)
    subject = session.get(Subject, proposal_id, populate_existing=True)
    assert proposal is not None and subject is not None  # the standing was read from both rows
    return proposal, subject


def _write(proposal: Proposal, values: Mapping[str, Any]) -> None:
    for name in COLUMNS:
        if name in values:
            setattr(proposal, name, values[name])


def _add_version(
    session: Session, proposal: Proposal, subject: Subject, editor_id: int | None, reason: str, now: datetime
) -> None:
    session.add(
        ProposalVersion(
            proposal_id=proposal.id,
            number=proposal.version,
            title=subject.title,
            body=proposal.body,
            editor_id=editor_id,
            reason=reason,
            at=now,
        )
    )
    session.flush()
    mark_for_indexing(session, proposal.id, now)
