"""Many who ask the same at once share an answer, and nobody gets one from before they asked."""
import threading

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio

from participation.web.cache import Together


def run_apart(run: Callable[[], Awaitable[Any]]) -> Any:
    """In a thread of its own: in this one the loop of a browser may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, run).result(60)


def test_who_comes_while_a_question_is_under_way_shares_the_next_one():
    asked, go_on, answers = [], threading.Event(), []

    def ask() -> int:
        asked.append(len(asked) + 1)
        number = asked[-1]
        assert go_on.wait(20)
        return number

    async def run() -> None:
        together = Together(ask)

        async def one() -> None:
            answers.append(await together())

        async with anyio.create_task_group() as group:
            group.start_soon(one)
            while not asked:
                await anyio.sleep(0)
            for _ in range(9):
                group.start_soon(one)
            await anyio.sleep(0)
            go_on.set()

    run_apart(run)
    assert (len(asked), sorted(answers)) == (2, [1] + [2] * 9)


def test_a_question_that_fails_is_asked_again_by_the_next():
    asked = []

    def ask() -> str:
        asked.append(1)
        if len(asked) == 1:
            raise RuntimeError("not now")
        return "yes"

    async def run() -> list[str]:
        together, found = Together(ask), []
        for _ in range(2):
            try:
                found.append(await together())
            except RuntimeError as error:
                found.append(str(error))
        return found

    assert run_apart(run) == ["not now", "yes"]
