"""Whole pages for readers who are not signed in, kept until anything at all is committed.

The version of the database (see `Database.version`) is asked for at every request, so a change shows at once, whichever
process made it; nothing is ever invalidated by hand.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

import anyio.to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from participation.services import Services
from participation.web.i18n import negotiate

MAX_PAGES = 2_000
FRESH = 60  # seconds after which a page is made anew even if nobody wrote: phases begin and end by the clock
MAX_BODY = 400_000  # bytes; larger answers are not kept
LOOKS = ("lang", "theme", "size")
WEIGHTY = (b"text/html", b"application/json", b"application/atom+xml")


@dataclass(frozen=True)
class _Kept:
    version: Hashable
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    packed: bytes
    etag: bytes


class PageCache:
    """An ASGI layer; `prefixes` are the paths (with their parameters) of routes marked `cached`."""

    def __init__(self, app: ASGIApp, services: Services, paths: frozenset[str]) -> None:
        self.app, self.db, self.clock = app, services.db, services.clock
        self._exact = frozenset(path for path in paths if "{" not in path)
        self._prefixes = tuple(path.split("{", 1)[0] for path in paths if "{" in path)
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._version: Hashable = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = self._key(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if key is None:
            await self.app(scope, receive, send)
            return
        version = (await self._present(), int(self.clock().timestamp()) // FRESH)
        if version != self._version:  # what was kept before can never be shown again
            self._kept.clear()
            self._version = version
        kept = self._kept.get(key)
        if kept is None or kept.version != version:
            kept = await self._render(scope, receive, send, version)
            if kept is None:
                return
            self._kept[key] = kept
            self._kept.move_to_end(key)
            if len(self._kept) > MAX_PAGES:
                self._kept.popitem(last=False)
        await _send(kept, scope, send)

    async def _present(self) -> Hashable:
        return self.db.version() if self.db.sqlite else await anyio.to_thread.run_sync(self.db.version)

    def _key(self, scope: Scope) -> Hashable | None:
        path = scope["path"]
        if path not in self._exact and not path.startswith(self._prefixes or ("\0",)):
            return None
        cookies, language, htmx = "", "", b""
        for name, value in scope["headers"]:
            if name == b"cookie":
                cookies += value.decode("latin-1") + ";"  # proxies may split them into several headers
            elif name == b"accept-language":
                language = value.decode("latin-1")
            elif name == b"hx-request":
                htmx = value
            elif name == b"authorization":
                return None
        jar = dict(part.strip().partition("=")[::2] for part in cookies.split(";") if part.strip())
        if any(name not in LOOKS for name in jar) or b"lang=" in scope["query_string"]:
            return None
        query = scope["query_string"]
        if len(query) > 300 or b"theme=" in query or b"size=" in query:
            return None
        locale = negotiate(None, jar.get("lang"), None, language)
        return path, query, locale, jar.get("theme", ""), jar.get("size", ""), htmx

    async def _render(self, scope: Scope, receive: Receive, send: Send, version: Hashable) -> _Kept | None:
        start: Message = {}
        chunks: list[bytes] = []

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                chunks.append(message.get("body", b""))

        await self.app(scope, receive, collect)
        body = b"".join(chunks)
        headers = tuple((name.lower(), value) for name, value in start["headers"])
        names = dict(headers)
        personal = b"set-cookie" in names or b"no-store" in names.get(b"cache-control", b"")
        keep = start["status"] == 200 and not personal and len(body) <= MAX_BODY
        if not keep:
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return None
        etag = b'W/"' + hashlib.sha256(body).hexdigest()[:20].encode() + b'"'
        packed = gzip.compress(body, 4) if names.get(b"content-type", b"").startswith(WEIGHTY) else b""
        lasting = tuple(item for item in headers if item[0] not in (b"content-length", b"etag"))
        return _Kept(version, lasting, body, packed, etag)


async def _send(kept: _Kept, scope: Scope, send: Send) -> None:
    asked = dict(scope["headers"])
    base = [*kept.headers, (b"etag", kept.etag)]
    if asked.get(b"if-none-match") == kept.etag:
        await send({"type": "http.response.start", "status": 304, "headers": base})
        await send({"type": "http.response.body", "body": b""})
        return
    body = kept.body
    if kept.packed and b"gzip" in asked.get(b"accept-encoding", b""):
        body = kept.packed
        base.append((b"content-encoding", b"gzip"))
    base.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": base})
    await send({"type": "http.response.body", "body": body})
