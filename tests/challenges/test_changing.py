"""What was posted is changed in the open: by its posters, with a reason, never to the cost of whoever answers."""
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from participation.events import Event
from participation.notifications.models import Notice
from tests.challenges.scene import Market
from tests.proposals.doors import Doors
from tests.support.databases import on_sqlite

ROLES = {"nobody": 401, "citizen": 403, "answerer": 403, "coordinator": 403, "auditor": 403, "poster": 200, "desk": 200}


@on_sqlite
@pytest.mark.parametrize("state", ["draft", "open", "closed"])
def test_only_those_who_posted_it_change_it_and_only_while_it_is_open(
        market: Market, doors: Doors, state: str) -> None:
    who = {"nobody": None, "citizen": market.catalogue.person(), "answerer": market.answerer, "poster": market.owner,
           "coordinator": market.coordinator, "desk": market.desk,
           "auditor": market.catalogue.person(roles=("auditor",))}
    path = f"/challenges/{market.challenge(state)}"
    for number, (role, wanted) in enumerate(ROLES.items()):
        body = {"wanted_ja": f"荷物を持って上れる手段を求めます。{number}", "background_ja": "坂の上に住む人が困っています。買い物に行けません。",
                "category": "mobility", "reason": "言葉を足しました。"}
        status = doors.api(who[role], "PATCH", path, body).status
        hidden = state == "draft" and role not in ("poster", "desk", "auditor")
        refused = wanted if state == "open" or wanted != 200 else 409
        assert status == (404 if hidden else refused), role


def test_the_page_keeps_what_stood_before_and_whoever_answers_is_told(
        market: Market, doors: Doors, deliver: Callable[[], int]) -> None:
    number = market.challenge()
    market.sheet(number, "draft")
    path, client = f"/challenges/{number}", doors.client.sign_in(market.owner)
    last = (market.catalogue.clock() + timedelta(days=20)).date()
    said = {"title_ja": "坂の町の買い物と通院", "background_ja": "坂の上に住む人が、買い物に行けなくなっています。", "category": "mobility",
            "wanted_ja": "荷物を持って上れる手段を求めます。", "reason": ""}
    form = client.open(f"{path}/change")
    early = {**said, "closes_on": last - timedelta(days=5), "reason": "早めました。"}
    sooner = client.submit(form, early, form=f"{path}/change")
    assert sooner.status == 422 and 'href="#closes_on"' in sooner.html
    silent = client.submit(form, said, form=f"{path}/change")
    assert silent.status == 422 and 'href="#reason"' in silent.html and "坂の町の買い物と通院" in silent.html
    later = {"closes_on": last + timedelta(days=5), "reason": "通院も加えました。"}
    assert client.submit(silent, later, form=f"{path}/change").location == path
    page = doors.client.another().open(path)
    assert page.heading == "坂の町の買い物と通院"
    for words in ("通院も加えました。", "坂の上に住む人が困っています。", last.isoformat()):
        assert words in page.text, words
    deliver()
    with market.catalogue.db.read() as session:
        told = session.scalars(select(Notice.account_id).where(Notice.type == "challenge.changed")).all()
        fact = session.scalars(select(Event).where(Event.type == "challenge.changed")).one()
    assert market.answerer.id in told
    assert json.loads(fact.body)["fields"] == "background,closes_on,title,wanted"
