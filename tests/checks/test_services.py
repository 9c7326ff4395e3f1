"""What the catalogue of services says of how the rules are kept."""
from datetime import date, datetime
from typing import Any

import pytest

from consortium.services.actions import DataEntry
from consortium.services.models import ServiceState
from participation.db import Localized
from participation.web.i18n import ZONE
from rules.checks.library import checks_of
from rules.checks.port import Finding, RuleSubject, State, SubjectKind
from rules.checks.queries import city, subjects_of
from tests.checks.scene import subject
from tests.consents.scene import Centre
from tests.services.scene import Catalogue, catalogue

API, CONSENT, NEW = "services_declare_api", "purposes_cover_personal_data", "new_services_per_year"
RUNNING = ServiceState.RUNNING


def finding(catalogue: Catalogue, name: str, about: RuleSubject, **values: Any) -> Finding | None:
    check = checks_of(catalogue.table.registry)[name]
    return catalogue.council.ask(check.find, [about], check.parameters(**values), catalogue.clock()).get(about.id)


def test_a_member_keeps_the_article_when_each_service_of_its_own_names_its_api(catalogue: Catalogue) -> None:
    found, who = catalogue.member()
    about, seen = subject(found.id), []
    for address, state in (("", ServiceState.PLANNED), ("", RUNNING), ("https://api.example.jp", RUNNING)):
        catalogue.service(found, by=who, api_url=address, state=state)
        seen.append(finding(catalogue, API, about))
    assert [each.state for each in seen] == [State.NOT_APPLICABLE, State.BROKEN, State.BROKEN]
    assert seen[2].says.to("en") == "Services in operation that name their standard API: 1 of 2."
    other, second = catalogue.member()
    service = catalogue.service(other, by=second, api_url="https://api.example.jp")
    assert finding(catalogue, API, subject(other.id)).state == State.KEPT
    assert finding(catalogue, API, subject(service.id, SubjectKind.SERVICE)).state == State.KEPT


def test_personal_data_need_a_purpose_that_is_published(catalogue: Catalogue) -> None:
    centre = Centre(catalogue.council)
    found, who = catalogue.member()
    data = [DataEntry("position", Localized({"ja": "迎えに行くため"}), "watch"),
            DataEntry("not_personal", Localized({"ja": "天気"}))]
    service = catalogue.service(found, by=who, data=data)
    states = [finding(catalogue, CONSENT, subject(found.id)).state]
    centre.purpose("watch")
    states += [finding(catalogue, CONSENT, about).state
               for about in (subject(found.id), subject(service.id, SubjectKind.SERVICE))]
    plain, second = catalogue.member()
    catalogue.service(plain, by=second, data=data[1:])
    states.append(finding(catalogue, CONSENT, subject(plain.id)).state)
    assert states == [State.BROKEN, State.KEPT, State.KEPT, State.NOT_APPLICABLE]


@pytest.mark.parametrize(("days", "at_least", "state", "says"), [
    ([], 3, None, ""),
    ([date(2026, 4, 1), date(2026, 5, 1)], 2, State.KEPT, "fiscal year 2026: 2 of 2"),
    ([date(2025, 4, 1), date(2026, 3, 31), date(2026, 5, 1)], 2, State.DUE, "fiscal year 2026: 1 of 2"),
    ([date(2025, 4, 1), date(2026, 5, 1)], 2, State.BROKEN, "fiscal year 2025: 1 of 2"),
])
def test_new_services_are_counted_by_fiscal_year(
        catalogue: Catalogue, days: list[date], at_least: int, state: State | None, says: str) -> None:
    catalogue.clock.set(datetime(2026, 6, 1, 12, tzinfo=ZONE))
    owner, who = catalogue.member()
    for day in days:
        catalogue.service(owner, by=who, days=(catalogue.clock().date() - day).days)
    found = finding(catalogue, NEW, catalogue.council.ask(city), at_least=at_least)
    assert (found and found.state) == state
    assert says in (found.says.to("en") if found else "")


def test_services_stand_on_the_board_and_are_bound_while_they_run(catalogue: Catalogue) -> None:
    owner, who = catalogue.member()
    for state in (ServiceState.PLANNED, RUNNING):
        catalogue.service(owner, by=who, state=state, days=-30 if state == ServiceState.PLANNED else 30)
    catalogue.service(owner, by=who, publish=False)
    registry, now = catalogue.table.registry, catalogue.clock()
    found = catalogue.council.ask(subjects_of, registry, SubjectKind.SERVICE, now)
    assert sorted(each.exempt.to("en") if each.exempt else "" for each in found) == [
        "", "It has not begun yet, so the rules do not bind it."]


__all__ = ["catalogue"]
