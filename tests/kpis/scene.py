"""KPIs for tests: a desk that defines, promises and measures."""
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from participation.db import Database, Localized
from participation.kpis.actions import define_kpi, enter_measurement, kpi_by_key, set_target
from participation.kpis.port import Aim, Reading
from participation.kpis.queries import KpiView, kpi
from participation.services import Services
from tests.support.application import People
from tests.support.client import Client
from tests.support.clock import TestClock

SOURCE = {"citation": "統計書 12ページ", "url": "https://example.jp/statistics"}


class Desk:
    """desk.kpi("visitors", comparator="below"), desk.promise("visitors", {2024: 5}), desk.measure(…, {2024: 4})"""

    def __init__(self, services: Services, clock: TestClock, person: People) -> None:
        self.services, self.db, self.clock, self.person = services, services.db, clock, person
        self.actor = person("Desk", roles=("secretariat",))

    def do(self, work: Callable[[Session], Any]) -> Any:
        return self.db.write(work)

    def kpi(self, key: str = "visitors", **values: Any) -> str:
        given = {"name": Localized(ja="来街者", en="Visitors"), "unit": Localized(ja="人", en="people"), **values}
        self.do(lambda s: define_kpi(s, self.actor, key, given, now=self.clock()) and None)
        return key

    def promise(self, key: str, targets: dict[int, Any], part: str = "") -> None:
        def work(session: Session) -> None:
            for year, value in targets.items():
                low, high = value if isinstance(value, tuple) else (value, None)
                aim = Aim(None if low is None else Decimal(str(low)), None if high is None else Decimal(str(high)))
                set_target(session, self.actor, kpi_by_key(session, key), year, aim, part=part, now=self.clock())
        self.do(work)

    def measure(self, key: str, values: dict[int, Any], part: str = "", note: str = "") -> None:
        def work(session: Session) -> None:
            for year, value in values.items():
                reading = Reading(year=year, value=Decimal(str(value)), part=part, note=note, **SOURCE)
                enter_measurement(session, self.actor, kpi_by_key(session, key), reading, now=self.clock())
        self.do(work)

    def view(self, key: str) -> KpiView:
        with self.db.read() as session:
            found = kpi(session, self.services.registry, self.clock(), key)
        assert found is not None
        return found


@pytest.fixture
def desk(services: Services, db: Database, clock: TestClock, person: People) -> Desk:
    return Desk(services, clock, person)


@pytest.fixture
def office(client: Client, desk: Desk) -> Client:
    """The browser of the secretariat."""
    return client.another().sign_in(desk.actor)
