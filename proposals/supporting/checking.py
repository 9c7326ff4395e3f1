"""The counters of supports held against their rows, some at a time, as long as the platform runs."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from participation.component import Job
from participation.services import Services
from proposals.supporting.queries import Mismatch, mismatches_after

log = logging.getLogger("sanpo.supports")
AT_ONCE = 200  # proposals a minute: at 5,000,000 supports of 20,000 proposals some 50,000 index entries


@dataclass
class Rounds:
    """Where the check stands, and what it found wrong since it last looked there."""

    after: int = 0
    wrong: dict[int, Mismatch] = field(default_factory=dict)


def check_some(services: Services, now: datetime) -> None:
    """Look at the next counters; a wrong one stays reported until a later round finds it right."""
    rounds = _rounds(services)
    with services.db.read() as session:
        found, last = mismatches_after(session, rounds.after, AT_ONCE)
    kept = {id: each for id, each in rounds.wrong.items() if id <= rounds.after or (last and id > last)}
    for mismatch in found:
        log.error("proposal %s counts %s supports but has %s", mismatch.id, mismatch.counter, mismatch.rows)
    rounds.wrong = kept | {mismatch.id: mismatch for mismatch in found}
    rounds.after = last


def probe(services: Services, now: datetime) -> list[tuple[str, str]]:
    """For /readyz: a wrong counter blocks nobody, but somebody has to look."""
    return [
        ("degraded", f"supports: proposal {each.id} counts {each.counter} but has {each.rows}")
        for each in _rounds(services).wrong.values()
    ]


def _rounds(services: Services) -> Rounds:
    return services.extras.setdefault("support_rounds", Rounds())


JOBS = (Job("check-supports", check_some, every=timedelta(minutes=1)),)
