"""The limiter counts without knowing whom, and forgets those who may come again."""
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from participation.component import Limit
from participation.db import Database
from participation.web import TooMany, take_cell
from participation.web.limits import FileLimiter, Limiter, TableLimiter, forget_passed

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LIMITS = {"knock": Limit(2, timedelta(minutes=10))}
ADDRESS = "c203.0.113.7"


@pytest.fixture
def limiter(database_url: str, tmp_path: Path) -> Limiter:
    database = Database(database_url)
    return FileLimiter(LIMITS, tmp_path / "limits.sqlite3") if database.sqlite else TableLimiter(
        LIMITS, database.engines.write)


def asking(limiter: Limiter, now: datetime) -> Any:
    services = SimpleNamespace(secret=b"a secret of thirty-two characters", extras={"limiter": limiter})
    return SimpleNamespace(services=services, settings=SimpleNamespace(rate_limits=True), now=now)


def keys(limiter: Any) -> list[str]:
    if isinstance(limiter, FileLimiter):
        return [key for key, in limiter._connection.execute("SELECT key FROM bucket")]
    with limiter._engine.connect() as connection:
        return [key for key, in connection.exec_driver_sql("SELECT key FROM rate_bucket")]


def test_after_the_allowance_one_waits_and_is_told_how_long(limiter: Limiter) -> None:
    waits = []
    for _ in range(3):
        try:
            take_cell(asking(limiter, NOW), "knock", ADDRESS)
            waits.append(0)
        except TooMany as error:
            waits.append(error.retry_after)
    assert waits == [0, 0, 300]


def test_no_address_is_kept_and_nothing_once_it_limits_nobody(limiter: Limiter) -> None:
    take_cell(asking(limiter, NOW), "knock", ADDRESS)
    (kept,) = keys(limiter)
    assert kept.startswith("knock:") and "203.0.113" not in kept
    services = cast(Any, asking(limiter, NOW).services)
    forget_passed(services, NOW + timedelta(minutes=4))
    assert keys(limiter) == [kept]
    forget_passed(services, NOW + timedelta(minutes=6))
    assert keys(limiter) == []
