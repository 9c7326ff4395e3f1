"""The day of a workshop, its public record, and a service run by a member of the council."""
from dataclasses import dataclass
from typing import Any

import pytest

from tests.services.scene import Catalogue
from tests.workshops.records.scene import HeldDay


@dataclass
class After:
    """`after.member` runs `after.service`; `after.day` is the workshop."""

    day: HeldDay
    catalogue: Catalogue

    def __post_init__(self) -> None:
        self.catalogue.frame()
        self.organisation, self.member = self.catalogue.member()
        self.service = self.catalogue.service(self.organisation)
        self.day.publish()

    def people(self) -> dict[str, Any]:
        person = self.day.person
        return {"nobody": None, "citizen": person("Somebody"), "team": self.day.taro, "member": self.member,
                "facilitator": self.day.facilitator, "secretariat": self.day.desk,
                "auditor": person("Auditor", roles=("auditor",))}


@pytest.fixture
def after(day: HeldDay, catalogue: Catalogue) -> After:
    return After(day, catalogue)
