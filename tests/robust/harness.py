"""Many people, each changing their mind again and again over HTTP, while the server is killed with kill -9.

A *trial* knows for each person what was acknowledged last (an answer with status 2xx). Afterwards `compare` holds that
against what the server still knows:

    lost      acknowledged as given, but not there
    revived   acknowledged as withdrawn, but still there
    doubled   one person counted more than once
    stuck     never acknowledged, though the server was up again
    miscount  the counter differs from the number of people counted

SIGKILL keeps the kernel's page cache, so this says nothing of power loss; that a commit is flushed before the answer is
the database's setting (synchronous=FULL; PostgreSQL's default).
"""
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

import httpx

PATIENCE = 180.0  # seconds in which an interrupted call must have been acknowledged: four starts of a slow machine
PAUSE = (0.05, 0.4)  # seconds until it is tried again: all at once would only slow down the server that starts


class Killable(Protocol):
    url: str

    def kill(self) -> None:
        """End all processes at once, without a farewell."""

    def start(self) -> object:
        """Start again on the same data; returns when it answers."""


@dataclass
class Outcome:
    wanted: dict[str, bool] = field(default_factory=dict)  # person -> the last acknowledged wish
    stuck: set[str] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    kills: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Findings:
    lost: tuple[str, ...] = ()
    revived: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    miscount: int = 0


CLEAN = Findings()


def compare(outcome: Outcome, counted: Mapping[str, int], counter: int) -> Findings:
    """`counted`: person -> how often the server counts them; `counter`: the number that it shows."""
    return Findings(
        lost=tuple(sorted(who for who, wish in outcome.wanted.items() if wish and not counted.get(who))),
        revived=tuple(sorted(who for who, wish in outcome.wanted.items() if not wish and counted.get(who))),
        doubled=tuple(sorted(who for who, times in counted.items() if times > 1)),
        stuck=tuple(sorted(outcome.stuck)),
        miscount=counter - sum(counted.values()),
    )


class Trial:
    """`people` maps a name to the headers of that person's requests; a wish is PUT or DELETE of `path`."""

    def __init__(self, server: Killable, path: str, people: Mapping[str, Mapping[str, str]], *, race: int = 1,
                 seed: int = 1) -> None:
        self.server, self.path, self.people, self.race = server, path, people, race
        self.outcome = Outcome()
        self._random, self._seed = random.Random(seed), seed
        self._over, self._hopeless, self._lock = threading.Event(), threading.Event(), threading.Lock()

    def run(self, wishes: Callable[[str], Sequence[bool]], *, kills: int = 0,
            between: tuple[float, float] = (0.2, 0.8)) -> Outcome:
        """All people go through their `wishes` at the same time, again from the start until `kills` kills are over.

        After the last acknowledgement the server is killed once more (where `kills` are asked for), so that what is
        read afterwards is what a cold start finds.
        """
        begun = time.monotonic()
        if not kills:
            self._over.set()
        # One browser for all: each would otherwise load the certificates of the system anew. It lets go of idle
        # connections before the server does (after 5 s), or a slow machine would now and then send into a closed one.
        limits = httpx.Limits(keepalive_expiry=1)
        with httpx.Client(base_url=self.server.url, timeout=20, limits=limits, verify=False) as browser:
            self._let_live(browser, wishes, kills, between)
        if kills:
            self._kill_and_start()
        self.outcome.seconds = time.monotonic() - begun
        return self.outcome

    def _let_live(self, browser: httpx.Client, wishes: Callable[[str], Sequence[bool]], kills: int,
                  between: tuple[float, float]) -> None:
        threads = [threading.Thread(target=self._live, args=(who, wishes(who), browser)) for who in self.people]
        for thread in threads:
            thread.start()
        try:
            for _ in range(kills):
                threading.Event().wait(self._random.uniform(*between))
                self._kill_and_start()
        except BaseException:
            self._hopeless.set()
            raise
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _kill_and_start(self) -> None:
        self.server.kill()
        self.outcome.kills += 1
        self.server.start()

    def _live(self, who: str, wishes: Sequence[bool], browser: httpx.Client) -> None:
        chance = random.Random(f"{self._seed} {who}")
        with ThreadPoolExecutor(self.race) as hands:
            while True:
                for wish in wishes:
                    if not self._insist(who, wish, hands, browser, chance):
                        with self._lock:
                            self.outcome.stuck.add(who)
                        return
                if self._over.is_set():
                    return

    def _insist(self, who: str, wish: bool, hands: ThreadPoolExecutor, browser: httpx.Client,
                chance: random.Random) -> bool:
        """Send one wish (`race` times at once) until one is acknowledged; the calls are idempotent, so that is safe."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not self._hopeless.is_set():
            answers = list(hands.map(lambda _: self._send(who, wish, browser), range(self.race)))
            with self._lock:
                self.outcome.answers.update(answers)
                if any(answer.startswith("2") for answer in answers):
                    self.outcome.wanted[who] = wish
                    self.outcome.acknowledged += 1
                    return True
            self._hopeless.wait(chance.uniform(*PAUSE))
        return False

    def _send(self, who: str, wish: bool, browser: httpx.Client) -> str:
        try:
            answer = browser.request("PUT" if wish else "DELETE", self.path, headers=dict(self.people[who]))
        except httpx.TransportError as broken:
            return type(broken).__name__
        return str(answer.status_code)
