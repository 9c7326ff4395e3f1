"""What the consent centre knows of a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.accounts.sessions import actor_of_account
from participation.consents.actions import withdraw
from participation.consents.models import (
    ConsentEvent,
    ConsentPurpose,
    ConsentService,
    EventKind,
    LinkCode,
    PurposeVersion,
    Way,
)
from participation.portability import as_plain

SAID = (
    select(
        ConsentPurpose.key.label("purpose"),
        PurposeVersion.number.label("version"),
        ConsentService.key.label("service"),
        ConsentEvent.kind,
        ConsentEvent.at,
        ConsentEvent.way,
        ConsentEvent.locale,
        ConsentEvent.subject,
        ConsentEvent.sha256,
        ConsentEvent.code.label("receipt"),
        ConsentEvent.event_uid,
    )
    .join(ConsentPurpose, ConsentPurpose.id == ConsentEvent.purpose_id)
    .join(PurposeVersion, PurposeVersion.id == ConsentEvent.version_id)
    .join(ConsentService, ConsentService.id == ConsentEvent.service_id)
    .order_by(ConsentEvent.id)
)


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    return {"consents": as_plain(session, SAID.where(ConsentEvent.account_id == account_id))}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """Every consent is withdrawn, so that the services hear of it. That it was given stays, as the proof that the use
    until now was lawful (GDPR art. 7(1), 17(3)(e)); the account that it points to holds no name any more."""
    session.execute(delete(LinkCode).where(LinkCode.account_id == account_id))
    actor = actor_of_account(session, account_id)
    given = (ConsentEvent.account_id == account_id, ConsentEvent.kind == EventKind.GRANTED)
    keys = select(ConsentPurpose.key).join(ConsentEvent, ConsentEvent.purpose_id == ConsentPurpose.id).where(*given)
    for key in session.scalars(keys.distinct().order_by(ConsentPurpose.key)).all():
        withdraw(session, actor, key, way=Way.ERASURE, now=now)
