"""The whole log of a running platform, fetched through its public API, as the file that `export.py` writes."""

from collections.abc import Callable
from typing import Any, TextIO

import httpx

from participation.audit.export import FORMAT, write_line

PAGE = 100
WAIT = 30.0  # seconds, per page


class Unreachable(Exception):
    """The platform did not answer as its API promises; the message says to what."""


def fetch_export(url: str, file: TextIO, progress: Callable[[int], None], transport: Any = None) -> int:
    """Write the log under its newest signed head to `file`; how many entries it has."""
    with httpx.Client(base_url=url.rstrip("/") + "/api/v1/audit/", timeout=WAIT, transport=transport) as client:
        head = _get(client, "head")
        size = int(head["size"])
        write_line(file, {"format": FORMAT, "version": 1, "key": head["key"]})
        write_line(file, {"head": head["checkpoint"]})
        for first in range(0, size, PAGE):
            items = _get(client, "entries", {"from": first, "per_page": min(PAGE, size - first)})["items"]
            for item in items:
                write_line(file, {"seq": item["seq"], "entry": item["entry"]})
            progress(len(items))
    return size


def _get(client: httpx.Client, path: str, parameters: dict[str, int] | None = None) -> Any:
    try:
        answer = client.get(path, params=parameters)
        answer.raise_for_status()
        return answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Unreachable(f"{client.base_url}{path}: {error}") from error
