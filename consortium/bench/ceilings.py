"""What the machine can do at best, measured in the same run: the framework alone, a commit per request, one fsync.

`python -m consortium.bench.ceilings text|commit PORT BYTES|FILE` serves one of the bare applications.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from consortium.bench.pg_commits import table_for_commits
from consortium.bench.servers import with_our_modules

SYNCS = 200


def text_app(size: int) -> Starlette:
    """The same bytes at every request: the framework and the server below it, nothing else."""
    text = "x" * size

    async def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(text)

    return Starlette(routes=[Route("/", answer)])


def commit_app(path: str) -> Starlette:
    """One durable row per request, committed by itself (WAL, synchronous=FULL)."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, text TEXT)")

    async def answer(request: Request) -> PlainTextResponse:
        connection.execute("INSERT INTO row (text) VALUES (?)", ("x" * 40,))
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/", answer)])


def cost_of_a_sync(folder: Path) -> float:
    """Milliseconds of one fsync after a small write in `folder`, the median of many."""
    with tempfile.TemporaryFile(dir=folder) as file:
        times = []
        for _ in range(SYNCS):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    return round(sorted(times)[SYNCS // 2] * 1000, 3)


def commits_per_second(url: str, connections: int, seconds: float) -> float:
    """One-row commits of PostgreSQL from `connections` clients in two processes, as pgbench's simplest script."""
    each = [sys.executable, "-m", "consortium.bench.pg_commits", url, str(connections // 2), str(seconds)]
    with table_for_commits(url):
        started = [subprocess.Popen(each, stdout=subprocess.PIPE, text=True, env=with_our_modules()) for _ in range(2)]
        return round(sum(int(process.communicate()[0]) for process in started) / seconds, 1)


def serve(app: Any, port: int) -> None:
    uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_level="warning", server_header=False)


if __name__ == "__main__":
    which, port, value = sys.argv[1:4]
    serve(text_app(int(value)) if which == "text" else commit_app(value), int(port))
