"""Who names the voices that a service came from (hook of consortium/voices): whoever may change the service."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.services.models import ServiceOwner
from consortium.services.policy import may_change
from consortium.services.queries import acting_of
from participation.policy import Actor, Verdict


def may_name_voices(session: Session, actor: Actor, service_id: int, now: datetime) -> Verdict:
    """Two queries; none but one for whoever represents no organisation."""
    owners = session.scalars(select(ServiceOwner.organisation_id).where(ServiceOwner.service_id == service_id))
    return may_change(actor, acting_of(session, actor, now), tuple(owners))
