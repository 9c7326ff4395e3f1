"""What the catalogue knows of a person: which texts they wrote for an organisation. They stay; their writer goes."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consortium.services.models import Service, ServiceStep, ServiceVersion
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    versions = (
        select(Service.slug, ServiceVersion.number, ServiceVersion.reason, ServiceVersion.at)
        .join(Service, Service.id == ServiceVersion.service_id)
        .where(ServiceVersion.editor_id == account_id)
        .order_by(ServiceVersion.at)
    )
    return {"service_versions": as_plain(session, versions)}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    for column in (ServiceVersion.editor_id, ServiceStep.actor_id):
        forget = update(column.class_).where(column == account_id).values({column.key: None})
        session.execute(forget, execution_options={"synchronize_session": False})
