"""What the running application holds: handed to handlers and jobs, never a module global."""

from dataclasses import dataclass, field
from typing import Any

from participation.clock import Clock
from participation.component import Registry
from participation.db import Database
from participation.settings import Settings


@dataclass(frozen=True)
class Services:
    settings: Settings
    db: Database
    clock: Clock
    registry: Registry
    secret: bytes
    extras: dict[str, Any] = field(default_factory=dict)  # long-lived objects of components (search engine, mailer)
