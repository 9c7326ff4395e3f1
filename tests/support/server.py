"""A real server: `sanpo serve` in processes of its own, with its own data folder and database."""
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.databases import FreshDatabases
from tests.support.mailbox import free_port
from tests.support.source import BYTECODE, ROOT
from tests.support.waiting import wait_for

COMMAND = (sys.executable, "-c", "import sys; sys.argv[0] = 'sanpo'; from asgi import main; main()")
START_SECONDS = 60


class Server:
    """Starts on demand, can be killed at any moment, keeps its port and its data."""

    def __init__(self, folder: Path, environment: Mapping[str, str], *, workers: int = 1) -> None:
        self.port, self.workers, self.data = free_port(), workers, folder / "data"
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "serve.log"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("SANPO_")}
        if inherited.pop("PYTHONDONTWRITEBYTECODE", ""):
            inherited["PYTHONPYCACHEPREFIX"] = str(BYTECODE)
        self.environment = {
            **inherited, "PYTHONPATH": str(ROOT), "SANPO_DATA": str(self.data), "SANPO_BASE_URL": self.url,
            "SANPO_RATE_LIMITS": "off", "SANPO_PDF": "off", **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def sanpo(self, *arguments: str, check: bool = True) -> str:
        """Run a command beside the server on the same data; returns its stdout."""
        done = subprocess.run([*COMMAND, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True,
                              timeout=600)
        if check and done.returncode:
            raise AssertionError(f"sanpo {' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
        return done.stdout.strip()

    def start(self) -> "Server":
        """Start and wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port), "--workers", str(self.workers)], env=self.environment,
                cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        wait_for(self._ready, f"the server (see {self.log})", seconds=START_SECONDS)
        return self

    def _ready(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise AssertionError(f"the server ended by itself:\n{self.log.read_text()[-3000:]}")
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """kill -9 of all its processes (a group of its own), in the middle of whatever they do."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, number)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(5)

    def get(self, path: str, *, token: str = "") -> Any:
        """JSON of a GET under /api/v1."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = httpx.get(f"{self.url}/api/v1{path}", headers=headers, timeout=30)
        answer.raise_for_status()
        return json.loads(answer.content)


Serve = Callable[..., Server]


def _with_schema(folder: Path, template: Path) -> Path:
    """A data folder whose SQLite database has its tables already: nobody has to wait for the migrations."""
    (folder / "data").mkdir(parents=True)
    shutil.copyfile(template, folder / "data" / "sanpo.sqlite3")
    return folder


@pytest.fixture
def serve(tmp_path: Path, fresh_databases: FreshDatabases, sqlite_template: Path) -> Iterator[Serve]:
    """`serve(workers=1, engine="sqlite", SANPO_…=…)` -> a running Server; all are stopped at the end of the test."""
    running: list[Server] = []

    def start(*, workers: int = 1, engine: str = "sqlite", **environment: str) -> Server:
        folder = _with_schema(tmp_path / f"server{len(running)}", sqlite_template)
        if engine == "postgres":
            environment["SANPO_DATABASE_URL"] = fresh_databases.make("postgres")
        server = Server(folder, environment, workers=workers)
        running.append(server)
        return server.start()

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Serve]:
    """`standing(SANPO_…=…)` -> a running Server on an empty SQLite database, which all tests of this worker that ask
    for the same settings share: for tests that only look at pages."""
    running: dict[frozenset[tuple[str, str]], Server] = {}

    def start(**environment: str) -> Server:
        settings = frozenset(environment.items())
        if settings not in running:
            folder = _with_schema(tmp_path_factory.mktemp("standing") / "server", sqlite_template)
            running[settings] = Server(folder, environment).start()
        return running[settings]

    yield start
    for server in running.values():
        server.stop()
