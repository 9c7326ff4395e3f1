"""Rate limits by the generic cell rate algorithm (GCRA, ATM Forum TM 4.0): one number per key, when the next may come.

SQLite: a file of its own without fsync (losing it costs nothing). PostgreSQL: an unlogged table shared by all workers.
"""

import ipaddress
import math
import sqlite3
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, text

from participation.component import Limit
from participation.keys import keyed_hash
from participation.services import Services
from participation.web.context import Context
from participation.web.errors import TooMany


class Limiter(Protocol):
    def take(self, name: str, key: str, now: datetime) -> int:
        """Take one of the limit's cells; 0 if allowed, else the seconds to wait."""
        ...

    def forget(self, now: datetime) -> None:
        """Drop what limits nobody any more: an arrival that has passed is the same as none."""
        ...


class FileLimiter:
    def __init__(self, limits: Mapping[str, Limit], path: Path) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute("CREATE TABLE IF NOT EXISTS bucket (key TEXT PRIMARY KEY, tat REAL) WITHOUT ROWID")

    def take(self, name: str, key: str, now: datetime) -> int:
        limit, seconds = self._limits[name], now.timestamp()
        with self._lock:
            row = self._connection.execute("SELECT tat FROM bucket WHERE key = ?", (f"{name}:{key}",)).fetchone()
            wait, arrival = gcra(limit, row[0] if row else 0.0, seconds)
            if wait == 0:
                self._connection.execute("INSERT OR REPLACE INTO bucket VALUES (?, ?)", (f"{name}:{key}", arrival))
        return wait

    def forget(self, now: datetime) -> None:
        with self._lock:
            self._connection.execute("DELETE FROM bucket WHERE tat < ?", (now.timestamp(),))


class TableLimiter:
    def __init__(self, limits: Mapping[str, Limit], engine: Engine) -> None:
        self._limits, self._engine = limits, engine
        with engine.begin() as connection:
            # two workers that start together may both try to create it
            connection.execute(text("SELECT pg_advisory_xact_lock(7305)"))
            connection.execute(
                text("CREATE UNLOGGED TABLE IF NOT EXISTS rate_bucket (key text PRIMARY KEY, tat float8)")
            )

    def take(self, name: str, key: str, now: datetime) -> int:
        limit, full_key = self._limits[name], f"{name}:{key}"
        with self._engine.begin() as connection:
            connection.execute(text("INSERT INTO rate_bucket VALUES (:k, 0) ON CONFLICT DO NOTHING"), {"k": full_key})
            stored = connection.execute(
                text("SELECT tat FROM rate_bucket WHERE key = :k FOR UPDATE"), {"k": full_key}
            ).scalar_one()
            wait, arrival = gcra(limit, stored, now.timestamp())
            if wait == 0:
                connection.execute(
                    text("UPDATE rate_bucket SET tat = :t WHERE key = :k"), {"t": arrival, "k": full_key}
                )
        return wait

    def forget(self, now: datetime) -> None:
        with self._engine.begin() as connection:
            connection.execute(text("DELETE FROM rate_bucket WHERE tat < :now"), {"now": now.timestamp()})


def gcra(limit: Limit, stored: float, now: float) -> tuple[int, float]:
    """(seconds to wait, new theoretical arrival time); the whole allowance may be used in one burst."""
    interval = limit.per.total_seconds() / limit.times
    arrival = max(stored, now)
    early = arrival - (limit.times - 1) * interval - now
    return (math.ceil(early), stored) if early > 0 else (0, arrival + interval)


def take_cell(ctx: Context, name: str, key: str) -> None:
    """Count one use of the limit `name` by `key` besides the one that the route declares; for a route's `prepare`.

    Raises:
        TooMany: not yet again.
    """
    if not ctx.settings.rate_limits:
        return
    hidden = keyed_hash(ctx.services.secret, "limits", key).hex()[:32]  # no addresses in the limiter's file
    wait = ctx.services.extras["limiter"].take(name, hidden, ctx.now)
    if wait > 0:
        raise TooMany(wait)


def forget_passed(services: Services, now: datetime) -> None:
    """What the limiter keeps of those who came and went."""
    if "limiter" in services.extras:
        services.extras["limiter"].forget(now)


def network_of(client: str) -> str:
    """The client's network: /24 of IPv4, /64 of IPv6, since one household or attacker holds many addresses."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False))
