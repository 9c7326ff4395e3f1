"""The catalogue: who may do what in which state, the same filters everywhere, and what a page says of data."""
from collections.abc import Callable
from typing import Any

import pytest

from consortium.services.actions import DataEntry
from consortium.services.models import ServiceState
from participation.db import Localized
from participation.subjects import Subject
from tests.consents.scene import Centre
from tests.proposals.doors import Doors
from tests.services.scene import Catalogue
from tests.support.client import Client
from tests.support.databases import on_sqlite

FIELDS = {"name_ja": "道の通報", "name_en": "Road reports", "summary_ja": "写真で知らせます。", "state": "running",
          "since": "2026-05-01", "category": "mobility"}
MOVE = {"day": "2026-06-01", "reason": "Another service does the same."}
# who -> what comes of: entering, changing, publishing a draft, ending what runs
MAY = {
    None: (401, 401, 404, 401), "citizen": (403, 403, 404, 403), "other member": (303, 403, 404, 403),
    "unsigned": (403, 403, 404, 403), "owner": (303, 303, 303, 303), "secretariat": (303, 303, 303, 303),
    "auditor": (403, 403, 403, 403)}


@on_sqlite
def test_each_role_does_what_the_table_says_by_page_and_api(catalogue: Catalogue, doors: Doors) -> None:
    catalogue.frame()
    mine, owner = catalogue.member()
    theirs, other = catalogue.member()
    _, unsigned = catalogue.member(signs=False)
    who = {None: None, "citizen": catalogue.person(), "other member": other, "unsigned": unsigned, "owner": owner,
           "secretariat": catalogue.desk, "auditor": catalogue.person(roles=("auditor",))}
    own = {"owner": mine.slug, "other member": theirs.slug, "secretariat": mine.slug}
    for role, actor in who.items():
        public, draft = catalogue.service(mine), catalogue.service(mine, publish=False)
        body = {**FIELDS, "owners": [own.get(role or "", mine.slug)]}
        changed = {**body, "owners": [mine.slug], "summary_ja": f"新しい説明 {role}"}
        by_page = (
            doors.form(actor, "POST", "/services/new", body),
            doors.form(actor, "PATCH", f"/services/{public.slug}", changed),
            doors.form(actor, "POST", f"/services/{draft.slug}/publication"),
            doors.form(actor, "POST", f"/services/{public.slug}/state", {**MOVE, "to": "ended"}))
        assert tuple(answer.status for answer in by_page) == MAY[role], role
        other_draft = catalogue.service(mine, publish=False)
        by_api = (
            doors.api(actor, "POST", "/services", body),
            doors.api(actor, "PATCH", f"/services/{public.slug}", {"summary_ja": f"別の説明 {role}"}),
            doors.api(actor, "PATCH", f"/services/{other_draft.slug}", {"publish": True}))
        wanted = [{303: good}.get(status, status)
                  for status, good in zip(MAY[role], (201, 200, 200), strict=False)]
        assert [answer.status for answer in by_api] == wanted, role


@on_sqlite
@pytest.mark.parametrize("state", list(ServiceState))
def test_a_service_moves_along_the_table_only(catalogue: Catalogue, doors: Doors, state: ServiceState) -> None:
    owner, person = catalogue.member()
    arrows = {("planned", "running"), ("planned", "ended"), ("running", "ended"), ("ended", "running")}
    for to in ServiceState:
        service = catalogue.service(owner, state=state)
        answer = doors.form(person, "POST", f"/services/{service.slug}/state", {**MOVE, "to": to})
        assert answer.status == (303 if (state, to) in arrows else 409), (state, to)
    service = catalogue.service(owner, state=ServiceState.RUNNING)
    bare = doors.form(person, "POST", f"/services/{service.slug}/state", {"to": "ended", "day": "2026-06-01"})
    assert (bare.status, "理由" in bare.text) == (422, True)


def test_every_published_text_is_kept_and_followers_hear_of_the_end(
        catalogue: Catalogue, doors: Doors, deliver: Callable[[], int]) -> None:
    catalogue.frame()
    mine, owner = catalogue.member()
    service, reader = catalogue.service(mine), catalogue.person("Reader")
    path = f"/services/{service.slug}"
    assert doors.form(reader, "PUT", f"/subjects/{service.id}/follow").status == 303
    body = {**FIELDS, "owners": [mine.slug], "summary_ja": "もっと早く上ります。", "reason": "速くなったため"}
    assert doors.form(owner, "PATCH", path, body).status == 303
    assert doors.form(owner, "PATCH", path, body).status == 303  # nothing new, no further version
    history = doors.client.open(f"{path}/history")
    assert ("版 2" in history.text or "第2版" in history.text, "速くなったため" in history.text,
            "坂を上ります。" in history.text) == (True, True, True)
    assert doors.api(None, "GET", path).json()["version"] == 2
    assert doors.form(owner, "POST", f"{path}/state", {**MOVE, "to": "ended"}).status == 303
    deliver()
    assert "終了" in doors.client.sign_in(reader).open("/me/notices").text


@on_sqlite
@pytest.mark.parametrize(("filters", "found"), [
    ("", {"a", "b", "c"}), ("?q=ｂ", {"b"}), ("?field=mobility", {"a"}), ("?state=planned", {"b"}),
    ("?area=suma", {"a", "b"}),
    ("?area=nada", {"b", "c"}), ("?owner=example-2", {"c"}), ("?state=running&owner=example-1", {"a"}),
    ("?owner=nobody", set()), ("?sort=name&page=x&state=x", set()),
    ("?state=%00&per_page=9", {"a", "b", "c"})])
def test_filters_find_the_same_everywhere(
        catalogue: Catalogue, client: Client, filters: str, found: set[str]) -> None:
    catalogue.frame()
    mine, _ = catalogue.member()
    theirs, _ = catalogue.member()
    catalogue.service(mine, name=Localized({"ja": "service a"}), areas=[1])
    catalogue.service(mine, name=Localized({"ja": "service b"}), category_id=None, state=ServiceState.PLANNED)
    catalogue.service(theirs, name=Localized({"ja": "service c"}), category_id=None, areas=[2])
    catalogue.service(theirs, name=Localized({"ja": "service d"}), publish=False)
    listed = client.api("GET", f"/services{filters}").json()
    assert {item["name"][-1] for item in listed["items"]} == found
    page, table = client.open(f"/services{filters}"), client.get(f"/services.csv{filters}").text
    for name in ("service a", "service b", "service c", "service d"):
        assert (name in [text for text, _ in page.links], name in table) == (name[-1] in found, name[-1] in found)
    assert ("当てはまるサービスがありません" in page.text) == (not found)


@on_sqlite
def test_personal_data_without_a_purpose_are_said_on_the_page(catalogue: Catalogue, client: Client) -> None:
    mine, _ = catalogue.member()
    why = Localized({"ja": "迎えに行くため"})
    data = [DataEntry("position", why), DataEntry("contact", why, "cart-contact"), DataEntry("not_personal", why)]
    bad, good = catalogue.service(mine, data=data), catalogue.service(mine, data=data[1:])
    assert "同意の利用目的がありません" in client.open(f"/services/{good.slug}").text  # nobody is asked under that key yet
    centre = Centre(catalogue.council)
    centre.purpose("cart-contact", centre.service(good.slug), categories=["contact"])
    assert "同意の利用目的がありません" in client.open(f"/services/{bad.slug}").text
    assert "同意の利用目的がありません" not in client.open(f"/services/{good.slug}").text
    own = client.another().sign_in(catalogue.desk).open("/consents")
    assert f"/services/{good.slug}" in [path for _, path in own.links]
    assert client.api("GET", f"/services/{bad.slug}").json()["data"][0] == {
        "category": "position", "reason": "迎えに行くため", "purpose": None}


@on_sqlite
def test_what_was_typed_comes_back_with_the_reason(catalogue: Catalogue, doors: Doors) -> None:
    catalogue.frame()
    mine, owner = catalogue.member()
    typed = {**FIELDS, "owners": [mine.slug], "data_category": ["position", ""], "data_reason_ja": ["", "何かのため"],
             "website": "javascript:alert(1)"}
    page = doors.form(owner, "POST", "/services/new", typed)
    assert page.status == 422
    for kept in ("道の通報", "何かのため", "javascript:alert(1)"):
        assert kept in page.html
    assert "1行目" in page.text
    odd: list[Any] = [5, [1], "x", {"data": 3}, {**FIELDS, "owners": "x"}, {**FIELDS, "data": [{"category": 1}]}]
    assert [doors.api(owner, "POST", "/services", body).status for body in odd] == [422] * len(odd)


def test_pages_ask_the_same_number_of_queries_however_many_services(
        catalogue: Catalogue, client: Client, count_queries: Any) -> None:
    catalogue.frame()
    mine, _ = catalogue.member()
    client.open("/services")  # the shell of the page is read once
    asked = []
    for more in (1, 5):
        for _ in range(more):
            last = catalogue.service(mine, areas=[1, 2], data=[DataEntry("usage", Localized({"ja": "数えるため"}), "p")])
        with count_queries(catalogue.db) as listed:
            client.open("/services?sort=name")
        with count_queries(catalogue.db) as shown:
            client.open(f"/services/{last.slug}")
        asked.append((listed.total, shown.total))
    assert asked[0] == asked[1]


@on_sqlite
def test_a_service_is_found_talked_about_and_hidden_like_other_things(
        catalogue: Catalogue, doors: Doors, deliver: Callable[[], int]) -> None:
    mine, _ = catalogue.member()
    service, citizen = catalogue.service(mine), catalogue.person("Citizen")
    deliver()
    assert "坂のカート" in doors.client.open("/search?q=カート").text
    assert doors.form(citizen, "POST", f"/subjects/{service.id}/comments", {"body": "乗りたいです。"}).status == 303
    assert "乗りたいです。" in doors.client.open(f"/services/{service.slug}").text
    hide = {"ground": "other", "reason": "似た名前の別の会社です。"}
    assert doors.form(catalogue.desk, "PUT", f"/secretariat/hidden/{service.id}", hide).status == 303
    with catalogue.db.read() as session:
        assert not session.get_one(Subject, service.id).visible
    assert doors.api(None, "GET", f"/services/{service.slug}").status == 404
    assert doors.api(None, "GET", "/services").json()["total"] == 0
