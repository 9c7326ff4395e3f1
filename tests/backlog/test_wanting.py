"""Wanting an improvement too, merging duplicates, changing words: nothing is lost and nothing counts twice."""
import random
from typing import Any

import pytest
from sqlalchemy import func, select

from consortium.backlog.actions import ItemText, change_item, merge_items
from consortium.backlog.models import BacklogItem, ItemState, MeToo
from consortium.backlog.wanting import say_me_too, withdraw_me_too
from consortium.voices.models import VoiceLink
from participation.policy import Refused
from tests.backlog.scene import Works
from tests.proposals.doors import Doors
from tests.support.databases import on_sqlite


@on_sqlite
def test_a_person_wants_it_once_by_page_or_api_as_long_as_it_is_open(works: Works, doors: Doors) -> None:
    person, auditor = works.catalogue.person(), works.catalogue.person(roles=("auditor",))
    item = works.item()
    path = f"/backlog/{item}/me-too"
    assert "1人が" in doors.form(person, "POST", path, htmx=True).text
    assert doors.api(person, "PUT", path).json() == {"me_toos": 1, "me_too": True}
    assert doors.form(person, "DELETE", path).status == 303
    assert doors.api(person, "DELETE", path).json() == {"me_toos": 0, "me_too": False}
    assert [doors.api(who, "PUT", path).status for who in (None, auditor, works.owner)] == [401, 403, 403]
    for state in (ItemState.RELEASED, ItemState.DECLINED):
        closed = works.item(state)
        assert [doors.api(who, "PUT", f"/backlog/{closed}/me-too").status for who in (person, None)] == [403, 403]
        assert "me-too-button" not in doors.client.sign_out().open(f"/backlog/{closed}").html


def test_a_merge_carries_voices_and_me_toos_and_counts_nobody_twice(works: Works, doors: Doors) -> None:
    people = [works.catalogue.person() for _ in range(3)]
    words = [works.said(person, f"坂の話 {number}").subject_id for number, person in enumerate(people)]
    old, new = works.item(voices=words[:2]), works.item(title="坂の上にも停まる", voices=words[1:])
    for item, some in ((old, people[:2]), (new, people[1:])):
        for person in some:
            works.do(lambda s, who=person, what=item: say_me_too(s, who, what, now=works.clock()) and None)
    page = doors.form(works.owner, "POST", f"/backlog/{old}/merge", {"into": str(new), "reason": "同じ坂です"})
    assert (page.status, page.location) == (303, f"/backlog/{new}")
    shown = doors.api(None, "GET", f"/backlog/{new}").json()
    assert (shown["me_toos"], shown["voices"]) == (3, 3)
    gone = doors.api(None, "GET", f"/backlog/{old}").json()
    assert (gone["me_toos"], gone["voices"], gone["merged_into"]) == (0, 0, new)
    board = doors.api(None, "GET", f"/services/{works.service.slug}/backlog").json()
    assert [item["id"] for item in board["items"]] == [new]
    assert doors.api(people[0], "PUT", f"/backlog/{old}/me-too").status == 409
    body = {"to": "triaged"}
    assert doors.api(works.owner, "POST", f"/backlog/{old}/transitions", body).status == 409
    assert doors.form(works.owner, "POST", f"/backlog/{new}/merge", {"into": str(old), "reason": "逆"}).status == 422


@on_sqlite
@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_each_voice_and_each_person_counts_exactly_once(works: Works, seed: int) -> None:
    chance = random.Random(seed)
    people = [works.catalogue.person() for _ in range(5)]
    words = [works.said(person, f"声 {number}").subject_id for number, person in enumerate(people)]
    items = [works.item(title=f"改善 {number}", voices=chance.sample(words, 2)) for number in range(5)]
    stands = {item: item for item in items}  # where each one ended up
    wants: dict[int, set[int]] = {item: set() for item in items}
    holds = {item: set(_voices(works, item)) for item in items}
    for _ in range(40):
        one, other, person = chance.choice(items), chance.choice(items), chance.choice(people)
        verb = chance.choice((say_me_too, say_me_too, withdraw_me_too, merge_items))
        if stands[one] != one or stands[other] != other or (verb == merge_items and one == other):
            with pytest.raises(Refused):
                target = one if stands[one] != one else other
                _try(works, verb, person, target, other)
        elif verb == merge_items:
            _try(works, verb, person, one, other)
            stands = {item: other if place == one else place for item, place in stands.items()}
            wants[other], wants[one] = wants[other] | wants[one], set()
            holds[other], holds[one] = holds[other] | holds[one], set()
        else:
            _try(works, verb, person, one, other)
            (wants[one].add if verb == say_me_too else wants[one].discard)(person.id)
    with works.db.read() as session:
        counted = {item: session.get_one(BacklogItem, item).me_toos_count for item in items}
        rows = dict(session.execute(select(MeToo.item_id, func.count()).group_by(MeToo.item_id)).all())
    assert counted == {item: len(wants[item]) for item in items} == {item: rows.get(item, 0) for item in items}
    assert {item: set(_voices(works, item)) for item in items} == holds
    assert sum(map(len, holds.values())) >= len(set().union(*holds.values()))


def _try(works: Works, verb: Any, person: Any, one: int, other: int) -> None:
    if verb == merge_items:
        works.do(lambda s: verb(s, works.owner, one, other, reason="同じ", now=works.clock()) and None)
    else:
        works.do(lambda s: verb(s, person, one, now=works.clock()) and None)


def _voices(works: Works, item: int) -> list[int]:
    with works.db.read() as session:
        return list(session.scalars(select(VoiceLink.source_id).where(VoiceLink.target_id == item)))


@on_sqlite
@pytest.mark.parametrize(("change", "stood"), [
    ({"title": "坂の下まで走る"}, "坂の上まで走る"), ({"body": "朝も夕も。"}, "朝だけ。"), ({"organisation_id": None}, "")])
def test_what_was_changed_in_a_text_stays_readable_whatever_else_stayed(
        works: Works, doors: Doors, change: dict[str, Any], stood: str) -> None:
    item = works.item(body="朝だけ。")
    said = ItemText(**{"title": "坂の上まで走る", "body": "朝だけ。", "organisation_id": works.mine.id, **change})
    works.do(lambda s: change_item(s, works.owner, item, said, "言葉を直しました", now=works.clock()))
    page = doors.client.open(f"/backlog/{item}")
    assert (page.status, stood in page.text) == (200, True)
