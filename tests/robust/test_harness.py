"""The harness itself: it must see the two classic mistakes, or its silence about Sanpo would mean nothing."""
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.robust.harness import CLEAN, Findings, Outcome, Trial, compare
from tests.support.mailbox import free_port
from tests.support.source import ROOT
from tests.support.waiting import wait_for

PEOPLE = {f"person{number:02}": {"X-Person": f"person{number:02}"} for number in range(12)}


class SmallServer:
    def __init__(self, manner: str, folder: Path) -> None:
        self.manner, self.file, self.port = manner, folder / "supports.sqlite3", free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "SmallServer":
        script = ROOT / "tests" / "robust" / "small_server.py"
        self._process = subprocess.Popen([sys.executable, str(script), str(self.port), str(self.file), self.manner])
        wait_for(self._answers, "the small server")
        return self

    def _answers(self) -> bool:
        try:
            return httpx.get(self.url, timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    def counted(self) -> Counter[str]:
        with sqlite3.connect(self.file) as connection:
            return Counter(person for (person,) in connection.execute("SELECT person FROM support"))


@pytest.fixture
def small_server(tmp_path: Path) -> Iterator[Callable[[str], SmallServer]]:
    running = []

    def start(manner: str) -> SmallServer:
        running.append(SmallServer(manner, tmp_path).start())
        return running[-1]

    yield start
    for server in running:
        server.kill()


def trial(
    server: SmallServer, *, kills: int, race: int = 1, wishes: tuple[bool, ...] = (True, False, True),
) -> Findings:
    outcome = Trial(server, "/support", PEOPLE, race=race).run(lambda who: wishes, kills=kills, between=(0.2, 0.4))
    counted = server.counted()
    return compare(outcome, counted, counted.total())


def test_an_honest_server_passes(small_server: Callable[[str], SmallServer]) -> None:
    assert trial(small_server("honest"), kills=2, race=2) == CLEAN


def test_an_answer_before_the_commit_is_seen(small_server: Callable[[str], SmallServer]) -> None:
    findings = trial(small_server("answers-early"), kills=2)
    assert (len(findings.lost) > 0, findings.doubled, findings.stuck) == (True, (), ())


def test_a_check_before_the_insert_is_seen(small_server: Callable[[str], SmallServer]) -> None:
    findings = trial(small_server("checks-then-inserts"), kills=0, race=4, wishes=(True,))
    assert (len(findings.doubled) > 0, findings.lost, findings.stuck) == (True, (), ())


def test_each_kind_of_fault_has_its_name() -> None:
    outcome = Outcome(wanted={"a": True, "b": False, "c": True, "d": True}, stuck={"e"})
    assert compare(outcome, {"b": 1, "c": 2, "d": 1}, 5) == Findings(
        lost=("a",), revived=("b",), doubled=("c",), stuck=("e",), miscount=1)
