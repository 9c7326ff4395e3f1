"""Proposals in the search: found from the moment they are public, never when a reader may not open them."""
from collections.abc import Callable

import pytest

from participation.comments.actions import write_comment
from participation.moderation.actions import hide_thing, restore_thing
from participation.moderation.models import Ground
from participation.policy import ANONYMOUS
from participation.search.port import Query
from participation.search.queries import find
from participation.services import Services
from participation.subjects import Subject
from proposals import actions
from tests.proposals.scene import Scene
from tests.support.databases import on_sqlite

pytestmark = on_sqlite
TEXT = {"title": "図書館を夜九時まで", "body": "仕事の帰りに**カナリア**図書室へ寄りたい。"}


@pytest.fixture
def author(person: Callable) -> object:
    return person("Hanako")


@pytest.fixture
def found(services: Services, deliver: Callable) -> Callable[[str], list[int]]:
    """Ids found by everybody, before and after the index was brought up to date: they have to agree."""
    def ask(text: str) -> list[int]:
        with services.db.read() as session:
            return [d.subject_id for d in find(session, services, ANONYMOUS, Query(text=text), limit=20).documents]

    def found(text: str) -> list[int]:
        at_once = ask(text)
        deliver()
        assert ask(text) == at_once
        return at_once
    return found


@pytest.fixture
def draft(scene: Scene, author: object) -> int:
    return scene.do(actions.create_draft, author, scene.process(), TEXT, locale="ja")


def test_a_draft_is_not_found_a_published_one_at_once(
        scene: Scene, author: object, draft: int, found: Callable) -> None:
    assert found("カナリア") == []
    scene.do(actions.publish, author, draft)
    assert found("カナリア") == [draft] and found("図書館") == [draft]


def test_an_edit_is_found_by_its_new_words_only(scene: Scene, author: object, draft: int, found: Callable) -> None:
    scene.do(actions.publish, author, draft)
    assert found("図書室") == [draft]
    scene.do(actions.edit, author, draft, {"body": "仕事の帰りに体育館へ寄りたい。"}, reason="")
    assert found("図書室") == [] and found("体育館") == [draft]


def test_a_withdrawn_one_is_not_found_any_more(scene: Scene, author: object, draft: int, found: Callable) -> None:
    scene.do(actions.publish, author, draft)
    assert found("カナリア") == [draft]
    scene.do(actions.withdraw, author, draft)
    assert found("カナリア") == []


def test_what_moderation_hides_is_gone_with_its_comments_until_it_is_restored(
        scene: Scene, services: Services, author: object, draft: int, person: Callable, found: Callable) -> None:
    scene.do(actions.publish, author, draft)
    taro, desk = person("Taro"), person(roles=("secretariat",))
    comment = scene.do(lambda session, now: write_comment(
        session, taro, session.get_one(Subject, draft), body="うぐいすも図書館が好き", alignment=None,
        parent_id=None, registry=services.registry, now=now).id)
    assert found("うぐいす") == [comment] and found("図書館") == [draft, comment]
    scene.do(lambda session, now: hide_thing(
        session, desk, session.get_one(Subject, draft), ground=next(iter(Ground)), reason="…", now=now))
    assert found("カナリア") == [] and found("うぐいす") == []
    scene.do(lambda session, now: restore_thing(session, desk, session.get_one(Subject, draft), note="", now=now))
    assert found("カナリア") == [draft] and found("うぐいす") == [comment]


def test_the_page_of_the_search_leads_to_the_proposal(
        scene: Scene, author: object, draft: int, client: object) -> None:
    scene.do(actions.publish, author, draft)
    page = client.get("/search", params={"q": "カナリア", "type": "proposal", "process": "process-1"})
    assert f'href="/proposals/{draft}"' in page.html and "<mark>カナリア</mark>" in page.html
    assert "**" not in page.text and client.open(f"/proposals/{draft}").status == 200
