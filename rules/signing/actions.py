"""Acknowledging article by article, signing, and setting how long a renewal may take."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.component import Registry
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.organisations.actions import found_organisation
from participation.organisations.queries import organisation_by_slug
from participation.policy import N_, Actor, ensure
from participation.web.errors import Conflict, NotFound
from rules.documents.models import Document, Version
from rules.signing.cases import SigningCase, signing_case
from rules.signing.events import RenewalTermSet, RuleSigned
from rules.signing.evidence import Declaration, Means, evidence_text, hash_of, seal
from rules.signing.models import Acknowledgement, RenewalTerm, Signature
from rules.signing.policy import may_acknowledge, may_set_term, may_sign
from rules.signing.validity import Term

OTHER_TEXT = N_(
    "The text that you read is not the one that is in force (its SHA-256 differs). Please read the present one and sign"
    " it."
)
MISSING = N_("Please confirm every article first. Still open: %(articles)s")
CODE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is taken for something else on paper
CODE_LENGTH = 16  # 80 bits


def find_case(
    session: Session, actor: Actor, slug: str, organisation: str, registry: Registry, now: datetime,
    number: int | None = None, *, lock: bool = False,
) -> SigningCase:  # fmt: skip
    """The organisation (by its address) before a rule; `lock` for whoever will sign.

    Raises:
        NotFound: no such organisation, rule or version.
    """
    found = organisation_by_slug(session, organisation)
    if found is not None and lock:
        found = found_organisation(session, found.id)
    case = signing_case(session, actor, slug, found, registry, now, number) if found else None
    if case is None:
        raise NotFound
    return case


def acknowledge(session: Session, actor: Actor, case: SigningCase, keys: Sequence[str], *, now: datetime) -> None:
    """Keep that this person read these articles and agrees; twice changes nothing.

    Raises:
        NotFound: the version has no such article.
    """
    ensure(may_acknowledge(actor, case))
    if not set(keys) <= set(case.keys):
        raise NotFound
    same = {"version_id": case.version.id, "organisation_id": case.organisation_id, "account_id": actor.id, "at": now}
    for key in keys:
        row = insert_ignore(Acknowledgement, dialect_name(session)).values(section_key=key, **same)
        session.execute(row)


def take_back(session: Session, actor: Actor, case: SigningCase, key: str) -> None:
    """Undo an acknowledgement, as long as the organisation has not signed."""
    ensure(may_acknowledge(actor, case))
    if case.signature is not None:
        raise Conflict(N_("This version is signed; what was confirmed for it stays on record."))
    session.execute(
        delete(Acknowledgement).where(
            Acknowledgement.version_id == case.version.id,
            Acknowledgement.organisation_id == case.organisation_id,
            Acknowledgement.account_id == actor.id,
            Acknowledgement.section_key == key,
        )
    )


def sign(
    session: Session,
    actor: Actor,
    case: SigningCase,
    said: Declaration,
    means: Means,
    *,
    sha256: str,
    secret: bytes,
    now: datetime,
) -> tuple[Signature, bool]:
    """Bind the organisation to this version; returns the signature and whether it is new: a second one of the same
    version is the same signature. `case` was found with its organisation locked.

    Raises:
        Refused: see `may_sign`. Conflict: another text was read, or an article is not acknowledged yet.
    """
    ensure(may_sign(actor, case))
    if sha256 != case.version.sha256:
        raise Conflict(OTHER_TEXT)
    if case.signature is not None:
        return case.signature, False
    if case.pending:
        raise Conflict(MISSING, articles=", ".join(case.pending))
    row = _signed(session, actor, case, said, evidence_text(session, actor, case, said, means, now), now)
    row.seal = seal(secret, row.evidence)
    session.add(row)
    session.flush()
    return row, True


def _signed(
    session: Session, actor: Actor, case: SigningCase, said: Declaration, evidence: str, now: datetime
) -> Signature:
    """The row, with the log entry that holds its hashes."""
    about = {"organisation_id": case.organisation_id, "document_id": case.document.id, "version_id": case.version.id}
    text = {"sha256": case.version.sha256 or "", "evidence_sha256": hash_of(evidence)}
    fact = RuleSigned(**about, number=case.version.number, **text)
    uid = record(session, fact, actor=actor, subject_id=case.organisation_id, now=now)
    return Signature(
        code="".join(secrets.choice(CODE) for _ in range(CODE_LENGTH)),
        organisation_id=case.organisation_id,
        version_id=case.version.id,
        signatory_id=actor.id,
        name=said.name,
        title=said.title,
        authority=said.authority,
        statement=said.sentence,
        locale=said.locale,
        articles=list(case.keys),
        signed_at=now,
        evidence=evidence,
        event_uid=uid,
        **text,
    )


def set_term(session: Session, actor: Actor, document: Document, version: Version, days: int, *, now: datetime) -> None:
    """How many days members have to sign this version once it is in force; before that day only."""
    begun = version.in_force_from is not None and Term(version.id, 0, version.in_force_from, days).from_ <= now
    ensure(may_set_term(actor, begun))
    row = session.get(RenewalTerm, version.id) or RenewalTerm(version_id=version.id)
    row.days = days
    session.add(row)
    fact = RenewalTermSet(document_id=document.id, version_id=version.id, days=days)
    record(session, fact, actor=actor, subject_id=document.id, now=now)
