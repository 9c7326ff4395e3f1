"""What the running application holds: handed to handlers and jobs, never a module global."""

from dataclasses import dataclass, field
from typing import Any

from participation.clock import Clock
from participation.component import Registry
from participation.db import Database
from participation.kept import Kept
from participation.settings import Settings


KEPT = 100  # pages (up to 100 KB each), numbers, names


@dataclass(frozen=True)
class Services:
    settings: Settings
    db: Database
    clock: Clock
    registry: Registry
    secret: bytes
    kept: Kept = field(default_factory=lambda: Kept(KEPT))  # what shows the same to everybody
    extras: dict[str, Any] = field(default_factory=dict)  # long-lived objects of components (search engine, mailer)
