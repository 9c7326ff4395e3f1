"""The rule of services asks what their users say."""
from consortium.services.models import Service
from rules.checks.port import State, SubjectKind
from tests.checks.scene import subject
from tests.checks.test_services import finding
from tests.proposals.doors import Doors
from tests.services.scene import Catalogue
from tests.support.databases import on_sqlite

NAME = "satisfaction_at_least"


@on_sqlite
def test_a_service_is_judged_by_the_answers_of_a_year_once_there_are_enough(
        catalogue: Catalogue, doors: Doors) -> None:
    owner, _ = catalogue.member()
    assert finding(catalogue, NAME, subject(owner.id), score=3.5).state == State.NOT_APPLICABLE
    service, second = catalogue.service(owner), catalogue.service(owner)

    def say(about: Service, mark: int, times: int) -> list[State | None]:
        for _ in range(times):
            doors.form(None, "POST", f"/services/{about.slug}/feedback", {"satisfaction": str(mark)})
        asked = (subject(service.id, SubjectKind.SERVICE), subject(owner.id))
        return [found and found.state for found in (finding(catalogue, NAME, each, score=3.5) for each in asked)]
    assert say(service, 4, 4) == [None, None]
    assert say(service, 4, 1) == [State.KEPT, State.KEPT]
    assert say(second, 3, 5) == [State.KEPT, State.BROKEN]
    assert say(service, 1, 5) == [State.BROKEN, State.BROKEN]
    catalogue.clock.advance(days=400)
    assert say(service, 5, 0) == [None, None]
