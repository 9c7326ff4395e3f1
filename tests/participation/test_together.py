"""Many who ask the same at once share an answer, and nobody gets one from before they asked."""
import threading

import anyio

from participation.web.cache import Together


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

    anyio.run(run)
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

    assert anyio.run(run) == ["not now", "yes"]
