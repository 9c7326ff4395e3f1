"""From the transaction of a change into the index."""
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from participation.search.actions import mark_for_indexing
from participation.search.folder import IndexFolder
from participation.search.indexer import BATCH, all_documents, count_searchable
from participation.search.models import SearchPending
from participation.search.port import Query, SearchUnavailable
from participation.search.queries import engine_of
from participation.services import Services
from participation.subjects import Subject
from tests.support.clock import TestClock
from tests.support.databases import on_sqlite
from tests.support.waiting import wait_for


@pytest.fixture
def indexed(services: Services) -> Callable[[str], list[int]]:
    """What the index itself says, without the look into the database that readers get."""
    return lambda text: [hit.subject_id for hit in engine_of(services).search(Query(text=text), limit=100).hits]


def waiting(services: Services) -> int:
    with services.db.read() as session:
        return session.execute(select(func.count()).select_from(SearchPending)).scalar_one()


def test_a_change_is_in_the_index_after_one_round_of_the_worker(
        services: Services, write: Callable, deliver: Callable, indexed: Callable) -> None:
    note = write("図書館を夜まで")
    deliver()
    assert indexed("図書館") == [note] and waiting(services) == 0


def test_what_was_edited_hidden_or_withdrawn_follows(
        services: Services, write: Callable, change: Callable, deliver: Callable, indexed: Callable,
        clock: TestClock) -> None:
    edited, hidden, withdrawn = write("図書館を夜まで"), write("図書館の屋上"), write("図書館の分室")
    deliver()
    change(edited, title="体育館を夜まで")
    change(hidden, hidden_at=clock())
    change(withdrawn, title="withdrawn")
    deliver()
    assert indexed("図書館") == [] and indexed("体育館") == [edited] and waiting(services) == 0


def test_what_is_not_published_is_not_indexed(write: Callable, deliver: Callable, indexed: Callable) -> None:
    write("図書館の下書き", published=False)
    deliver()
    assert indexed("図書館") == []


def test_a_change_that_is_undone_is_not_marked(services: Services, write: Callable, clock: TestClock) -> None:
    note = write("図書館を夜まで")

    def fail(session: Any) -> None:
        mark_for_indexing(session, note, clock())
        raise LookupError
    with pytest.raises(LookupError):
        services.db.write(fail)
    with services.db.read() as session:
        assert session.get_one(SearchPending, note).marks == 1


def test_a_second_change_while_the_first_is_indexed_stays_waiting(
        services: Services, write: Callable, change: Callable, deliver: Callable, indexed: Callable,
        monkeypatch: pytest.MonkeyPatch) -> None:
    note, engine = write("図書館を夜まで"), engine_of(services)
    put = engine.put
    deliver()
    change(note, title="体育館を夜まで")

    def put_late(*arguments: Any, **more: Any) -> None:
        put(*arguments, **more)
        monkeypatch.undo()
        change(note, title="公民館を夜まで")
    monkeypatch.setattr(engine, "put", put_late)
    deliver()
    assert waiting(services) == 1
    deliver()
    assert indexed("公民館") == [note] and waiting(services) == 0


def test_more_than_one_batch_is_drained_in_one_round(
        services: Services, write: Callable, deliver: Callable, clock: TestClock) -> None:
    first = write("図書館")

    def many(session: Any) -> None:
        for number in range(BATCH + 5):
            subject = Subject(kind="note", title=f"提案{number}", created_at=clock(), published_at=clock())
            session.add(subject)
            session.flush()
            mark_for_indexing(session, subject.id, clock())
    services.db.write(many)
    deliver()
    assert waiting(services) == 0 and first
    assert engine_of(services).search(Query(text="提案")).total == BATCH + 5


def test_one_thing_that_cannot_be_read_does_not_hold_up_the_others(
        services: Services, write: Callable, deliver: Callable, indexed: Callable) -> None:
    write("unreadable")
    note = write("図書館を夜まで")
    deliver()
    assert indexed("図書館") == [note] and waiting(services) == 0


@on_sqlite
def test_what_changes_while_somebody_else_writes_the_index_waits(
        services: Services, write: Callable, deliver: Callable, indexed: Callable) -> None:
    deliver()
    note = write("図書館を夜まで")
    folder = services.settings.data / "search"
    with IndexFolder(folder, "whoosh").writing():
        deliver()
        assert waiting(services) == 1
    deliver()
    assert indexed("図書館") == [note]


@on_sqlite
def test_a_damaged_index_is_rebuilt_by_itself(
        services: Services, client: Any, write: Callable, deliver: Callable, indexed: Callable,
        clock: TestClock) -> None:
    note = write("図書館を夜まで")
    deliver()
    assert client.get("/readyz").json()["status"] == "ok"
    (contents,) = (services.settings.data / "search").glob("whoosh-*/*.toc")
    contents.write_bytes(b"torn")
    with pytest.raises(SearchUnavailable):
        indexed("図書館")
    probe = client.get("/readyz")
    assert probe.status == 200 and probe.json()["status"] == "degraded"
    clock.advance(minutes=2)
    deliver()
    assert indexed("図書館") == [note] and client.get("/readyz").json()["status"] == "ok"


def test_what_changes_during_a_rebuild_waits_for_its_end(
        services: Services, write: Callable, deliver: Callable, indexed: Callable) -> None:
    deliver()

    def documents() -> Any:
        write("図書館を夜まで")
        deliver()
        assert waiting(services) == 1
        yield from ()
    engine_of(services).rebuild(documents())
    assert waiting(services) == 1
    deliver()
    assert len(indexed("図書館")) == 1 and waiting(services) == 0


def test_a_lost_index_is_made_again_by_itself(
        services: Services, client: Any, write: Callable, deliver: Callable, lose_index: Callable,
        indexed: Callable, clock: TestClock) -> None:
    note = write("図書館を夜まで")
    deliver()
    lose_index()
    assert client.get("/readyz").json()["status"] == "degraded"
    clock.advance(minutes=2)
    deliver()
    assert indexed("図書館") == [note] and client.get("/readyz").json()["status"] == "ok"


def test_a_large_index_is_made_beside_the_worker(
        services: Services, write: Callable, deliver: Callable, indexed: Callable,
        monkeypatch: pytest.MonkeyPatch) -> None:
    note = write("図書館を夜まで")
    monkeypatch.setattr("participation.search.indexer.AT_ONCE", 0)
    deliver()
    wait_for(lambda: engine_of(services).unready() is None, "the index")
    assert indexed("図書館") == [note]


def test_a_rebuild_reads_everything_that_is_public(
        services: Services, write: Callable, change: Callable, clock: TestClock, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("participation.search.indexer.READ", 2)
    ids = [write(f"提案{number}") for number in range(5)]
    write("下書き", published=False)
    change(ids[1], hidden_at=clock())
    change(ids[2], title="withdrawn")
    assert [document.subject_id for document in all_documents(services)] == [ids[0], ids[3], ids[4]]
    assert count_searchable(services) == 4
