"""Whether what was sealed in the log still stands in the rows: each component that seals something says so itself.

A component registers `sealed`: a function of a session that yields a sentence (in English, for operators) for every
thing whose rows differ from what the log says of them.
"""

import logging
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from participation.component import Job, Registry
from participation.db import dialect_name
from participation.services import Services

log = logging.getLogger("sanpo.audit")
BROKEN = "broken_seals"


def broken_seals(registry: Registry, session: Session) -> tuple[str, ...]:
    """Every finding of every component; the session sees one moment of the database."""
    return tuple(finding for check in registry.hooks("sealed") for finding in check(session))


def look_at_seals(services: Services, now: datetime) -> None:
    """The worker's job: what it finds is shown on the page of the log, told by /readyz and logged."""
    with services.db.read() as session:
        if dialect_name(session) == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        found = broken_seals(services.registry, session)
    for finding in set(found) - set(seals_found(services)):
        log.error("not what was sealed: %s", finding)
    services.extras[BROKEN] = found


def seals_found(services: Services) -> tuple[str, ...]:
    """What the last look found."""
    return services.extras.get(BROKEN, ())


def probe(services: Services, now: datetime) -> list[tuple[str, str]]:
    """For /readyz: nothing stands still because of it, but somebody has to look at once."""
    return [("degraded", f"audit log: {finding}") for finding in seals_found(services)]


JOBS = (Job("look at seals", look_at_seals, every=timedelta(minutes=10)),)
