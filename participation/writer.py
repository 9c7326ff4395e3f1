"""How a write becomes one durable transaction.

SQLite has one writer: a thread with a queue that commits in groups. Each piece of work has a savepoint of its own and
is answered after COMMIT. PostgreSQL writes from the calling thread through the pool (group commit hurts there).
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

import anyio.to_thread
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

T = TypeVar("T")
Work = Callable[[Session], Any]
BATCH = 128
QUEUE = 4096
RETRIES = 3
RETRY_STATES = ("40001", "40P01")  # serialization failure, deadlock


class Busy(Exception):
    """More writes are waiting than the machine can take; try again in a moment."""


@dataclass(eq=False)
class _Item:
    work: Work
    loop: asyncio.AbstractEventLoop | None
    future: Any
    result: Any = None
    error: BaseException | None = None


@dataclass(eq=False)
class SingleWriter:
    """One thread that owns the write connection and commits what has queued up together."""

    engine: Engine
    _queue: "queue.Queue[_Item | None]" = field(default_factory=lambda: queue.Queue(QUEUE))
    _thread: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, work: Callable[[Session], T]) -> T:
        if threading.current_thread() is self._thread:
            raise RuntimeError("a write was asked for inside a write")
        future: Future[T] = Future()
        self._put(_Item(work, None, future))
        return future.result()

    async def run_async(self, work: Callable[[Session], T]) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._put(_Item(work, loop, future))
        return await future

    def close(self) -> None:
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()

    def _put(self, item: _Item) -> None:
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._loop, name="writer", daemon=True)
                    self._thread.start()
        try:
            self._queue.put_nowait(item)
        except queue.Full:
            raise Busy from None

    def _loop(self) -> None:
        closing = False
        while not closing:
            batch: list[_Item] = []
            item = self._queue.get()
            while item is not None:
                batch.append(item)
                if len(batch) >= BATCH or self._queue.empty():
                    break
                item = self._queue.get()
            closing = item is None
            if batch:
                self._commit(batch)

    def _commit(self, batch: list[_Item]) -> None:
        try:
            with self.engine.connect() as connection:
                transaction = connection.begin()
                for item in batch:
                    _run_in(connection, item, alone=len(batch) == 1)
                if transaction.is_active:  # a failed lone piece of work has already undone it
                    transaction.commit()
        except Exception as error:  # the whole batch is undone: nobody may be told that it was saved
            for item in batch:
                item.result, item.error = None, item.error or error
        _answer(batch)


def _run_in(connection: Connection, item: _Item, *, alone: bool) -> None:
    # A single piece of work needs no savepoint: its failure undoes the whole transaction.
    mode = "rollback_only" if alone else "create_savepoint"
    session = Session(connection, join_transaction_mode=mode, expire_on_commit=False)
    try:
        item.result = item.work(session)
        session.commit()
    except BaseException as error:
        item.error = error
        session.rollback()
    finally:
        session.close()


def _answer(batch: list[_Item]) -> None:
    loops: dict[asyncio.AbstractEventLoop, list[_Item]] = {}
    for item in batch:
        if item.loop is not None:
            loops.setdefault(item.loop, []).append(item)
        else:
            _settle(item)
    for loop, items in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, items)


def _settle_all(items: list[_Item]) -> None:
    for item in items:
        if not item.future.done():
            _settle(item)


def _settle(item: _Item) -> None:
    if item.error is not None:
        item.future.set_exception(item.error)
    else:
        item.future.set_result(item.result)


@dataclass(eq=False)
class PooledWriter:
    """Writes from the calling thread; a serialization failure or a deadlock is tried again."""

    engine: Engine

    def run(self, work: Callable[[Session], T]) -> T:
        for attempt in range(RETRIES):
            try:
                with Session(self.engine, expire_on_commit=False) as session, session.begin():
                    return work(session)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in RETRY_STATES or attempt == RETRIES - 1:
                    raise
        raise AssertionError("unreachable")

    async def run_async(self, work: Callable[[Session], T]) -> T:
        return await anyio.to_thread.run_sync(self.run, work)

    def close(self) -> None:
        """Nothing of its own to close."""
