"""Long tests first, so that no worker of pytest-xdist is left alone with one at the end.

What a test costs is told by its fixtures: a browser, a server or a whole city cost seconds, everything else less than
one. Each worker begins with its share of the first equal part of the list that it would have anyway (xdist's
`worksteal`), and those who are done early take over the short tests at the others' ends.
"""
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Any

import pytest

COSTLY = {"chromium_engine", "serve", "standing", "city", "demo", "world"}
LONG = ("tests/bench/test_running.py", "tests/demo/test_loading.py")  # by themselves


def in_order(items: Sequence[Any], workers: int) -> list[Any]:
    """Costly tests of a file stay together, since they share a server."""
    costly: dict[str, list[Any]] = defaultdict(list)
    short: deque[Any] = deque()
    for item in items:
        file = item.nodeid.partition("::")[0]
        if file in LONG or COSTLY & set(item.fixturenames):
            costly[file].append(item)
        else:
            short.append(item)
    hands: list[list[Any]] = [[] for _ in range(workers)]
    for group in sorted(costly.values(), key=len, reverse=True):
        min(hands, key=len).extend(group)
    ordered: list[Any] = []
    for number, hand in enumerate(hands):
        size = (len(items) - len(ordered)) // (workers - number)
        ordered += hand + [short.popleft() for _ in range(min(size - len(hand), len(short)))]
    return ordered + list(short)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers > 1:
        items[:] = in_order(items, workers)
