"""Waiting for another process or thread: looked at often, never longer than a deadline."""
import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(look: Callable[[], T], what: str, *, seconds: float = 10.0) -> T:
    """The first truthy answer of `look`; fails with `what` after `seconds`."""
    pause, deadline = threading.Event(), time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s in vain for {what}")
        pause.wait(0.02)
    return found
