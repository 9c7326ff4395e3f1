"""Organisations are entered and changed; people are asked to act for them, agree, and go again."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.accounts.actions import find_account, grant_within, revoke_within
from participation.accounts.models import Account
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.mail import send_mail
from participation.organisations.events import (
    MandateEnded,
    MandateGranted,
    MandateOffered,
    OrganisationChanged,
    OrganisationEntered,
)
from participation.organisations.models import Mandate, MandateInvitation, MandateRole, Organisation
from participation.organisations.policy import (
    SCOPE,
    may_change_organisation,
    may_end_mandate,
    may_invite_for,
)
from participation.organisations.queries import count_representatives, is_public, organisation_by_slug
from participation.policy import N_, Actor, ensure, require, signed_in
from participation.search.actions import mark_for_indexing
from participation.signed import seal, unseal
from participation.subjects import Subject, create_subject
from participation.web.errors import Conflict, NotFound

TEXTS = ("name", "kind", "corporate_number", "address", "website", "description")
TAKEN = N_("An organisation with this corporate number is here already.")
GONE = N_("This invitation was answered, was taken back, or is too old. Please ask for another one.")
LIFE = timedelta(days=14)
LABEL = "mandate-invitation"
RESERVED = ("apply", "by-id")


def enter_organisation(session: Session, actor: Actor, values: Mapping[str, Any], *, now: datetime) -> Organisation:
    """A new organisation, not public yet; whoever enters it is its first representative. `values` by name of TEXTS.

    Raises:
        Conflict: another one has this corporate number.
    """
    ensure(signed_in(actor))
    subject = create_subject(session, "organisation", title=values["name"].to("ja"), author_id=actor.id, now=now)
    row = {name: values[name] for name in TEXTS}
    row |= {"id": subject.id, "slug": _free_slug(session, row), "created_at": now, "updated_at": now}
    inserting = insert_ignore(Organisation, dialect_name(session)).values(**row).returning(Organisation.id)
    if session.execute(inserting).first() is None:
        raise Conflict(TAKEN)
    number = row["corporate_number"] or ""
    fact = OrganisationEntered(organisation_id=subject.id, kind=row["kind"], corporate_number=number)
    record(session, fact, actor=actor, subject_id=subject.id, private={"name": dict(row["name"])}, now=now)
    appoint(session, actor, subject.id, actor.id or 0, MandateRole.REPRESENTATIVE, now=now)
    return found_organisation(session, subject.id)


def found_organisation(session: Session, organisation_id: int) -> Organisation:
    """The row, locked. Raises NotFound."""
    found = session.get(Organisation, organisation_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def change_organisation(
    session: Session, actor: Actor, organisation_id: int, values: Mapping[str, Any], *, now: datetime
) -> None:
    """Bring what it says of itself to `values`; names that are not there stay as they are."""
    ensure(may_change_organisation(actor, organisation_id))
    found = found_organisation(session, organisation_id)
    changed = [name for name in TEXTS if name in values and getattr(found, name) != values[name]]
    if not changed:
        return
    for name in changed:
        setattr(found, name, values[name])
    found.updated_at = now
    session.execute(update(Subject).where(Subject.id == organisation_id).values(title=found.name.to("ja")))
    session.flush()
    mark_for_indexing(session, organisation_id, now)
    fact = OrganisationChanged(organisation_id=organisation_id, fields=",".join(changed))
    record(session, fact, actor=actor, subject_id=organisation_id, now=now)


def appoint(
    session: Session, actor: Actor, organisation_id: int, account_id: int, role: MandateRole, *, now: datetime
) -> None:
    """Give a mandate; twice changes nothing. Whoever calls has asked the policy."""
    row = {"organisation_id": organisation_id, "account_id": account_id, "role": role}
    row |= {"granted_by_id": actor.id, "granted_at": now}
    inserting = insert_ignore(Mandate, dialect_name(session)).values(**row).returning(Mandate.id)
    if session.execute(inserting).first() is None:
        return
    grant_within(session, account_id, role, SCOPE, organisation_id, actor=actor, now=now)
    account = find_account(session, account_id)
    fact = MandateGranted(organisation_id=organisation_id, account_ref=account.ref or "", role=role)
    record(session, fact, actor=actor, subject_id=organisation_id, now=now)


def end_mandate(session: Session, actor: Actor, organisation_id: int, mandate_id: int, *, now: datetime) -> None:
    """From now on this person does not act for it in this role; that they did stays on record."""
    mandate = session.get(Mandate, mandate_id, with_for_update=True)
    if mandate is None or mandate.organisation_id != organisation_id or mandate.ended_at is not None:
        raise NotFound
    last = count_representatives(session, organisation_id) == 1
    ensure(may_end_mandate(actor, organisation_id, mandate.account_id, mandate.role, last))
    _end(session, mandate, actor, now)


def _end(session: Session, mandate: Mandate, actor: Actor | None, now: datetime) -> None:
    mandate.ended_at, mandate.ended_by_id = now, actor.id if actor else None
    revoke_within(session, mandate.account_id, mandate.role, SCOPE, mandate.organisation_id, actor=actor, now=now)
    account = find_account(session, mandate.account_id)
    fact = MandateEnded(organisation_id=mandate.organisation_id, account_ref=account.ref or "", role=mandate.role)
    record(session, fact, actor=actor, subject_id=mandate.organisation_id, now=now)


def invite(
    session: Session,
    actor: Actor,
    organisation_id: int,
    email: str,
    role: MandateRole,
    *,
    secret: bytes,
    base_url: str,
    locale: str,
    now: datetime,
) -> None:
    """Mail somebody a signed link by which they agree to act for the organisation; the earlier link for that ends."""
    ensure(may_invite_for(actor, organisation_id, is_public(session, organisation_id)))
    found = found_organisation(session, organisation_id)
    same = (MandateInvitation.organisation_id == organisation_id, MandateInvitation.email == email)
    session.execute(
        update(MandateInvitation)
        .where(*same, MandateInvitation.role == role, MandateInvitation.answered_at.is_(None))
        .values(answered_at=now, answer="withdrawn")
    )
    row = MandateInvitation(organisation_id=organisation_id, email=email, role=role, answer="", invited_at=now)
    row.invited_by_id = actor.id or 0
    session.add(row)
    session.flush()
    record(
        session,
        MandateOffered(organisation_id=organisation_id, role=role),
        actor=actor,
        subject_id=organisation_id,
        now=now,
    )
    language = session.scalar(select(Account.locale).where(Account.email == email)) or locale
    link = f"{base_url}/mandates/{seal(secret, LABEL, row.id, now)}"
    values = {"link": link, "organisation": found.name.to(language), "role": str(role), "who": actor.name}
    send_mail(session, email, "organisations/mail/invitation", values, language, now)


def invitation_of(
    session: Session, secret: bytes, token: str, now: datetime, *, lock: bool = False
) -> MandateInvitation:
    """The open invitation that a signed link names; `lock` it to answer it, which a page that only reads cannot.

    Raises:
        Conflict: it is not ours, too old, or was answered.
    """
    opened = unseal(secret, LABEL, token, now, LIFE)
    row = session.get(MandateInvitation, opened[0], with_for_update=lock) if opened else None
    if row is None or row.answered_at is not None:
        raise Conflict(GONE)
    return row


def answer_invitation(session: Session, actor: Actor, row: MandateInvitation, accept: bool, *, now: datetime) -> None:
    """Agree to act for the organisation, or not: whoever has the address that was written to, once it is confirmed."""
    ensure(
        signed_in(actor)
        & require(
            actor.email == row.email,
            N_("This invitation was sent to another address than that of your account."),
            kind="forbidden",
        )
    )
    row.answered_at, row.answer = now, "accepted" if accept else "declined"
    if accept:
        inviter = Actor(id=row.invited_by_id)
        appoint(session, inviter, row.organisation_id, actor.id or 0, MandateRole(row.role), now=now)


def withdraw_invitation(session: Session, actor: Actor, organisation_id: int, number: int, *, now: datetime) -> None:
    ensure(may_change_organisation(actor, organisation_id))
    row = session.get(MandateInvitation, number)
    if row is None or row.organisation_id != organisation_id or row.answered_at is not None:
        raise NotFound
    row.answered_at, row.answer = now, "withdrawn"


def end_mandates_of(session: Session, account_id: int, now: datetime) -> None:
    """Whoever leaves the platform acts for nobody any more."""
    for mandate in session.scalars(select(Mandate).where(Mandate.account_id == account_id, Mandate.ended_at.is_(None))):
        _end(session, mandate, None, now)


def _free_slug(session: Session, row: Mapping[str, Any]) -> str:
    """An address made of the English name, else of the corporate number; with a number behind it where it is taken."""
    words = re.sub(r"[^a-z0-9]+", "-", row["name"].get("en", "").lower()).strip("-")[:50].strip("-")
    start = words if words and words not in RESERVED else f"org-{row['corporate_number'] or 'new'}"
    slug, number = start, 1
    while organisation_by_slug(session, slug) is not None:
        number += 1
        slug = f"{start}-{number}"
    return slug
