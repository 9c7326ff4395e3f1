"""A list of thousands of improvements, straight into the tables, for the measurements of its board."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert
from sqlalchemy.orm import Session

from consortium.backlog.models import BacklogItem, BacklogStep, ItemState
from consortium.bench.words import writers
from participation.subjects import Subject

ITEMS = 5_000


def fill_board(session: Session, service_id: int, author_id: int | None, now: datetime) -> None:
    """In every state, some hundreds of days old, with a few hundred different numbers of me-toos."""
    words = writers(Random(7))["ja"]
    ages = [now - timedelta(hours=place % 9_000 + 1) for place in range(ITEMS)]
    common = {"kind": "backlog", "author_id": author_id, "locale": "ja"}
    rows = [{**common, "title": words.text(1)[:60], "created_at": at, "published_at": at} for at in ages]
    made = insert(Subject).returning(Subject.id, sort_by_parameter_order=True)
    ids = session.scalars(made, rows).all()
    items = [_item(number, place, service_id, at) for place, (number, at) in enumerate(zip(ids, ages, strict=True))]
    session.execute(insert(BacklogItem), items)
    steps = [{"item_id": item["id"], "to_state": item["state"], "reason": "", "at": item["since"]} for item in items]
    session.execute(insert(BacklogStep), steps)


def _item(number: int, place: int, service_id: int, at: datetime) -> dict[str, object]:
    state = list(ItemState)[place % len(ItemState)]
    released = state == ItemState.RELEASED
    return {
        "id": number,
        "service_id": service_id,
        "body": "",
        "state": state,
        "since": at,
        "updated_at": at,
        "released_at": at if released else None,
        "asked_at": at if released else None,
        "release_note": "",
        "me_toos_count": place * 7 % 400,
    }
