"""What datasets know of a person: which texts they wrote for an organisation. They stay; their writer goes."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consortium.datasets.models import Dataset, DatasetStep, DatasetVersion
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    versions = (
        select(Dataset.slug, DatasetVersion.number, DatasetVersion.reason, DatasetVersion.at)
        .join(Dataset, Dataset.id == DatasetVersion.dataset_id)
        .where(DatasetVersion.editor_id == account_id)
        .order_by(DatasetVersion.at)
    )
    return {"dataset_versions": as_plain(session, versions)}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    for column in (DatasetVersion.editor_id, DatasetStep.actor_id):
        forget = update(column.class_).where(column == account_id).values({column.key: None})
        session.execute(forget, execution_options={"synchronize_session": False})
