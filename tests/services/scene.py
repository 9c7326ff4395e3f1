"""Services of a council's members, through the actions and the pages."""
from datetime import timedelta
from typing import Any

import pytest

from consortium.membership.queries import MemberView
from consortium.services import actions
from consortium.services.models import Service, ServiceState
from participation.db import Localized
from participation.organisations.models import MandateRole
from participation.policy import Actor
from participation.spaces.models import Area, Category
from tests.membership.scene import Council, council
from tests.proposals.doors import Doors
from tests.rules.conftest import Desk
from tests.signing.scene import Table
from tests.support.client import Client


def description(**more: Any) -> actions.Description:
    """A service that uses no data, in order."""
    said: dict[str, Any] = {
        "name": Localized({"ja": "坂のカート", "en": "Hill cart"}), "summary": Localized({"ja": "坂を上ります。"}),
        "description": Localized(), "for_whom": Localized(), "category_id": None, "channels": ["app"], "website": "",
        "api_url": "", "api_docs": "", "owners": [], "areas": [], "data": []}
    return actions.Description(**{**said, **more})


class Catalogue:
    """`catalogue.member()` -> (organisation, its representative, who stands well), `catalogue.service(...)`."""

    def __init__(self, council: Council) -> None:
        self.council, self.db, self.clock, self.person = council, council.db, council.clock, council.person
        self.table = Table(council, Desk(council.db, council.clock, council.person))
        self.ruled, self.field = False, None

    @property
    def desk(self) -> Actor:
        return self.council.desk

    def frame(self) -> None:
        """One field and two living areas."""
        self.db.write(lambda s: s.add_all([
            Category(key="mobility", name={"ja": "移動", "en": "Getting around"}),
            Area(key="suma", name={"ja": "須磨"}), Area(key="nada", name={"ja": "灘"}, position=1)]) and None)
        self.field = 1

    def member(self, *, signs: bool = True) -> tuple[MemberView, Actor]:
        """An approved organisation; its founder signs the participation rule for it, unless told otherwise."""
        if not self.ruled:
            self.table.rule()
            self.ruled = True
        founder = self.person("Founder")
        found = self.council.organisation(founder)
        if signs:
            from participation.organisations.actions import appoint
            self.council.do(appoint, self.desk, found.id, founder.id, MandateRole.SIGNATORY)
            self.table.sign(found, self.council.again(founder))
        return found, self.council.again(founder)

    def service(self, *owners: MemberView, by: Actor | None = None, state: ServiceState = ServiceState.RUNNING,
                publish: bool = True, days: int = 30, **more: Any) -> Service:
        said = description(**{"owners": [owner.id for owner in owners], "category_id": self.field, **more})
        since = (self.clock() - timedelta(days=days)).date()

        def work(session: Any) -> Service:
            row = actions.enter_service(session, by or self.desk, said, state=state, since=since, now=self.clock())
            if publish:
                actions.publish_service(session, by or self.desk, row.id, now=self.clock())
            session.flush()
            session.refresh(row)
            session.expunge(row)
            return row
        return self.db.write(work)


@pytest.fixture
def catalogue(council: Council) -> Catalogue:
    return Catalogue(council)


@pytest.fixture
def doors(client: Client) -> Doors:
    return Doors(client)


__all__ = ["Catalogue", "catalogue", "council", "description", "doors"]
