"""One measurement after the other against real servers, the ceilings among them."""

import asyncio
import json
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import event

from consortium.bench import ceilings
from consortium.bench.scenarios import Scenario, same
from consortium.bench.servers import SANPO, Server, free_port, running, with_our_modules
from consortium.bench.visitors import ANYBODY, Visitor
from participation.app import create_app
from participation.services import Services

Result = dict[str, Any]
CLIENTS = 16


def measure(server: Server, scenario: Scenario, seconds: float) -> Result:
    """Drive the server; CPU per request is what the server's processes took while it lasted."""
    plan = {"port": server.port, "seconds": seconds, "requests": scenario.requests, "scripts": scenario.scripts}
    before = server.cpu_seconds()
    done = subprocess.run([sys.executable, "-m", "consortium.bench.load"], input=json.dumps(plan), text=True,
                          capture_output=True, env=with_our_modules())  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{scenario.label}: {done.stderr.strip().splitlines()[-1]}")
    result = json.loads(done.stdout)
    cpu = (server.cpu_seconds() - before) / max(result["sent"], 1) * 1000
    bad = {status: count for status, count in result["statuses"].items() if int(status.split()[-1]) >= 400}
    told = {"label": scenario.label, "connections": len(scenario.scripts), "cpu_ms": round(cpu, 3), **result}
    return {**told, "refused": bad} if bad else told  # nothing counts as fast that was not answered well


@contextmanager
def sanpo(services: Services, workers: int) -> Iterator[Server]:
    """The real server on the same data, without rate limits."""
    port = free_port()
    environment = {"SANPO_RATE_LIMITS": "off", "SANPO_PDF": "off", "SANPO_BASE_URL": f"http://127.0.0.1:{port}",
                   "SANPO_SECRET_KEY": services.secret.decode(), "SANPO_SMTP_URL": ""}  # fmt: skip
    command = (*SANPO, "serve", "--port", str(port), "--workers", str(workers))
    with running(command, port, "/healthz", environment) as server:
        yield server


def measure_ceilings(services: Services, size: int, seconds: float) -> dict[str, Result]:
    """The framework with as many bytes as the list has, durable commits one by one, one fsync."""
    found: dict[str, Result] = {}
    for key, label, value in (("bare", f"bare Starlette, {size} bytes", str(size)), ("commit", "one commit each", "")):
        with tempfile.TemporaryDirectory(dir=services.settings.data) as folder, bare(key, value or folder) as server:
            for clients in (CLIENTS,) if key == "bare" else (CLIENTS, 64):
                name = key if clients == CLIENTS else f"{key}_{clients}"
                found[name] = measure(server, same(name, label, clients, ANYBODY.get("/")), seconds)
    found["sync"] = {"label": "one fsync", "p50": ceilings.cost_of_a_sync(services.settings.data)}
    if not services.db.sqlite:
        url = services.settings.database_url.replace("+psycopg", "")
        found["pg_commit"] = {"label": "PostgreSQL, one-row commits", "connections": CLIENTS,
                              "per_second": ceilings.commits_per_second(url, CLIENTS, seconds)}  # fmt: skip
    return found


@contextmanager
def bare(key: str, value: str) -> Iterator[Server]:
    port, kind = free_port(), "text" if key == "bare" else "commit"
    argument = value if kind == "text" else str(Path(value) / "ceiling.sqlite3")
    with running((sys.executable, "-m", "consortium.bench.ceilings", kind, str(port), argument), port, "/") as server:
        yield server


def bytes_of(server: Server, path: str) -> int:
    """Of the packed body, as a browser is sent it."""
    asked = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        return len(answer.read())


def seconds_until_found(server: Server, person: Visitor, proposal_id: int) -> float:
    """From the acknowledgement of a new comment until search finds its word."""
    word = f"zq{secrets.token_hex(6)}"
    body = json.dumps({"on": {"type": "proposal", "id": proposal_id}, "body": f"{word} is a word of nobody."})
    base, headers = f"http://127.0.0.1:{server.port}/api/v1", {"Authorization": f"Bearer {person.token}"}
    asked = urllib.request.Request(f"{base}/comments", body.encode(), {**headers, "Content-Type": "application/json"})
    urllib.request.urlopen(asked).close()
    began = time.perf_counter()
    while time.perf_counter() - began < 30:
        with urllib.request.urlopen(f"{base}/search?q={quote(word)}") as answer:
            if json.load(answer)["total"]:
                return round(time.perf_counter() - began, 3)
    return 30.0


def queries_of(services: Services, requests: dict[str, str]) -> dict[str, int]:
    """How many statements each page sends, counted in an application of this process."""
    app, counts = create_app(services), {}
    # what PostgreSQL reads with is made from what it writes with, which is told of both
    engines = [services.db.engines.write, *([services.db.engines.read] if services.db.sqlite else ())]
    for key, request in requests.items():
        statements: list[str] = []
        note = lambda *told, seen=statements: seen.append(told[2])  # noqa: E731 - a listener of its own per page
        for engine in engines:
            event.listen(engine, "before_cursor_execute", note)
        asyncio.run(_ask(app, request))
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
        counts[key] = sum(not statement.startswith("BEGIN") for statement in statements)
    return counts


async def _ask(app: Any, request: str) -> None:
    head, _, body = request.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    method, target, _ = first.split(" ")
    path, _, query = target.partition("?")
    headers = [(name.lower().encode(), value.strip().encode()) for name, _, value in
               (line.partition(":") for line in lines)]  # fmt: skip
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "root_path": "",
             "query_string": query.encode(), "headers": headers, "client": ("127.0.0.1", 1), "scheme": "http",
             "server": ("127.0.0.1", 80), "http_version": "1.1"}  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start" and message["status"] >= 400:
            raise RuntimeError(f"{method} {target}: {message['status']}")

    await app(scope, receive, send)

