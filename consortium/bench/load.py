"""The load generator: a process of its own with raw keep-alive sockets, so that what it costs is little and constant.

`python -m consortium.bench.load` reads a plan (JSON) and prints what it measured (JSON). It imports nothing of the
platform. Every connection sends the next request of its script as soon as the answer to the last one is complete.
"""

import json
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

WARM_UP = 1.0  # seconds that are not counted, at most as many as are
PATIENCE = 20.0  # seconds for an answer


@dataclass
class Connection:
    """One visitor: what it sends next, and what has come of the answer so far."""

    socket: socket.socket
    script: list[int]
    at: int = 0
    sent: float = 0.0
    received: bytes = b""
    missing: int = -1  # bytes of the answer still to come; -1 while its head is not complete
    status: int = 0


@dataclass
class Measured:
    latencies: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter = field(default_factory=Counter)
    requests: int = 0  # with those of the warm-up


def read_head(data: bytes) -> tuple[int, int] | None:
    """(status, bytes of the whole answer), or None while its head is not complete."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = data[:end].lower()
    at = head.find(b"\r\ncontent-length:")
    length = int(head[at + 17 : (head + b"\r\n").index(b"\r\n", at + 2)]) if at >= 0 else 0
    return int(data[9:12]), end + 4 + length


def drive(plan: dict[str, Any]) -> Measured:
    """Run the plan: `port`, `seconds`, `requests` [(kind, text)], `scripts` (indexes of requests) per connection."""
    requests = [(kind, text.encode("latin-1")) for kind, text in plan["requests"]]
    measured, selector = Measured(), selectors.DefaultSelector()
    began = time.perf_counter()
    for script in plan["scripts"]:
        made = socket.create_connection(("127.0.0.1", plan["port"]), timeout=PATIENCE)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = Connection(made, script)
        selector.register(made, selectors.EVENT_READ, connection)
        _send(connection, requests)
    counted_from = began + min(WARM_UP, plan["seconds"])
    end = counted_from + plan["seconds"]
    while (now := time.perf_counter()) < end or not measured.latencies:  # a slow answer is still a figure
        ready = selector.select(PATIENCE)
        if not ready:
            raise TimeoutError(f"no answer within {PATIENCE} s")
        for key, _ in ready:
            if _receive(key.data):
                _note(measured, key.data, requests, now >= counted_from)
                _send(key.data, requests)
    return measured


def _send(connection: Connection, requests: list[tuple[str, bytes]]) -> None:
    connection.received, connection.missing = b"", -1
    connection.sent = time.perf_counter()
    connection.socket.sendall(requests[connection.script[connection.at % len(connection.script)]][1])


def _receive(connection: Connection) -> bool:
    """Whether the answer is complete."""
    data = connection.socket.recv(262_144)
    if not data:
        raise ConnectionError("the server closed a connection")
    if connection.missing < 0:
        connection.received += data
        head = read_head(connection.received)
        if head is None:
            return False
        connection.status, whole = head
        connection.missing = whole - len(connection.received)
    else:
        connection.missing -= len(data)
    return connection.missing <= 0


def _note(measured: Measured, connection: Connection, requests: list[tuple[str, bytes]], counts: bool) -> None:
    kind = requests[connection.script[connection.at % len(connection.script)]][0]
    connection.at += 1
    measured.requests += 1
    if counts:
        measured.latencies.setdefault(kind, []).append(time.perf_counter() - connection.sent)
        measured.statuses[f"{kind} {connection.status}"] += 1


def summary(measured: Measured, seconds: float) -> dict[str, Any]:
    """Requests per second and percentiles in milliseconds, by kind and of all."""
    every = [value for values in measured.latencies.values() for value in values]
    kinds = {kind: spread(values) for kind, values in measured.latencies.items()}
    counts = {"sent": measured.requests, "statuses": dict(measured.statuses)}
    return {"per_second": round(len(every) / seconds, 1), **spread(every), **counts, "kinds": kinds}


def spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values) or [0.0]
    place = {name: ordered[min(len(ordered) - 1, int(len(ordered) * share))]
             for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0))}  # fmt: skip
    return {"count": len(values), **{name: round(value * 1000, 2) for name, value in place.items()}}


if __name__ == "__main__":
    given = json.load(sys.stdin)
    print(json.dumps(summary(drive(given), given["seconds"])))
