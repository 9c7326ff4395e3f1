"""The city that the bulk data lies in: living areas, categories, and one process that is open."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from consortium.bench.rows import AREAS, CATEGORIES, DAYS, PROCESS
from consortium.bench.words import vocabulary
from participation.spaces.models import Area, Category, Phase, Process, ProcessComponent
from participation.subjects import Subject

FEATURES = ["propose", "support", "comment", "amend"]


def write_frame(connection: Connection, now: datetime) -> None:
    """All that the rows of proposals refer to, except the accounts."""
    began = now - timedelta(days=DAYS)
    connection.execute(insert(Area.__table__), _places("area", "places", AREAS, lat=34.69, lng=135.19))
    connection.execute(insert(Category.__table__), _places("category", "things", CATEGORIES))
    own = {"id": PROCESS, "created_at": began, "published_at": began}
    connection.execute(insert(Subject.__table__), {"kind": "process", "title": "Benchmark", "locale": "en", **own})
    text = {"title": {"ja": "Benchmark"}, "state": "published", "updated_at": began}
    connection.execute(insert(Process.__table__), {"id": PROCESS, "slug": "benchmark", **text})
    phase = {"process_id": PROCESS, "title": {"ja": "Open"}, "starts_at": began, "features": FEATURES}
    connection.execute(insert(Phase.__table__), phase)
    connection.execute(insert(ProcessComponent.__table__), {"process_id": PROCESS, "kind": "proposals"})


def _places(kind: str, words: str, count: int, **more: Any) -> list[dict[str, Any]]:
    japanese, english = vocabulary()["ja"][words], vocabulary()["en"][words]
    return [
        {"id": n + 1, "key": f"{kind}-{n + 1}", "name": {"ja": japanese[n], "en": english[n]}, "position": n, **more}
        for n in range(count)
    ]
