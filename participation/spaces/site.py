"""What the site calls itself, kept for some seconds: it stands on every page and changes once in years."""

import time
from typing import Any

from sqlalchemy import select

from participation.db import Database
from participation.services import Services
from participation.spaces.models import Site

KEEP = 5.0  # seconds


class SiteNames:
    def __init__(self, db: Database) -> None:
        self._db, self._until, self._names = db, 0.0, {}

    def __call__(self) -> dict[str, Any]:
        if time.monotonic() > self._until:
            with self._db.read() as session:
                row = session.execute(select(Site.name, Site.tagline, Site.council, Site.contact)).first()
            self._names = dict(row._mapping) if row else {}
            self._until = time.monotonic() + KEEP
        return self._names


def provide_site(services: Services) -> None:
    services.extras["site"] = SiteNames(services.db)
