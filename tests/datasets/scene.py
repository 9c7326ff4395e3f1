"""Datasets of a running service, entered by its owner."""
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from consortium.datasets import actions
from consortium.datasets.models import Dataset, DatasetState
from participation.db import Localized
from participation.policy import Actor
from tests.services.scene import Catalogue

FIELDS = {"title_ja": "乗降の数", "title_en": "Rides", "description_ja": "停留所ごとの乗り降りの数です。", "access": "open",
          "format": "csv", "cycle": "daily", "licence": "cc_by_4", "download_url": "https://data.example.jp/rides.csv",
          "contact": "data@example.jp"}


def said(**more: Any) -> actions.Description:
    values: dict[str, Any] = {
        "title": Localized({"ja": "乗降の数", "en": "Rides"}), "description": Localized({"ja": "停留所ごとの数です。"}),
        "access": "open", "format": "csv", "cycle": "daily", "licence": "cc_by_4", "api_url": "",
        "download_url": "https://data.example.jp/rides.csv", "contact": "data@example.jp",
        "covers_from": date(2025, 4, 1), "covers_to": None, "areas": []}
    return actions.Description(**{**values, **more})


@dataclass
class Shelf:
    """`shelf.dataset(state=…)` of `shelf.service`, which `shelf.owner` runs."""

    catalogue: Catalogue

    def __post_init__(self) -> None:
        self.catalogue.frame()
        self.organisation, self.owner = self.catalogue.member()
        self.service = self.catalogue.service(self.organisation)

    def dataset(self, *, state: str = "published", by: Actor | None = None, service: int = 0, **more: Any) -> Dataset:
        who, now = by or self.owner, self.catalogue.clock()

        def work(session: Any) -> Dataset:
            row = actions.enter_dataset(session, who, service or self.service.id, said(**more), now=now)
            for to in {"published": ("published",), "withdrawn": ("published", "withdrawn")}.get(state, ()):
                actions.move_dataset(session, who, row.id, DatasetState(to), "old", now=now)
            session.flush()
            session.refresh(row)
            session.expunge(row)
            return row
        return self.catalogue.db.write(work)


@pytest.fixture
def shelf(catalogue: Catalogue) -> Shelf:
    return Shelf(catalogue)
