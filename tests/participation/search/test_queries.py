"""What a reader finds: never what they may not open, always what they just did."""
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from participation.policy import ANONYMOUS, Actor
from participation.search.port import Query
from participation.search.queries import Found, find, similar
from participation.services import Services
from tests.support.clock import TestClock


@pytest.fixture
def ask(services: Services) -> Callable[..., Found]:
    def ask(text: str, actor: Actor = ANONYMOUS, *, limit: int = 20, offset: int = 0, **more: Any) -> Found:
        with services.db.read() as session:
            return find(session, services, actor, Query(text=text, **more), limit=limit, offset=offset)
    return ask


def ids(found: Found) -> list[int]:
    return [document.subject_id for document in found.documents]


def test_a_new_thing_is_found_before_the_index_knows_it(
        write: Callable, deliver: Callable, ask: Callable) -> None:
    old = write("図書館を夜まで")
    deliver()
    new = write("図書館の屋上\n庭がほしい")
    assert ids(ask("図書館")) == [new, old] and ask("図書館").total == 2
    assert ids(ask("庭")) == [new] and ids(ask("体育館")) == []
    deliver()
    assert ids(ask("図書館")) == [new, old] and ask("図書館").total == 2


def test_a_new_thing_stands_on_the_first_page_only_and_obeys_filters(
        write: Callable, deliver: Callable, ask: Callable) -> None:
    old = write("図書館を夜まで")
    deliver()
    write("図書館の屋上")
    assert ids(ask("図書館", limit=1, offset=1)) == []
    assert ids(ask("図書館", filters={"kind": frozenset({"diary"})})) == []
    assert old in ids(ask("図書館", filters={"kind": frozenset({"note"})}))


CANARIES = {
    "hidden": lambda now: {"hidden_at": now},
    "withdrawn": lambda now: {"title": "withdrawn"},
    "edited": lambda now: {"title": "体育館"},
    "unpublished": lambda now: {"published_at": None},
}


@pytest.mark.parametrize("how", CANARIES)
def test_what_is_no_longer_there_is_not_shown_though_the_index_still_has_it(
        write: Callable, change: Callable, deliver: Callable, ask: Callable, clock: TestClock, how: str) -> None:
    canary, stays = write("図書館のカナリア"), write("図書館を夜まで")
    deliver()
    change(canary, **CANARIES[how](clock()))
    assert ids(ask("図書館")) == [stays] and ask("図書館").total == 1
    deliver()
    assert ids(ask("図書館")) == [stays]


@pytest.mark.parametrize("how", ["hidden", "unpublished"])
def test_even_a_change_that_nobody_marked_is_noticed(
        write: Callable, change: Callable, deliver: Callable, ask: Callable, clock: TestClock, how: str) -> None:
    canary = write("図書館のカナリア")
    deliver()
    change(canary, marked=False, **CANARIES[how](clock()))
    assert ids(ask("図書館")) == []


def test_nothing_of_a_space_that_is_not_public_is_shown(
        write: Callable, change: Callable, deliver: Callable, ask: Callable, clock: TestClock) -> None:
    space = write("みんなの広場")
    write("図書館のカナリア", space_id=space)
    deliver()
    assert len(ids(ask("図書館"))) == 1
    change(space, hidden_at=clock())
    assert ids(ask("図書館")) == []


def test_a_draft_is_never_found_not_even_by_its_author(
        write: Callable, deliver: Callable, ask: Callable, person: Callable) -> None:
    author = person("Hanako")
    write("図書館の下書き", published=False, author_id=author.id)
    assert ids(ask("図書館", author)) == []
    deliver()
    assert ids(ask("図書館", author)) == []


def test_a_kind_decides_who_may_open_its_things(
        write: Callable, deliver: Callable, ask: Callable, person: Callable) -> None:
    author = person("Hanako")
    diary = write("図書館の日記", kind="diary", author_id=author.id)
    for _round in range(2):
        assert ids(ask("図書館", author)) == [diary]
        assert ids(ask("図書館", person("Taro"))) == [] and ids(ask("図書館")) == []
        deliver()


def test_without_an_index_titles_are_searched(services: Services, write: Callable, deliver: Callable,
                                              ask: Callable, change: Callable, lose_index: Callable,
                                              clock: TestClock) -> None:
    note, other, hidden = write("図書館を夜まで"), write("図書館の100%活用"), write("図書館のカナリア")
    deliver()
    change(hidden, hidden_at=clock())
    lose_index()
    found = ask("図書館")
    assert found.unready and sorted(ids(found)) == [note, other]
    assert ids(ask("100%")) == [other] and ids(ask("0%活 図書")) == [other] and ids(ask("%図書")) == []


@contextmanager
def counted(services: Services) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("SELECT") and "search_entry" not in statement:  # the index itself is not counted
            statements.append(statement)
    event.listen(services.db.engines.read, "before_cursor_execute", note)
    yield statements
    event.remove(services.db.engines.read, "before_cursor_execute", note)


def test_a_page_of_results_costs_two_queries_however_long_it_is(
        services: Services, write: Callable, deliver: Callable, ask: Callable) -> None:
    for number in range(30):
        write(f"図書館の提案{number}")
    deliver()
    with counted(services) as statements:
        assert len(ids(ask("図書館", limit=25))) == 25
    assert len(statements) == 2, statements


def test_near_duplicates_are_checked_like_hits(
        services: Services, write: Callable, change: Callable, deliver: Callable, lose_index: Callable,
        clock: TestClock) -> None:
    def close(title: str, **more: Any) -> list[int]:
        with services.db.read() as session:
            return [s.document.subject_id for s in similar(session, services, ANONYMOUS, title, kind="note", **more)]
    first, second = write("図書館を夜九時まで開けてほしい"), write("図書館を夜遅くまで開けてほしい")
    deliver()
    third = write("図書館を夜十時まで開けてほしい")
    change(second, hidden_at=clock())
    assert sorted(close("図書館を夜八時まで開けて")) == [first, third]
    assert close("図書館を夜八時まで開けて", besides=third) == [first]
    assert close("公園に花を") == []
    lose_index()
    assert close("図書館を夜八時まで開けて") == []
