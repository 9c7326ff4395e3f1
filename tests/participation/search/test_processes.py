"""Several processes on one index: none loses what another wrote, none sees half of it, none is stopped by a death."""
import itertools
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from participation.search.port import Query, SearchDocument, SearchUnavailable
from participation.search.whoosh_engine import WhooshEngine
from tests.participation.search.corpus import ALL, BUS, document
from tests.support.waiting import wait_for


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "search"


@pytest.fixture
def index(root: Path) -> WhooshEngine:
    made = WhooshEngine(root)
    made.rebuild(ALL)
    return made


def fork(work: Callable[[], None]) -> int:
    """Another process that does `work` and ends: 0 when it went well."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def ended(child: int) -> int:
    """Its status, once it has ended."""
    statuses: list[int] = []

    def over() -> bool:
        pid, status = os.waitpid(child, os.WNOHANG)
        statuses.append(status)
        return pid == child
    wait_for(over, f"the end of process {child}", seconds=60)
    return statuses[-1]


def put_patiently(index: WhooshEngine, written: SearchDocument) -> None:
    """As the indexer does: while another process writes, it waits for its turn."""
    def attempt() -> bool:
        try:
            index.put([written])
        except SearchUnavailable:
            return False
        return True
    wait_for(attempt, "the lock", seconds=30)


def total(index: WhooshEngine, text: str) -> int:
    return index.search(Query(text=text)).total


def test_three_processes_write_and_a_fourth_reads(index: WhooshEngine, root: Path) -> None:
    def write(first: int) -> None:
        own = WhooshEngine(root)
        for number in range(first, first + 12):
            put_patiently(own, document(number, "屋上の庭園"))
    children = [fork(lambda first=first: write(first)) for first in (100, 200, 300)]
    seen = [0]

    def all_there() -> bool:
        seen.append(total(index, "庭園"))
        return seen[-1] == 36
    wait_for(all_there, "all documents", seconds=60)
    assert [ended(child) for child in children] == [0, 0, 0]
    assert seen == sorted(seen) and total(index, "図書館") == 2


def test_a_rebuild_that_is_killed_leaves_the_old_index_and_no_lock(index: WhooshEngine, root: Path) -> None:
    started = root.parent / "started"

    def endless() -> Iterator[SearchDocument]:
        for number in itertools.count(1):
            if number == 10:
                started.touch()
            yield document(number, "屋上の庭園")
    child = fork(lambda: WhooshEngine(root).rebuild(endless()))
    wait_for(started.exists, "the rebuild's start")
    os.kill(child, signal.SIGKILL)
    ended(child)
    assert total(index, "図書館") == 2 and total(index, "庭園") == 0
    index.put([document(9, "屋上の庭園")])
    assert total(index, "庭園") == 1
    index.rebuild([BUS])
    assert len([path for path in root.iterdir() if path.is_dir()]) == 1


def test_a_writer_killed_in_the_middle_loses_only_its_own_batch(index: WhooshEngine, root: Path) -> None:
    def die() -> None:
        own = WhooshEngine(root)
        for number in itertools.count(1000):
            own.put([document(number, "屋上の庭園")])
    child = fork(die)
    wait_for(lambda: total(index, "庭園") >= 3, "some documents", seconds=30)
    os.kill(child, signal.SIGKILL)
    ended(child)
    before = total(index, "庭園")
    index.put([document(9, "屋上の庭園")])
    assert total(index, "庭園") == before + 1 and total(index, "図書館") == 2
