"""The KPI of new services counts what began since the catalogue did, as the list behind it says."""
from datetime import timedelta
from typing import Any

from consortium.services.actions import move_service
from consortium.services.figures import new_service_records, new_services
from consortium.services.models import ServiceState
from tests.services.scene import Catalogue
from tests.support.databases import on_sqlite

DAY = timedelta(days=1)


def test_new_is_what_began_since_the_catalogue_did(catalogue: Catalogue, clock: Any) -> None:
    opened = clock()
    owner, _ = catalogue.member()
    catalogue.service(owner, days=400)
    planned = catalogue.service(owner, days=-10, state=ServiceState.PLANNED)
    clock.advance(days=10)
    today = clock().date()
    catalogue.council.do(move_service, catalogue.desk, planned.id, ServiceState.RUNNING, day=today, reason="")
    catalogue.service(owner, days=2)
    catalogue.service(owner, days=1, publish=False)
    clock.advance(days=1)
    last = clock().date()
    catalogue.council.do(move_service, catalogue.desk, planned.id, ServiceState.ENDED, day=last, reason="Done.")
    moments = [opened - DAY, opened + DAY, opened + 9 * DAY, clock()]
    with catalogue.db.read() as session:
        assert new_services(session, moments) == [None, 0, 1, 2]
        for moment, counted in zip(moments, (0, 0, 1, 2), strict=True):
            assert len(list(new_service_records(session, moment))) == counted


@on_sqlite
def test_without_a_catalogue_there_is_no_figure(catalogue: Catalogue, clock: Any) -> None:
    with catalogue.db.read() as session:
        assert (new_services(session, [clock()]), list(new_service_records(session, clock()))) == ([None], [])
