"""The index on disk: who may read it, what several processes see, what happens when it is damaged."""
import os
import random
import threading
from pathlib import Path

import pytest

from participation.search.folder import Busy, IndexFolder
from participation.search.port import Query, SearchUnavailable
from participation.search.whoosh_engine import WhooshEngine
from tests.participation.search.corpus import ALL, BUS, LIBRARY, document
from tests.support.waiting import wait_for


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "search"


@pytest.fixture
def index(root: Path) -> WhooshEngine:
    made = WhooshEngine(root)
    made.rebuild(ALL)
    return made


def found(index: WhooshEngine, text: str) -> set[int]:
    return {hit.subject_id for hit in index.search(Query(text=text), limit=100).hits}


def current(root: Path) -> Path:
    (path,) = root.glob("whoosh-*")
    return path


def test_only_the_owner_may_enter_the_folder(index: WhooshEngine, root: Path) -> None:
    assert root.stat().st_mode & 0o777 == 0o700 and current(root).stat().st_mode & 0o777 == 0o700


def test_another_process_sees_each_commit(index: WhooshEngine, root: Path) -> None:
    other = WhooshEngine(root)
    assert found(other, "図書館") == {2, 5}
    index.put([document(9, "図書館の屋上")])
    assert found(other, "図書館") == {2, 5, 9}
    other.put([], gone=[2])
    assert found(index, "図書館") == {5, 9}


def test_another_process_follows_a_rebuild(index: WhooshEngine, root: Path) -> None:
    other = WhooshEngine(root)
    assert found(other, "図書館") == {2, 5}
    index.rebuild([BUS])
    assert found(other, "図書館") == set() and found(other, "バス") == {1}
    assert [path.name for path in root.iterdir() if path.is_dir()] == [current(root).name]


def test_the_old_index_answers_while_a_new_one_is_made_and_nobody_else_writes(index: WhooshEngine, root: Path) -> None:
    def slowly() -> object:
        yield BUS
        assert found(WhooshEngine(root), "図書館") == {2, 5}
        with pytest.raises(Busy):
            WhooshEngine(root).put([LIBRARY])
    assert index.rebuild(slowly()) == 1


def test_a_rebuild_that_fails_changes_nothing(index: WhooshEngine, root: Path) -> None:
    def failing() -> object:
        yield BUS
        raise LookupError("the database went away")
    with pytest.raises(LookupError):
        index.rebuild(failing())
    assert found(index, "図書館") == {2, 5} and len(list(root.glob("whoosh-*"))) == 1


def test_a_missing_index_says_so_until_it_is_rebuilt(root: Path) -> None:
    index = WhooshEngine(root)
    assert "missing" in (index.unready() or "")
    for attempt in (lambda: index.search(Query(text="バス")), lambda: index.put([BUS])):
        with pytest.raises(SearchUnavailable):
            attempt()
    index.rebuild([BUS])
    assert index.unready() is None and found(index, "バス") == {1}


def test_an_index_of_another_version_counts_as_missing(index: WhooshEngine, root: Path) -> None:
    assert IndexFolder(root, "whoosh-next").current() is None


DAMAGE = {
    "cut in half": lambda data: data[: len(data) // 2],
    "emptied": lambda data: b"",
    "zeros": lambda data: bytes(len(data)),
    "noise": lambda data: random.Random(7).randbytes(len(data)),
}


@pytest.mark.parametrize("kind", ["toc", "trm", "pst", "_stored.col", "card.col", "folded.col"])
@pytest.mark.parametrize("how", DAMAGE)
def test_damage_is_noticed_or_harmless(index: WhooshEngine, root: Path, kind: str, how: str) -> None:
    (path,) = [path for path in current(root).iterdir() if path.name.endswith(kind)]
    path.write_bytes(DAMAGE[how](path.read_bytes()))
    fresh = WhooshEngine(root)
    try:
        results = fresh.search(Query(text="図書館"))
        assert {hit.subject_id for hit in results.hits} <= {2, 5}
    except SearchUnavailable:
        assert fresh.unready() is not None and len(list(root.glob("damaged-*"))) == 1
        fresh.rebuild(ALL)
        assert found(fresh, "図書館") == {2, 5} and fresh.unready() is None


@pytest.mark.parametrize("kind", ["trm", "pst", "card.col"])
def test_a_lost_file_is_noticed_at_opening(index: WhooshEngine, root: Path, kind: str) -> None:
    (path,) = [path for path in current(root).iterdir() if path.name.endswith(kind)]
    path.unlink()
    fresh = WhooshEngine(root)
    assert fresh.unready() is not None
    with pytest.raises(SearchUnavailable):
        fresh.search(Query(text="図書館"))


def test_writing_onto_a_damaged_index_sets_it_aside(index: WhooshEngine, root: Path) -> None:
    (path,) = current(root).glob("*.toc")
    path.write_bytes(b"")
    with pytest.raises(SearchUnavailable):
        WhooshEngine(root).put([BUS])
    assert len(list(root.glob("damaged-*"))) == 1


def test_running_out_of_open_files_is_no_damage(index: WhooshEngine, root: Path) -> None:
    error = OSError(24, "Too many open files")
    assert "can't be used now" in str(index._judged(current(root), error))
    assert found(index, "図書館") == {2, 5}


def test_threads_read_while_one_writes(index: WhooshEngine) -> None:
    wrong: list[object] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            hits = found(index, "図書館")
            if not {2, 5} <= hits:
                wrong.append(hits)
    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(20, 50):
        index.put([document(number, "図書館の分館")])
    stop.set()
    for reader in readers:
        reader.join(10)
    assert wrong == [] and index.search(Query(text="図書館")).total == 32


def test_a_writer_that_dies_leaves_no_lock(index: WhooshEngine, root: Path) -> None:
    child = os.fork()
    if child == 0:
        with IndexFolder(root, "whoosh").writing():
            os.kill(os.getpid(), 9)
    wait_for(lambda: os.waitpid(child, os.WNOHANG)[0], "the child's death")
    index.put([document(9, "図書館の屋上")])
    assert found(index, "屋上") == {9}
