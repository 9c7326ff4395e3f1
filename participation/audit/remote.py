"""The whole log of a running platform, fetched through its public API, as the file that `export.py` writes."""

from collections.abc import Callable
from typing import Any, TextIO

import httpx

from participation.audit.export import FORMAT, write_line

PAGE = 100
WAIT = 30.0  # seconds, per page


class Unreachable(Exception):
    """The platform did not answer as its API promises; the message says to what."""


class Remote:
    """The public log of the platform at `url`, as long as its newest signed head says."""

    def __init__(self, url: str, transport: Any = None) -> None:
        base = url.rstrip("/") + "/api/v1/audit/"
        try:
            self._client = httpx.Client(base_url=base, timeout=WAIT, transport=transport)
        except httpx.InvalidURL as error:
            raise Unreachable(f"{url}: {error}") from error
        self._head = self._get("head", "size", "key", "checkpoint")
        self.size = int(self._head["size"])

    def write(self, file: TextIO, progress: Callable[[int], None] = lambda fetched: None) -> None:
        """Write it all to `file`; `progress` is told of every so many entries. Raises Unreachable."""
        write_line(file, {"format": FORMAT, "version": 1, "key": self._head["key"]})
        write_line(file, {"head": self._head["checkpoint"]})
        for first in range(0, self.size, PAGE):
            items = self._get(f"entries?from={first}&per_page={min(PAGE, self.size - first)}", "items")["items"]
            for item in items:
                write_line(file, {"seq": item["seq"], "entry": item["entry"]})
            progress(len(items))

    def _get(self, path: str, *names: str) -> dict[str, Any]:
        address = f"{self._client.base_url}{path}"
        try:
            answer = self._client.get(path)
            answer.raise_for_status()
            document = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unreachable(f"{address}: {error}") from error
        if not isinstance(document, dict) or not all(name in document for name in names):
            raise Unreachable(f"{address} does not answer like an audit log")
        return document
