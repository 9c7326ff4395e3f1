"""Datasets: who may do what in which state; the same filters everywhere; versions, notices, the rule."""
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from consortium.datasets.models import TRANSITIONS, DatasetState
from consortium.services.actions import DataEntry
from participation.db import Localized
from rules.checks.port import State, SubjectKind
from tests.checks.scene import subject
from tests.checks.test_services import finding
from tests.datasets.scene import FIELDS, Shelf
from tests.proposals.doors import Doors
from tests.support.client import Client
from tests.support.databases import on_sqlite

OFFER, WITHDRAW = {"to": "published"}, {"to": "withdrawn", "reason": "古いため"}
ROLES = (None, "citizen", "other member", "unsigned", "auditor", "owner", "secretariat")
REFUSED = {None: 401, "citizen": 403, "other member": 403, "unsigned": 403, "auditor": 403}
UNSEEN = (None, "citizen", "other member", "unsigned")  # a draft is not there for them
# for those who may: changing, offering, withdrawing; by the page (the API answers 200 where the page says 303)
COMES = {"draft": (303, 303, 409), "published": (303, 409, 303), "withdrawn": (303, 303, 409)}


@on_sqlite
def test_each_role_does_in_each_state_what_the_table_says_by_page_and_api(shelf: Shelf, doors: Doors) -> None:
    catalogue = shelf.catalogue
    who = {None: None, "citizen": catalogue.person(), "other member": catalogue.member()[1],
           "unsigned": catalogue.member(signs=False)[1], "auditor": catalogue.person(roles=("auditor",)),
           "owner": shelf.owner, "secretariat": catalogue.desk}
    untouched = {state: shelf.dataset(state=state).slug for state in DatasetState}  # a refusal changes nothing
    for role, state in product(ROLES, DatasetState):
        by_page, by_api = [], []
        for number, body in enumerate(({**FIELDS, "title_ja": "別の題名"}, OFFER, WITHDRAW)):
            path = f"/datasets/{untouched[state] if role in REFUSED else shelf.dataset(state=state).slug}"
            method, end = ("POST", "/state") if number else ("PATCH", "")
            by_page.append(doors.form(who[role], method, path + end, body).status)
            path = f"/datasets/{untouched[state] if role in REFUSED else shelf.dataset(state=state).slug}"
            by_api.append(doors.api(who[role], method, path + ("/transitions" if number else ""), body).status)
        refused = 404 if state == "draft" and role in UNSEEN else REFUSED.get(role)
        wanted = (refused,) * 3 if refused else COMES[state]
        assert (tuple(by_page), tuple(by_api)) == (wanted, tuple({303: 200}.get(each, each) for each in wanted)), (
            role, state)
    arrows = {(state, to) for state in DatasetState for to in TRANSITIONS[state]}
    assert arrows == {("draft", "published"), ("published", "withdrawn"), ("withdrawn", "published")}


@on_sqlite
@pytest.mark.parametrize(("role", "page", "api"), [
    (None, 401, 401), ("citizen", 403, 403), ("auditor", 403, 403), ("owner", 303, 201), ("secretariat", 303, 201),
    ("other member", 422, 422)])
def test_a_dataset_is_entered_by_those_who_run_the_service(
        shelf: Shelf, doors: Doors, role: str | None, page: int, api: int) -> None:
    catalogue = shelf.catalogue
    who = {None: None, "citizen": catalogue.person(), "auditor": catalogue.person(roles=("auditor",)),
           "owner": shelf.owner, "secretariat": catalogue.desk, "other member": catalogue.member()[1]}[role]
    body = {**FIELDS, "service": shelf.service.slug}
    found = (doors.form(who, "POST", "/datasets/new", {**body, "do": "publish"}).status,
             doors.api(who, "POST", "/datasets", {**body, "publish": True}).status)
    assert found == (page, api)
    assert doors.api(None, "GET", "/datasets").json()["total"] == (2 if page == 303 else 0)


def test_every_public_text_is_kept_and_followers_hear_of_a_withdrawal(
        shelf: Shelf, doors: Doors, deliver: Callable[[], int]) -> None:
    row, reader = shelf.dataset(), shelf.catalogue.person("Reader")
    assert doors.form(reader, "PUT", f"/subjects/{row.id}/follow").status == 303
    path, body = f"/datasets/{row.slug}", {**FIELDS, "description_ja": "停留所と時刻ごとの数です。", "reason": "細かくした"}
    for _ in range(2):  # the second time nothing is new, so there is no further version
        assert doors.form(shelf.owner, "PATCH", path, body).status == 303
    history = doors.client.another().open(f"{path}/history").text
    assert ("停留所ごとの数です。" in history, "細かくした" in history, "毎日" in history) == (True, True, True)
    assert doors.api(None, "GET", path).json()["version"] == 2
    assert doors.form(shelf.owner, "POST", f"{path}/state", {"to": "withdrawn"}).status == 422
    assert doors.form(shelf.owner, "POST", f"{path}/state", WITHDRAW).status == 303
    deliver()
    assert "取り下げ" in doors.client.sign_in(reader).open("/me/notices").text
    page = doors.client.another().open(path).text
    assert ("古いため" in page, doors.api(None, "GET", "/datasets").json()["total"]) == (True, 0)


@on_sqlite
@pytest.mark.parametrize(("filters", "found"), [
    ("", "abc"), ("?q=ｂ", "b"), ("?access=open", "ac"), ("?format=json", "b"), ("?area=suma", "ab"),
    ("?owner=example-2", "c"), ("?access=consent&format=csv", ""), ("?sort=title&page=x", "abc"),
    ("?access=%00", "abc"), ("?access=x", "")])
def test_filters_find_the_same_everywhere(shelf: Shelf, client: Client, filters: str, found: str) -> None:
    other, _ = shelf.catalogue.member()
    service = shelf.catalogue.service(other)
    shelf.dataset(title=Localized({"ja": "data a"}), areas=[1])
    shelf.dataset(title=Localized({"ja": "data b"}), access="members", format="json")
    shelf.dataset(title=Localized({"ja": "data c"}), areas=[2], service=service.id, by=shelf.catalogue.desk)
    shelf.dataset(title=Localized({"ja": "data d"}), state="draft")
    shelf.dataset(title=Localized({"ja": "data e"}), state="withdrawn")
    listed = client.api("GET", f"/datasets{filters}").json()
    page, table = client.open(f"/datasets{filters}"), client.get(f"/datasets.csv{filters}").text
    links = [text for text, _ in page.links]
    assert sorted(item["title"][-1] for item in listed["items"]) == sorted(found)
    assert [name for name in "abcde" if f"data {name}" in links] == sorted(found)
    assert [name for name in "abcde" if f"data {name}" in table] == sorted(found)
    assert ("当てはまるデータセットがありません" in page.text) == (not found)


@on_sqlite
@pytest.mark.parametrize(("changed", "field"), [
    ({"title_ja": ""}, "title_ja"), ({"access": "secret"}, "access"), ({"download_url": ""}, "download_url"),
    ({"download_url": "javascript:alert(1)"}, "download_url"), ({"licence": "agreement"}, "licence"),
    ({"contact": "nobody"}, "contact"), ({"covers_from": "2026-05-02", "covers_to": "2026-05-01"}, "covers_to"),
    ({"service": "no-such"}, "service")])
def test_what_is_wrong_is_said_at_its_field_and_kept(
        shelf: Shelf, doors: Doors, changed: dict[str, str], field: str) -> None:
    body = {**FIELDS, "service": shelf.service.slug, **changed}
    page = doors.form(shelf.owner, "POST", "/datasets/new", body)
    assert (page.status, f'href="#{field}"' in page.html, "停留所ごとの乗り降り" in page.html) == (422, True, True)
    answer = doors.api(shelf.owner, "POST", "/datasets", body)
    assert (answer.status, [each["field"] for each in answer.json()["errors"]]) == (422, [field])
    odd: list[Any] = [5, [1], {"areas": 3}, {**body, "areas": "x"}, {**body, "covers_from": 3}]
    assert [doors.api(shelf.owner, "POST", "/datasets", each).status for each in odd] == [422] * len(odd)


def test_pages_ask_the_same_number_of_queries_however_many_datasets(
        shelf: Shelf, client: Client, count_queries: Any) -> None:
    client.open("/datasets")
    asked = []
    for more in (1, 5):
        for _ in range(more):
            last = shelf.dataset(areas=[1, 2])
        with count_queries(shelf.catalogue.db) as listed:
            client.open("/datasets?sort=title")
        with count_queries(shelf.catalogue.db) as shown:
            client.open(f"/datasets/{last.slug}")
        with count_queries(shelf.catalogue.db) as service:
            client.open(f"/services/{shelf.service.slug}")
        asked.append((listed.total, shown.total, service.total))
    assert asked[0] == asked[1]


@on_sqlite
def test_a_dataset_is_found_by_search_while_it_is_offered(
        shelf: Shelf, doors: Doors, deliver: Callable[[], int]) -> None:
    row = shelf.dataset()
    deliver()
    assert f"/datasets/by-id/{row.id}" in [path for _, path in doors.client.open("/search?q=乗降").links]
    assert doors.form(shelf.owner, "POST", f"/datasets/{row.slug}/state", WITHDRAW).status == 303
    deliver()
    assert "乗降の数" not in [text for text, _ in doors.client.another().open("/search?q=乗降").links]


@on_sqlite
def test_the_rule_asks_each_service_that_uses_data_for_a_dataset(shelf: Shelf) -> None:
    about = subject(shelf.organisation.id)

    def states(*services: int) -> list[State]:
        asked = (about, *(subject(number, SubjectKind.SERVICE) for number in services))
        return [each.state for each in (finding(shelf.catalogue, "datasets_published", one) for one in asked) if each]
    assert states(shelf.service.id) == [State.NOT_APPLICABLE, State.NOT_APPLICABLE]
    uses = shelf.catalogue.service(shelf.organisation, data=[DataEntry("not_personal", Localized({"ja": "数えるため"}))])
    shelf.dataset(state="draft", service=uses.id)
    assert states(uses.id) == [State.BROKEN, State.BROKEN]
    shelf.dataset(service=uses.id)
    assert states(uses.id, shelf.service.id) == [State.KEPT, State.KEPT, State.NOT_APPLICABLE]
