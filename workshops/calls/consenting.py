"""Whoever takes the consent back in the consent centre has withdrawn their application as well."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.consents.models import ConsentEvent, ConsentPurpose
from participation.events import StoredEvent
from workshops.calls.actions import withdraw_application
from workshops.calls.policy import may_withdraw
from workshops.models import Workshop, WorkshopApplication


def follow_consent(session: Session, event: StoredEvent) -> None:
    """Applications of this person whose workshops rest on the purpose. What is withdrawn already stays so."""
    said = session.execute(
        select(ConsentEvent.account_id, ConsentPurpose.key)
        .join(ConsentPurpose, ConsentPurpose.id == ConsentEvent.purpose_id)
        .where(ConsentEvent.code == event.body["consent"])
    ).first()
    if said is None or said.account_id is None:
        return
    rows = session.execute(
        select(WorkshopApplication, Workshop)
        .join(Workshop, Workshop.id == WorkshopApplication.workshop_id)
        .where(WorkshopApplication.account_id == said.account_id, Workshop.purpose == said.key)
    ).all()
    for row, workshop in rows:
        if may_withdraw(workshop, row):
            withdraw_application(session, row.id, now=event.at)
