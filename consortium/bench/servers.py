"""Servers in processes of their own: when they answer, what CPU time and memory they take."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SANPO = (sys.executable, "-c", "from asgi import main; main()")
PATIENCE = 60  # seconds until a server answers
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[bytes]
    port: int
    seconds_to_answer: float

    def processes(self) -> list[int]:
        """The server's process and its workers."""
        return [self.process.pid, *_children(self.process.pid)]

    def cpu_seconds(self) -> float:
        return sum(_cpu_seconds(pid) for pid in self.processes())

    def megabytes(self) -> list[float]:
        """Resident memory of each process that serves, largest first."""
        return sorted((_megabytes(pid) for pid in self.processes()), reverse=True)


@contextmanager
def running(command: Sequence[str], port: int, path: str, environment: Mapping[str, str] | None = None
            ) -> Iterator[Server]:  # fmt: skip
    """Start a server, wait until `path` answers 200, stop it at the end.

    Raises:
        RuntimeError: it ended, or it does not answer.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, env={**with_our_modules(), **(environment or {})}, stderr=subprocess.DEVNULL,
                               start_new_session=True)  # fmt: skip
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"no answer from {' '.join(command[:4])} (exit code {process.poll()})")
            time.sleep(0.005)
        yield Server(process, port, time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE)


def with_our_modules() -> dict[str, str]:
    """The environment in which another process imports what this one does."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(part or os.getcwd() for part in sys.path)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def _children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()]  # fmt: skip


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS  # user and system time of all its threads


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return round(int(status.partition("VmRSS:")[2].split()[0]) / 1024, 1)
