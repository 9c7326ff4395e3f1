"""A service in operation since the autumn of 2024, on which its owner reports."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pytest

from consortium.segments.actions import hand_in, save_draft
from consortium.segments.hiding import Figure
from consortium.segments.models import Dimension
from consortium.segments.quarters import Quarter, read_quarter
from consortium.segments.queries import Report, reports_of
from consortium.services.queries import whole_service
from participation.policy import Actor
from participation.web.i18n import ZONE
from tests.services.scene import Catalogue

FIELDS = {"users-total": "40", "satisfaction-total": "4.25", "users-gender-female": "21",
          "satisfaction-gender-female": "4", "users-gender-male": "17", "users-age_band-65+": "9", "reason": ""}
JSON = {"figures": [{"dimension": "total", "users": 40, "satisfaction": 4.25},
                    {"dimension": "gender", "segment": "female", "users": 21, "satisfaction": 4},
                    {"dimension": "gender", "segment": "male", "users": 17},
                    {"dimension": "age_band", "segment": "65+", "users": 9}], "reason": ""}


def figures(total: int, satisfaction: float | None = 4.0, **segments: dict[str, int]) -> tuple[Figure, ...]:
    """`figures(40, gender={"female": 30})`."""
    parts = [Figure(Dimension(name), key, users, None)
             for name, rows in segments.items() for key, users in rows.items()]
    return (Figure(Dimension.TOTAL, "", total, satisfaction), *parts)


@dataclass
class Reporting:
    """`reporting.hand_in("2025-Q4", figures(40))`; it is 1 May 2026, the day after that quarter's deadline."""

    catalogue: Catalogue

    def __post_init__(self) -> None:
        self.go(2026, 2, 1)
        self.catalogue.frame()
        self.organisation, self.owner = self.catalogue.member()
        self.service = self.catalogue.service(self.organisation, days=500)
        self.path = f"/services/{self.service.slug}"
        self.go(2026, 5, 1)

    def go(self, year: int, month: int, day: int) -> None:
        """Noon of a day in Japan."""
        self.catalogue.clock.set(datetime.combine(date(year, month, day), time(12), ZONE))

    def hand_in(self, quarter: str, told: Sequence[Figure], reason: str = "", who: Actor | None = None) -> None:
        self._do(hand_in, quarter, who, told, reason)

    def draft(self, quarter: str, typed: dict[str, str]) -> None:
        self._do(save_draft, quarter, None, typed)

    def reports(self) -> tuple[Report, ...]:
        with self.catalogue.db.read() as session:
            return reports_of(session, self.service.id)

    def _do(self, action: Any, quarter: str, who: Actor | None, *what: Any) -> None:
        found = read_quarter(quarter)
        assert isinstance(found, Quarter)

        def work(session: Any) -> None:
            view = whole_service(session, self.service.slug)
            action(session, who or self.owner, view.line, found, *what, now=self.catalogue.clock())
        self.catalogue.db.write(work)


@pytest.fixture
def reporting(catalogue: Catalogue) -> Reporting:
    return Reporting(catalogue)
