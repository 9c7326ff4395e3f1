"""Services are entered, purposes written and published; people give consents and withdraw them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.consents.events import (
    ConsentGiven,
    ConsentServiceEntered,
    ConsentWithdrawn,
    PurposePublished,
    PurposeRetired,
    PurposeReturned,
    PurposeSubmitted,
)
from participation.consents.models import (
    UNPUBLISHED,
    ConsentEvent,
    ConsentPurpose,
    ConsentService,
    EventKind,
    PurposeVersion,
    VersionState,
    Way,
)
from participation.consents.pairwise import new_code, subject_of
from participation.consents.policy import may_decide_own, may_manage, may_move_version, may_write_version
from participation.consents.queries import last_event, published_version, purpose_by_key
from participation.consents.wording import WORDS, hash_of, text_of
from participation.db import dialect_name, insert_ignore
from participation.events import Fact, record
from participation.policy import N_, Actor, ensure
from participation.web.errors import Conflict, NotFound

TAKEN = N_("This address is taken already. Please choose another one.")
OTHER_WORDS = N_("The words of this purpose have changed since you opened the page. Please read the present ones.")
NOT_ASKED = N_("Nobody asks for this at present, so there is nothing to agree to.")
THERE = N_("A draft of this purpose is there already.")


def enter_service(session: Session, actor: Actor, values: Mapping[str, Any], *, now: datetime) -> ConsentService:
    """A service that will ask for data; `values`: key, controller_id, name.

    Raises:
        Conflict: the key is taken.
    """
    ensure(may_manage(actor, values["controller_id"]))
    row = {**values, "last_number": 0, "created_at": now}
    inserting = insert_ignore(ConsentService, dialect_name(session)).values(**row).returning(ConsentService.id)
    made = session.execute(inserting).first()
    if made is None:
        raise Conflict(TAKEN)
    fact = ConsentServiceEntered(service_id=made.id, organisation_id=values["controller_id"])
    record(session, fact, actor=actor, subject_id=values["controller_id"], now=now)
    return session.get_one(ConsentService, made.id)


def draft_purpose(
    session: Session, actor: Actor, service: ConsentService, key: str, words: Mapping[str, Any], *, now: datetime
) -> PurposeVersion:
    """A new purpose with its first draft; `words` by the names of WORDS.

    Raises:
        Conflict: the key is taken.
    """
    ensure(may_manage(actor, service.controller_id))
    row = {"key": key, "service_id": service.id, "created_at": now}
    inserting = insert_ignore(ConsentPurpose, dialect_name(session)).values(**row).returning(ConsentPurpose.id)
    made = session.execute(inserting).first()
    if made is None:
        raise Conflict(TAKEN)
    return _draft(session, made.id, 1, words, now)


def draft_version(session: Session, actor: Actor, purpose: ConsentPurpose, *, now: datetime) -> PurposeVersion:
    """The next version of a purpose, as a draft that begins with the words of the latest one.

    Raises:
        Conflict: there is a draft already.
    """
    service = _hold(session, purpose.service_id)
    ensure(may_manage(actor, service.controller_id))
    latest = session.scalars(
        select(PurposeVersion)
        .where(PurposeVersion.purpose_id == purpose.id)
        .order_by(PurposeVersion.number.desc())
        .limit(1)
    ).one()
    if latest.state in UNPUBLISHED:
        raise Conflict(THERE)
    words = {name: getattr(latest, name) for name in WORDS}
    return _draft(session, purpose.id, latest.number + 1, words, now)


def _draft(session: Session, purpose_id: int, number: int, words: Mapping[str, Any], now: datetime) -> PurposeVersion:
    said = {name: words[name] for name in WORDS}
    version = PurposeVersion(purpose_id=purpose_id, number=number, updated_at=now, **said)
    session.add(version)
    session.flush()
    return version


def change_words(
    session: Session, actor: Actor, version: PurposeVersion, words: Mapping[str, Any], *, now: datetime
) -> None:
    """Bring a draft to `words`."""
    purpose = session.get_one(ConsentPurpose, version.purpose_id)
    service = _hold(session, purpose.service_id)
    session.refresh(version)
    ensure(may_write_version(actor, service.controller_id, VersionState(version.state)))
    for name in WORDS:
        setattr(version, name, words[name])
    version.updated_at = now
    session.flush()


def move_version(
    session: Session, actor: Actor, version: PurposeVersion, to: VersionState, note: str = "", *, now: datetime
) -> None:
    """Hand in, return (with a `note`), publish or retire. A published version retires the one before it, and from that
    moment on every consent to the earlier one counts as off."""
    purpose = session.get_one(ConsentPurpose, version.purpose_id)
    service = _hold(session, purpose.service_id)
    session.refresh(version)
    ensure(may_move_version(actor, service.controller_id, VersionState(version.state), to))
    ids = {"purpose_id": purpose.id, "version_id": version.id}
    if to == VersionState.PUBLISHED:
        _publish(session, actor, service, purpose, version, now)
    elif to == VersionState.RETIRED:
        version.state, version.retired_at = to, now
        uid = _note(session, actor, PurposeRetired(**ids), service, now)
        _event(session, service, version, EventKind.RETIRED, new_code(), uid, now)
    else:
        version.state, version.updated_at = to, now
        version.note = note if to == VersionState.DRAFT else ""
        fact = PurposeReturned(**ids) if to == VersionState.DRAFT else PurposeSubmitted(**ids)
        _note(session, actor, fact, service, now)
    session.flush()


def _publish(
    session: Session, actor: Actor, service: ConsentService, purpose: ConsentPurpose, version: PurposeVersion,
    now: datetime,
) -> None:  # fmt: skip
    earlier = published_version(session, purpose.id)
    if earlier is not None:
        earlier.state, earlier.retired_at = VersionState.RETIRED, now
        session.flush()
    version.sha256 = hash_of(text_of(service, purpose, version))
    version.state, version.published_at, version.note = VersionState.PUBLISHED, now, ""
    about = {"purpose_id": purpose.id, "version_id": version.id, "number": version.number}
    uid = _note(session, actor, PurposePublished(**about, sha256=version.sha256), service, now)
    _event(session, service, version, EventKind.CHANGED, new_code(), uid, now)


def grant(
    session: Session, actor: Actor, key: str, *, secret: bytes, way: Way, now: datetime, number: int | None = None
) -> ConsentEvent:
    """Agree to the published words of a purpose; what is agreed to already stays one consent. `number` is that of the
    version that was read.

    Raises:
        NotFound: no such purpose. Conflict: it is not asked at present, or other words were read.
    """
    service, version = _asked(session, actor, key)
    if version is None:
        raise Conflict(NOT_ASKED)
    if number not in (None, version.number):
        raise Conflict(OTHER_WORDS)
    last = last_event(session, actor.id or 0, version.purpose_id)
    if last is not None and last.kind == EventKind.GRANTED and last.version_id == version.id:
        return last
    code = new_code()
    uid = _note_private(session, actor, ConsentGiven(consent=code), version, now)
    person = {"account_id": actor.id, "subject": subject_of(secret, service.id, actor.ref or "")}
    return _event(session, service, version, EventKind.GRANTED, code, uid, now, way=way, locale=actor.locale, **person)


def withdraw(session: Session, actor: Actor, key: str, *, way: Way, now: datetime) -> ConsentEvent | None:
    """Take a consent back, or say no to changed words; None where there was nothing to take back.

    Raises:
        NotFound: no such purpose.
    """
    service, version = _asked(session, actor, key)
    last = last_event(session, actor.id or 0, purpose_by_key(session, key).id)
    if last is None or last.kind != EventKind.GRANTED:
        return None
    code, said_to = new_code(), version or session.get_one(PurposeVersion, last.version_id)
    uid = _note_private(session, actor, ConsentWithdrawn(consent=code), said_to, now)
    person = {"account_id": actor.id, "subject": last.subject}
    return _event(
        session, service, said_to, EventKind.WITHDRAWN, code, uid, now, way=way, locale=actor.locale, **person
    )


def _asked(session: Session, actor: Actor, key: str) -> tuple[ConsentService, PurposeVersion | None]:
    """The service, held, and the version that is published now."""
    ensure(may_decide_own(actor))
    purpose = purpose_by_key(session, key)
    service = _hold(session, purpose.service_id)
    return service, published_version(session, purpose.id)


def _hold(session: Session, service_id: int) -> ConsentService:
    """The row, locked: who comes at the same time waits here, and then sees what the other one did."""
    found = session.get(ConsentService, service_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def _note(session: Session, actor: Actor, fact: Fact, service: ConsentService, now: datetime) -> str:
    return record(session, fact, actor=actor, subject_id=service.controller_id, now=now)


def _note_private(session: Session, actor: Actor, fact: Fact, version: PurposeVersion, now: datetime) -> str:
    """The entry commits to the words without telling which they are."""
    private = {"purpose": version.purpose_id, "version": version.number, "sha256": version.sha256}
    return record(session, fact, actor=actor, private=private, now=now)


def _event(
    session: Session, service: ConsentService, version: PurposeVersion, kind: EventKind, code: str, uid: str,
    now: datetime, **person: Any,
) -> ConsentEvent:  # fmt: skip
    service.last_number += 1
    event = ConsentEvent(
        service_id=service.id,
        number=service.last_number,
        kind=kind,
        purpose_id=version.purpose_id,
        version_id=version.id,
        at=now,
        sha256=version.sha256,
        code=code,
        event_uid=uid,
        **person,
    )
    session.add(event)
    session.flush()
    return event
