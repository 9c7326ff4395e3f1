"""Feedback in two taps: who may give it in which state, what is kept of whoever has no account, and what is counted."""
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from consortium.feedback.actions import Words, give_feedback
from consortium.feedback.models import Feedback
from consortium.services.models import ServiceState
from consortium.services.queries import whole_service
from participation.events import Event
from participation.subjects import Subject
from tests.proposals.doors import Doors
from tests.services.scene import Catalogue
from tests.support.client import Client
from tests.support.databases import on_sqlite

GOOD = {"satisfaction": "4"}


def rows(catalogue: Catalogue) -> list[Feedback]:
    with catalogue.db.read() as session:
        return list(session.scalars(select(Feedback).order_by(Feedback.id)))


@on_sqlite
def test_everybody_gives_feedback_on_what_runs_and_nobody_on_their_own_work(
        catalogue: Catalogue, doors: Doors) -> None:
    mine, owner = catalogue.member()
    _, other = catalogue.member()
    may = {None: True, catalogue.person(): True, other: True, catalogue.desk: True, owner: False,
           catalogue.person(roles=("auditor",)): False}
    for state in ServiceState:
        service = catalogue.service(mine, state=state)
        for actor, allowed in may.items():
            wanted = (303, 201) if allowed and state == ServiceState.RUNNING else (403, 403)
            page = doors.form(actor, "POST", f"/services/{service.slug}/feedback", GOOD)
            api = doors.api(actor, "POST", f"/services/{service.slug}/feedback", {"satisfaction": 4, "body": "よい"})
            assert (page.status, api.status) == wanted, (state, actor)
    draft = catalogue.service(mine, publish=False)
    assert doors.form(None, "POST", f"/services/{draft.slug}/feedback", GOOD).status == 404


def test_without_an_account_nothing_is_kept_but_what_was_said(catalogue: Catalogue, doors: Doors) -> None:
    catalogue.frame()
    mine, _ = catalogue.member()
    service = catalogue.service(mine)
    tapped = doors.form(None, "POST", f"/services/{service.slug}/feedback", GOOD)
    words = {"body": "坂が楽になりました。", "area": "nada", "age_band": "65+"}
    assert doors.form(None, "PATCH", tapped.location or "", words).status == 303
    row = rows(catalogue)[0]
    kept = {column.key: getattr(row, column.key) for column in Feedback.__table__.columns}
    assert {name: value for name, value in kept.items() if name not in ("id", "subject_id", "at")} == {
        "service_id": service.id, "satisfaction": 4, "body": "坂が楽になりました。", "locale": "ja", "account_id": None,
        "area_id": 2, "age_band": "65+", "month": "2026-06", "superseded_at": None, "withdrawn_at": None}
    with catalogue.db.read() as session:
        assert session.get_one(Subject, row.subject_id).author_id is None
        facts = session.execute(select(Event.actor_id, Event.actor_ref).where(Event.type.like("feedback.%"))).all()
    assert facts == [(None, None)] * 2
    assert not doors.client.cookies
    shown = doors.client.open(f"/services/{service.slug}/feedback").text
    assert "坂が楽になりました。" in shown
    assert "灘" not in shown.split("言葉", 1)[1]


@on_sqlite
def test_whoever_holds_the_link_takes_it_back_and_nobody_else(catalogue: Catalogue, doors: Doors) -> None:
    mine, _ = catalogue.member()
    service, giver, other = catalogue.service(mine), catalogue.person(), catalogue.person()
    path = f"/services/{service.slug}/feedback"
    link = doors.form(giver, "POST", path, {**GOOD, "body": "よいです。"}).location or ""
    for stranger in (None, other, catalogue.desk):
        assert doors.form(stranger, "DELETE", link).status == 404
    assert doors.form(giver, "DELETE", link[:-2] + "xx").status == 404
    assert "よいです。" in doors.client.sign_in(giver).open("/me/feedback").text
    assert doors.form(giver, "DELETE", link).status == 303
    assert (rows(catalogue)[0].body, "よいです。" in doors.client.open(path).text) == ("", False)
    assert doors.form(giver, "DELETE", link).status == 409
    anonymous = doors.form(None, "POST", path, GOOD).location or ""
    catalogue.clock.advance(days=31)
    assert doors.form(None, "DELETE", anonymous).status == 404


@on_sqlite
@pytest.mark.parametrize(("typed", "field"), [
    ({"satisfaction": "6"}, "satisfaction"), ({"satisfaction": ""}, "satisfaction"),
    ({"satisfaction": "x"}, "satisfaction"),
    ({"body": "あ" * 2_001}, "body"), ({"area": "atlantis"}, "area"), ({"age_band": "7"}, "age_band")])
def test_what_cannot_be_used_comes_back_as_it_was_typed(
        catalogue: Catalogue, doors: Doors, typed: dict[str, str], field: str) -> None:
    mine, _ = catalogue.member()
    service = catalogue.service(mine)
    sent = {**GOOD, "body": "坂が楽になりました。", **typed}
    for htmx in (False, True):
        page = doors.form(None, "POST", f"/services/{service.slug}/feedback", sent, htmx=htmx)
        assert (page.status, sent["body"] in page.html) == (422, True)
    body = {**sent, "satisfaction": int(sent["satisfaction"]) if sent["satisfaction"].isdigit() else None}
    refused = doors.api(None, "POST", f"/services/{service.slug}/feedback", body)
    assert (refused.status, [error["field"] for error in refused.json()["errors"]]) == (422, [field])
    assert rows(catalogue) == []


def test_a_person_counts_once_a_month_however_many_taps_come_at_once(catalogue: Catalogue, client: Client) -> None:
    mine, _ = catalogue.member()
    service = catalogue.service(mine)
    people = [catalogue.person() for _ in range(6)]

    def tap(number: int) -> None:
        person = people[number % len(people)]

        def work(session: Any) -> None:
            view = whole_service(session, service.slug)
            assert view is not None
            give_feedback(session, person, view.line, 1 + number % 5, Words(), locale="ja", now=catalogue.clock())
        for _ in range(20):
            try:
                return catalogue.db.write(work)
            except Exception as error:  # the one who came second in the same moment tries again, as a person would
                if "uq_feedback_counted" not in str(error) and "UNIQUE" not in str(error):
                    raise
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(tap, range(30)))
    counted = client.api("GET", f"/services/{service.slug}/feedback").json()["satisfaction"]
    left = [row for row in rows(catalogue) if row.superseded_at is None]
    average = round(sum(row.satisfaction for row in left) / 6, 2)
    assert (len(rows(catalogue)), counted) == (30, {"key": "", "people": 6, "average": average})
    catalogue.clock.advance(days=30)
    tap(0)
    months = client.api("GET", f"/services/{service.slug}/feedback").json()["months"]
    assert [month["key"] for month in months] == ["2026-06", "2026-07"]


@on_sqlite
def test_words_are_found_reported_hidden_and_restored_while_the_tap_still_counts(
        catalogue: Catalogue, doors: Doors, deliver: Callable[[], int]) -> None:
    mine, _ = catalogue.member()
    service = catalogue.service(mine)
    path = f"/services/{service.slug}/feedback"
    for number in range(5):
        doors.form(None, "POST", path, {**GOOD, "body": f"停留所{number}が遠いです。"})
    deliver()
    words = rows(catalogue)[2].subject_id
    assert "停留所2が遠い" in doors.client.open("/search?q=停留所2").text
    assert doors.form(catalogue.person(), "POST", f"/report/{words}", {"ground": "spam"}).status == 303
    hide = {"ground": "spam", "reason": "宣伝のためです。"}
    assert doors.form(catalogue.desk, "PUT", f"/secretariat/hidden/{words}", hide).status == 303
    doors.client.cookies.clear()
    shown = doors.client.open(path).text
    assert ("停留所2が遠い" in shown, "宣伝のためです。" in shown) == (False, True)
    assert doors.api(None, "GET", path).json()["satisfaction"]["people"] == 5
    note = {"note": "宣伝ではありません。"}
    assert doors.form(catalogue.desk, "DELETE", f"/secretariat/hidden/{words}", note).status == 303
    assert "停留所2が遠い" in doors.client.open(path).text
    assert doors.client.get(f"/feedback/by-id/{words}").location == f"{path}?page=1#voice-{words}"
