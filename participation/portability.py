"""What components hand over when a person takes their data along."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session


def as_plain(session: Session, query: Select[Any]) -> list[dict[str, Any]]:
    """The rows of a query as JSON can hold them; moments and days in ISO 8601."""
    return [{key: _plain(value) for key, value in row._mapping.items()} for row in session.execute(query)]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
