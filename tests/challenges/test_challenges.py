"""Challenges and solution sheets: who may do what in which state, who reads which sheet, and what a match makes."""
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from consortium.challenges import actions
from consortium.challenges.closing import close
from consortium.challenges.models import SHEET_TRANSITIONS, TRANSITIONS, ChallengeState
from consortium.voices.queries import voices_of
from participation.db import Localized
from participation.services import Services
from tests.challenges.scene import FORM, SHEET, Market
from tests.proposals.doors import Doors
from tests.support.client import Client
from tests.support.databases import on_sqlite
from tests.voices.test_linking import said

ROLES = (None, "citizen", "member", "auditor", "poster", "coordinator", "secretariat")
CLOSE, WITHDRAW = {"to": "closed"}, {"to": "withdrawn", "reason": "道ができたため"}
# posting, closing, withdrawing, matching; by state and role
COMES = {
    "draft": {"poster": (303, 409, 303, 403), "secretariat": (303, 409, 303, 409), "auditor": (403,) * 4},
    "open": {"poster": (409, 303, 303, 403), "coordinator": (403, 403, 403, 409), "secretariat": (409, 303, 303, 409)},
    "closed": {"poster": (409, 409, 303, 403), "coordinator": (403, 403, 403, 303),
               "secretariat": (409, 409, 303, 303)},
    "matched": {"poster": (409, 409, 409, 403), "coordinator": (403, 403, 403, 409), "secretariat": (409,) * 4},
    "withdrawn": {"poster": (409, 409, 409, 403), "coordinator": (403, 403, 403, 409), "secretariat": (409,) * 4}}


def people(market: Market) -> dict[str | None, Any]:
    return {None: None, "citizen": market.catalogue.person(), "member": market.answerer, "poster": market.owner,
            "auditor": market.catalogue.person(roles=("auditor",)), "coordinator": market.coordinator,
            "secretariat": market.desk}


@on_sqlite
@pytest.mark.parametrize("state", list(ChallengeState))
def test_each_role_does_in_each_state_what_the_table_says_by_page_and_api(
        market: Market, doors: Doors, state: str) -> None:
    who, untouched = people(market), market.challenge(state)  # a refusal changes nothing
    for role in ROLES:
        by_page, by_api = [], []
        for end, body in (("edit", {**FORM, "do": "post"}), ("state", CLOSE), ("state", WITHDRAW), ("match", {})):
            for seen, door in ((by_page, doors.form), (by_api, doors.api)):
                if end == "edit" and door == doors.api:
                    continue  # over the API a challenge is posted at once
                number = market.challenge(state) if role in COMES[state] else untouched
                if state == "closed" and end == "match" and role in COMES[state]:
                    body = match_body(market, market.challenge(), doors)
                    number = body.pop("number")
                path = f"/challenges/{number}/{end if door == doors.form else end.replace('state', 'transitions')}"
                seen.append(door(who[role], "POST", path, body).status)
        refused = 404 if state == "draft" else 401 if role is None else 403
        wanted = COMES[state].get(role or "", (refused,) * 4)
        assert (tuple(by_page), tuple(by_api)) == (wanted, tuple({303: 200}.get(each, each) for each in wanted[1:])), (
            role, state)


def match_body(market: Market, number: int, doors: Doors) -> dict[str, Any]:
    """A closed challenge with one sheet, and what chooses it."""
    sheet = market.sheet(number)
    assert doors.form(market.owner, "POST", f"/challenges/{number}/state", CLOSE).status == 303
    return {"number": number, "sheets": [str(sheet)], "lead": str(sheet)}


def test_only_the_arrows_of_the_tables_lead_from_state_to_state() -> None:
    assert {(state, to) for state in TRANSITIONS for to in TRANSITIONS[state]} == {
        ("draft", "open"), ("draft", "withdrawn"), ("open", "closed"), ("open", "withdrawn"), ("closed", "matched"),
        ("closed", "withdrawn")}
    assert {(state, to) for state in SHEET_TRANSITIONS for to in SHEET_TRANSITIONS[state]} == {
        ("draft", "submitted"), ("submitted", "submitted"), ("submitted", "chosen"), ("submitted", "not_chosen"),
        ("submitted", "withdrawn"), ("withdrawn", "submitted")}


# keeping a draft, handing in, withdrawing; by page, for the member's representative while the challenge is open
ANSWERS = {"none": (303, 303, 409), "draft": (303, 303, 409), "submitted": (303, 303, 303),
           "withdrawn": (303, 303, 409), "too late": (403, 403, 403), "chosen": (403, 403, 403)}
REFUSED = {None: 401, "citizen": 403, "auditor": 403, "poster": 403, "coordinator": 403, "secretariat": 403,
           "unsigned": 403, "member": 0}


def answered(market: Market, state: str) -> int:
    """A challenge that has a sheet in this state."""
    number = market.challenge("matched" if state == "chosen" else "open")
    if state in ("draft", "submitted", "withdrawn", "too late"):
        market.sheet(number, "submitted" if state == "too late" else state)
    if state == "too late":
        market.do(actions.move_challenge, market.owner, number, ChallengeState.CLOSED)
    return number


@on_sqlite
def test_each_role_does_with_a_sheet_in_each_state_what_the_table_says(market: Market, doors: Doors) -> None:
    organisation, unsigned = market.catalogue.member(signs=False)
    who = {**people(market), "unsigned": unsigned}
    untouched = {state: answered(market, state) for state in ANSWERS}  # a refusal changes nothing
    for role, state in product(REFUSED, ANSWERS):
        slug = organisation.slug if role == "unsigned" else market.member.slug
        by_page, by_api = [], []
        for place, end in enumerate(("/draft", "", "/withdrawal")):
            for seen, door in ((by_page, doors.form), (by_api, doors.api)):
                if place == 0 and door == doors.api:
                    continue  # the API keeps no drafts
                number = untouched[state] if REFUSED[role] else answered(market, state)
                method = "PUT" if door == doors.api and place == 1 else "POST"
                body = {**SHEET, **({"do": "save"} if door == doors.form else {})}
                seen.append(door(who[role], method, f"/challenges/{number}/sheets/{slug}{end}", body).status)
        wanted = (REFUSED[role],) * 3 if REFUSED[role] else ANSWERS[state]
        assert (tuple(by_page), tuple(by_api)) == (wanted, tuple({303: 200}.get(each, each) for each in wanted[1:])), (
            role, state)


@on_sqlite
def test_sheets_are_read_by_the_poster_until_the_deadline_and_then_as_their_owner_chose(
        market: Market, doors: Doors) -> None:
    number, (second, other) = market.challenge(), market.catalogue.member()
    market.sheet(number, offer="みんなに見せる提案を、ここに書きます。", public=True)
    market.sheet(number, by=other, of=second, offer="募集した側だけに見せる提案です。")
    third, last = market.catalogue.member()
    market.sheet(number, "withdrawn", by=last, of=third, offer="取り下げた提案を、ここに書きました。")
    who = {**people(market), "other": other}

    def read(role: str | None) -> tuple[bool, ...]:
        told = [sheet["offer"] for sheet in doors.api(who[role], "GET", f"/challenges/{number}").json()["sheets"]]
        page = (doors.client.another().sign_in(who[role]) if role else doors.client.another()).open(
            f"/challenges/{number}").text
        found = tuple(any(word in text for text in told) for word in ("みんなに", "募集した側だけに", "取り下げた提案"))
        assert found == tuple(word in page for word in ("みんなに見せる", "募集した側だけに見せる", "取り下げた提案")), role
        return found
    inside = {role: (True, True, False) for role in ("poster", "coordinator", "secretariat", "auditor")}
    assert {role: read(role) for role in (*ROLES, "other")} == {
        **inside, None: (False,) * 3, "citizen": (False,) * 3, "member": (True, False, False),
        "other": (False, True, False)}
    market.catalogue.clock.advance(days=30)
    assert {role: read(role) for role in (*ROLES, "other")} == {
        **inside, None: (True, False, False), "citizen": (True, False, False), "member": (True, False, False),
        "other": (True, True, False)}


def test_after_the_deadline_no_sheet_is_taken_and_those_concerned_are_told(
        market: Market, doors: Doors, services: Services, deliver: Callable[[], int]) -> None:
    number = market.challenge(days=3)
    market.sheet(number)
    market.catalogue.clock.advance(days=4)
    assert doors.api(None, "GET", f"/challenges/{number}").json()["state"] == "closed", "whether the worker ran or not"
    assert doors.api(market.answerer, "PUT", f"/challenges/{number}/sheets/{market.member.slug}", SHEET).status == 403
    for _ in range(2):
        close(services, services.clock())
        deliver()
    told = doors.client.sign_in(market.answerer).open("/me/notices").html
    assert told.count("坂の町の買い物: 選考中</p>") == 1


@on_sqlite
def test_the_pilot_begins_with_what_challenge_and_sheets_say_and_its_partners_read_it(
        market: Market, doors: Doors) -> None:
    number, (second, other) = market.challenge(area_id=1), market.catalogue.member()
    sheets = [str(market.sheet(number)), str(market.sheet(number, by=other, of=second, offer="充電の場所を、店の前に三つ貸します。"))]
    source = said(market.catalogue, market.catalogue.service(market.member).slug, market.catalogue.person()).subject_id
    for who, status in ((market.answerer, 403), (market.owner, 303)):
        assert doors.form(who, "POST", f"/linked-voices/{number}", {"source": str(source)}).status == status
    assert doors.form(market.owner, "POST", f"/challenges/{number}/state", CLOSE).status == 303
    body = {"sheets": sheets, "lead": sheets[0]}
    pilot = doors.api(market.coordinator, "POST", f"/challenges/{number}/match", body).json()["pilot_id"]
    page = doors.client.sign_in(other).open(f"/pilots/{pilot}").text
    for words in ("坂の上に住む人が困っています。", SHEET["offer"], "充電の場所を、店の前に三つ貸します。", "須磨", "移動"):
        assert words in page, words
    assert [each.id for each in market.catalogue.council.ask(voices_of, [pilot])[pilot]] == [source]


def test_a_match_makes_the_draft_of_a_pilot_that_keeps_the_links(
        market: Market, doors: Doors, deliver: Callable[[], int]) -> None:
    number, (second, other) = market.challenge(), market.catalogue.member()
    first, refused = market.sheet(number), market.sheet(number, by=other, of=second)
    assert doors.form(market.owner, "POST", f"/challenges/{number}/state", CLOSE).status == 303
    path = f"/challenges/{number}/match"
    bad = doors.form(market.coordinator, "POST", path, {"sheets": [str(first)], "lead": str(refused)})
    assert (bad.status, 'href="#lead"' in bad.html) == (422, True)
    assert doors.form(market.coordinator, "POST", path, {"sheets": [str(first)], "lead": str(first)}).status == 303
    told = doors.api(market.desk, "GET", f"/challenges/{number}").json()
    assert (told["state"], {each["id"]: each["state"] for each in told["sheets"]}) == (
        "matched", {first: "chosen", refused: "not_chosen"})
    mine = doors.client.sign_in(market.answerer)
    assert ("坂の町の買い物" in mine.open(f"/pilots/{told['pilot_id']}").text,
            f"/pilots/{told['pilot_id']}" in [at for _, at in mine.open(f"/challenges/{number}").links]) == (True, True)
    assert f"/pilots/{told['pilot_id']}" not in doors.client.another().open(f"/challenges/{number}").html
    deliver()
    assert "実証実験の下書きができました" in mine.open("/me/notices").text
    assert "ほかのヒアリングシートが選ばれました" in doors.client.another().sign_in(other).open("/me/notices").text
    english = doors.client.another().sign_in(market.owner).open("/me/notices?lang=en").text
    assert "Became a pilot" in english


@on_sqlite
def test_a_draft_is_kept_as_typed_and_posted_when_it_is_in_order(market: Market, doors: Doors) -> None:
    started = doors.form(market.owner, "POST", "/challenges/drafts", {"title_ja": "坂"})
    number = int(started.html.split('data-draft-url="/challenges/')[1].split("/")[0])
    assert doors.form(market.owner, "POST", f"/challenges/{number}/draft", {**FORM, "wanted_ja": "短い"}).status == 200
    form = doors.client.sign_in(market.owner).open(f"/challenges/{number}/edit").html
    assert ("坂の町の買い物" in form, "短い" in form) == (True, True)
    for changed, field in (({"wanted_ja": "短い"}, "wanted_ja"), ({"closes_on": "2026-06-01"}, "closes_on"),
                           ({"category": ""}, "category"), ({"area": "no-such"}, "area")):
        page = doors.form(market.owner, "POST", f"/challenges/{number}/edit", {**FORM, **changed, "do": "post"})
        assert (page.status, f'href="#{field}"' in page.html) == (422, True), field
        assert doors.api(market.owner, "POST", "/challenges", {**FORM, **changed}).status == 422
    assert doors.form(market.owner, "POST", f"/challenges/{number}/edit", {**FORM, "do": "post"}).status == 303
    assert doors.api(market.owner, "POST", "/challenges", FORM).status == 201
    odd: list[Any] = [5, [1], {"title_ja": 3}, {**FORM, "closes_on": 3}]
    assert [doors.api(market.owner, "POST", "/challenges", body).status for body in odd] == [422] * len(odd)
    assert doors.api(None, "GET", "/challenges").json()["total"] == 2


@on_sqlite
@pytest.mark.parametrize(("filters", "found"), [
    ("", "abc"), ("?q=ｂ", "b"), ("?state=closed", "c"), ("?field=mobility", "ac"), ("?area=suma", "abc"),
    ("?area=nada", "ac"), ("?state=x", ""), ("?page=x", "abc")])
def test_filters_find_the_same_everywhere(market: Market, client: Client, filters: str, found: str) -> None:
    market.challenge(title=Localized({"ja": "part a"}))
    market.challenge(title=Localized({"ja": "part b"}), category_id=None, area_id=1)
    market.challenge("closed", title=Localized({"ja": "part c"}))
    market.challenge("draft")
    listed = client.api("GET", f"/challenges{filters}").json()
    page, table = client.open(f"/challenges{filters}"), client.get(f"/challenges.csv{filters}").text
    links = [text for text, _ in page.links]
    assert sorted(item["title"][-1] for item in listed["items"]) == sorted(found)
    assert [name for name in "abc" if f"part {name}" in links] == [name for name in "abc" if f"part {name}" in table]
    assert [name for name in "abc" if f"part {name}" in links] == sorted(found)


def test_pages_ask_the_same_number_of_queries_however_many_challenges_and_sheets(
        market: Market, client: Client, count_queries: Any) -> None:
    client.open("/challenges")
    number, asked = market.challenge(), []
    for more in (1, 4):
        for _ in range(more):
            found, who = market.catalogue.member()
            market.sheet(number, by=who, of=found, public=True)
            market.challenge()
        with count_queries(market.catalogue.db) as listed:
            client.open(f"/challenges?q=&n={more}")
        with count_queries(market.catalogue.db) as shown:
            client.open(f"/challenges/{number}")
        asked.append((listed.total, shown.total))
    assert asked[0] == asked[1]


@on_sqlite
def test_the_secretariat_names_coordinators(market: Market, doors: Doors) -> None:
    helper = market.catalogue.person("Helper", email="helper@example.test")
    for who, status in ((None, 401), (market.owner, 403), (market.coordinator, 403)):
        assert doors.form(who, "POST", "/secretariat/coordinators", {"email": "helper@example.test"}).status == status
    assert doors.form(market.desk, "POST", "/secretariat/coordinators", {"email": "no@example.test"}).status == 422
    assert doors.form(market.desk, "POST", "/secretariat/coordinators", {"email": "helper@example.test"}).status == 303
    assert market.catalogue.council.again(helper).has("coordinator", "council")
    assert doors.form(market.desk, "DELETE", f"/secretariat/coordinators/{helper.id}").status == 303
    assert not market.catalogue.council.again(helper).has("coordinator", "council")
