"""A dataset of the author's service, for the tables of these tests; its addresses and bodies."""
from typing import Any

from consortium.datasets.actions import enter_dataset, move_dataset
from consortium.datasets.models import DatasetState
from tests.datasets.scene import FIELDS, said

STARTS = ("/datasets/",)
WITHDRAWN = {"to": "withdrawn", "reason": "It is out of date."}
BODIES: dict[str, Any] = {
    "POST /datasets/new": {**FIELDS, "service": "hill-cart"}, "PATCH /datasets/{slug}": FIELDS,
    "POST /datasets/{slug}/state": WITHDRAWN, "POST /api/v1/datasets/{slug}/transitions": WITHDRAWN,
    "POST /api/v1/datasets": {**FIELDS, "service": "hill-cart"}, "PATCH /api/v1/datasets/{slug}": {"cycle": "weekly"},
}


def make_dataset(world: Any, service_id: int) -> None:
    """Offered."""
    author = world.people["author"]

    def work(session: Any) -> tuple[int, str]:
        row = enter_dataset(session, author, service_id, said(), now=world.now)
        move_dataset(session, author, row.id, DatasetState.PUBLISHED, now=world.now)
        return row.id, row.slug
    found = world.db.write(work)
    world.things |= {("dataset", name): value for name, value in zip(("", "slug"), found, strict=True)}


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of datasets."""
    return world.things["dataset", "" if name == "id" else name]
