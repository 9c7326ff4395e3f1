"""Voting on statements: who may when, the last vote counts, counters are exact, pages and API do the same."""
import re
from collections import Counter
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import func, select

from participation.db import Localized
from proposals.opinion_maps import actions
from proposals.opinion_maps.models import OpinionParticipant, OpinionStatement, OpinionVote
from tests.opinion_maps.scene import FORM, Doors, Opinions
from tests.support.client import Client
from tests.support.databases import on_sqlite

# voting, adding a statement, opening, closing; by state and role
COMES = {
    "draft": {"citizen": (404, 404, 403, 403), "secretariat": (403, 303, 303, 409)},
    "open": {"citizen": (303, 303, 403, 403), "secretariat": (303, 303, 409, 303)},
    "closed": {"citizen": (403, 403, 403, 403), "secretariat": (403, 303, 303, 409)},
}
OF_NOBODY = {"draft": (404, 404, 401, 401), "open": (401, 401, 401, 401), "closed": (403, 403, 401, 401)}
OF_AUDITORS = {"draft": (403, 403, 403, 403), "open": (403, 403, 403, 403), "closed": (403, 403, 403, 403)}


@on_sqlite
@pytest.mark.parametrize("state", list(COMES))
def test_each_role_does_in_each_state_what_the_table_says_by_page_and_api(
        opinions: Opinions, doors: Doors, state: str) -> None:
    person = opinions.scene.person
    who = {None: None, "citizen": person(), "auditor": person(roles=("auditor",)), "secretariat": opinions.desk}
    for role, actor in who.items():
        wanted = COMES[state].get(role or "") or (OF_NOBODY if role is None else OF_AUDITORS)[state]
        pages, api = opinions.map(state), opinions.map(state)
        by_page = tuple(doors.form(actor, "POST", path, body).status for path, body in (
            (f"/opinion-maps/{pages}/statements/0/vote", {"vote": "agree"}),
            (f"/opinion-maps/{pages}/statements", {"text": "もっと木を植える"}),
            (f"/secretariat/opinion-maps/{opinions.map(state)}/state", {"to": "open"}),
            (f"/secretariat/opinion-maps/{opinions.map(state)}/state", {"to": "closed"})))
        by_api = (doors.api(actor, "PUT", f"/opinion-maps/{api}/statements/0/vote", {"vote": "agree"}).status,
                  doors.api(actor, "POST", f"/opinion-maps/{api}/statements", {"text": "もっと木を植える"}).status,
                  doors.api(actor, "POST", f"/opinion-maps/{opinions.map(state)}/transitions", {"to": "open"}).status,
                  doors.api(actor, "POST", f"/opinion-maps/{api}/transitions", {"to": "closed"}).status)
        assert by_page == wanted, (role, state)
        said = {303: (200, 201), 403: (403, 404)}
        known = zip(by_api, wanted, strict=True)
        assert all(got in said.get(want, (want, 401)) for got, want in known), (role, by_api)


@on_sqlite
def test_votes_move_counters_exactly_and_the_last_one_counts(opinions: Opinions) -> None:
    slug, people = opinions.map(), [opinions.scene.person() for _ in range(4)]
    for person, value in product(people, (1, 0, -1, -1)):
        opinions.vote(person, slug, 1, value)
    assert opinions.vote(people[0], slug, 1, 1) and not opinions.vote(people[0], slug, 1, 1)
    with opinions.scene.db.read() as session:
        row = session.scalars(select(OpinionStatement).where(OpinionStatement.number == 1)).one()
        kept = Counter(session.scalars(select(OpinionVote.vote)))
        assert session.scalar(select(func.count()).select_from(OpinionParticipant)) == 4
    assert (row.agree, row.disagree, row.passed) == (kept[1], kept[-1], kept[0]) == (1, 3, 0)
    assert row.changes == 4 * 3 + 1
    assert opinions.row(slug).participants_count == 4


def test_a_vote_takes_as_many_queries_as_its_limit_says(opinions: Opinions, doors: Doors, count_queries: Any) -> None:
    slug, person = opinions.map(statements=30), opinions.scene.person()
    for number in range(2):
        doors.form(person, "POST", f"/opinion-maps/{slug}/statements/{number}/vote", {"vote": "agree"}, htmx=True)
    with count_queries(opinions.scene.db) as counted:
        answer = doors.form(person, "POST", f"/opinion-maps/{slug}/statements/2/vote", {"vote": "pass"}, htmx=True)
    assert answer.status == 200
    assert counted.total <= 14


@on_sqlite
def test_statements_come_in_each_persons_own_order_those_with_few_votes_first(
        opinions: Opinions, doors: Doors) -> None:
    slug = opinions.map(statements=12)
    people = [opinions.scene.person() for _ in range(6)]
    orders = [tuple(_walk(doors, slug, person)) for person in people]
    assert all(sorted(order) == list(range(12)) for order in orders), "nothing is skipped, nothing comes twice"
    assert len(set(orders)) > 3
    for person in [opinions.scene.person() for _ in range(4)]:
        for number in (3, 4):
            opinions.vote(person, slug, number, 1)
    late = _walk(doors, slug, opinions.scene.person())
    assert set(late[-2:]) == {3, 4}


def _walk(doors: Doors, slug: str, person: Any) -> list[int]:
    seen, following = [], doors.api(person, "GET", f"/opinion-maps/{slug}").json()["next"]
    number = following["number"] if following else None
    while number is not None:
        seen.append(number)
        path = f"/opinion-maps/{slug}/statements/{number}/vote"
        number = doors.api(person, "PUT", path, {"vote": "agree"}).json()["next"]
    return seen


@on_sqlite
def test_a_swap_gives_the_focus_to_the_next_statement_and_says_what_was_recorded(
        opinions: Opinions, doors: Doors) -> None:
    slug, person = opinions.map(), opinions.scene.person(locale="en")
    answer = doors.form(person, "POST", f"/opinion-maps/{slug}/statements/0/vote", {"vote": "agree"}, htmx=True)
    following = re.search(r'id="statement" lang="en" tabindex="-1" data-focus>([^<]+)<', answer.html)
    assert following and f'data-say="Recorded: Agree. {following[1]}"' in answer.html
    back = doors.client.get(f"/opinion-maps/{slug}/voting?statement=0", headers={"HX-Request": "true"})
    assert re.findall(r'aria-pressed="(\w+)"', back.html) == ["true", "false", "false"]


@on_sqlite
def test_only_those_vote_of_whom_what_it_needs_is_confirmed(opinions: Opinions, doors: Doors) -> None:
    slug = opinions.map(needs=["resident", "adult"])
    path, body = f"/opinion-maps/{slug}/statements/0/vote", {"vote": "agree"}
    person = opinions.scene.person
    assert doors.api(person(verifications=("resident",)), "PUT", path, body).status == 403
    assert doors.api(person(verifications=("resident", "adult")), "PUT", path, body).status == 200


@on_sqlite
def test_a_map_opens_and_closes_at_its_times_and_its_phase_has_to_be_open(
        opinions: Opinions, doors: Doors, deliver: Any) -> None:
    clock, now = opinions.scene.clock, opinions.scene.clock()
    slug = opinions.map("draft", opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=3))
    states = []
    for days in (1, 3):
        clock.set(now + timedelta(days=days, seconds=60))
        deliver()
        states.append(opinions.row(slug).state)
    assert states == ["open", "closed"]
    opinions.scene.process(("comment",))
    other = opinions.map()
    refused = doors.api(opinions.scene.person(), "PUT", f"/opinion-maps/{other}/statements/0/vote",
                        {"vote": "agree"})
    assert refused.status == 403


@on_sqlite
def test_a_statement_waits_is_declined_with_a_reason_and_its_author_is_told(
        opinions: Opinions, doors: Doors, deliver: Any, client: Client) -> None:
    slug, person = opinions.map(), opinions.scene.person()
    text = {"text": "歩道をもっと広くする"}
    assert doors.form(person, "POST", f"/opinion-maps/{slug}/statements", text).status == 303
    assert doors.form(person, "POST", f"/opinion-maps/{slug}/statements", text).status == 409, "the same again"
    path = f"/secretariat/opinion-maps/{slug}/statements/3"
    assert doors.form(opinions.desk, "POST", path, {"to": "declined"}).status == 422
    assert doors.form(opinions.desk, "POST", path, {"to": "declined", "reason": "二つのことを言っています"}).status == 303
    deliver()
    client.sign_in(person)
    assert "二つのことを言っています" in client.get(f"/opinion-maps/{slug}").text
    assert "車の少ない中心街は?" in client.get("/me/notices").text
    over = f"/opinion-maps/{slug}/statements/3/decision"
    assert doors.api(opinions.desk, "POST", over, {"to": "declined"}).json()["errors"][0]["field"] == "reason"
    assert doors.api(opinions.desk, "POST", over, {"to": "accepted"}).json() == {"number": 3, "state": "accepted"}
    assert doors.api(opinions.desk, "POST", over, {"to": "accepted"}).status == 409
    assert opinions.vote(person, slug, 3, 1)


@on_sqlite
def test_the_secretariat_makes_a_map_by_its_form(opinions: Opinions, doors: Doors) -> None:
    assert doors.form(opinions.desk, "POST", "/secretariat/opinion-maps", FORM).status == 303
    assert doors.form(opinions.desk, "POST", "/secretariat/opinion-maps", FORM).status == 422, "the name is taken"
    body = {**FORM, "takes_statements": True, "moderated": True}
    assert doors.api(opinions.desk, "POST", "/opinion-maps", body).json()["errors"][0]["field"] == "slug"
    early = doors.form(opinions.desk, "POST", "/secretariat/opinion-maps/streets/state", {"to": "open"})
    assert early.status == 409, "nothing to vote on yet"
    changed = doors.form(opinions.desk, "POST", "/secretariat/opinion-maps/streets/edit",
                         {**FORM, "question_ja": "歩いて楽しい中心街は?"})
    assert (changed.status, opinions.row("streets").question["ja"]) == (303, "歩いて楽しい中心街は?")


@on_sqlite
def test_an_auditor_reads_the_desk_page_by_page_and_has_nothing_to_press(opinions: Opinions, client: Client) -> None:
    slug = opinions.map(statements=55, moderated=True)
    opinions.do(actions.add_statement, opinions.scene.person(), slug, Localized({"ja": "歩道を広くする"}), locale="ja")
    client.sign_in(opinions.scene.person(roles=("auditor",)))
    waiting = client.get("/secretariat/opinion-maps")
    assert "歩道を広くする" in waiting.text and 'method="post" action="/secretariat' not in waiting.html
    assert "/secretariat/opinion-maps/new" not in waiting.html
    first, second = (client.get(f"/secretariat/opinion-maps/{slug}?page={page}") for page in (1, 2))
    assert ("意見その0" in first.text, "意見その54" in first.text, "意見その54" in second.text) == (True, False, True)
    assert f"/secretariat/opinion-maps/{slug}/" not in first.html + second.html, "no way to change anything"
