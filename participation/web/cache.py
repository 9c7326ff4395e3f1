"""Whole pages for readers who are not signed in, packed and kept until anything at all is committed (`Kept`)."""

import gzip
import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import anyio
import anyio.to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from participation.kept import Kept, moment
from participation.services import Services
from participation.web.i18n import negotiate

MAX_PAGES = 1_000
MAX_BODY = 400_000  # bytes; larger answers are not kept
LOOKS = ("lang", "theme", "size")
WEIGHTY = (b"text/html", b"application/json", b"application/atom+xml")


@dataclass(frozen=True)
class _Page:
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    packed: bool  # by gzip, which nearly every browser takes; for the others it is unpacked again
    etag: bytes


@dataclass
class _Question:
    asked: bool = False
    answer: Any = None


class Together:
    """Asks a question in a thread, one at a time. Whoever comes while one is under way shares the next, which begins
    after they came: nobody is given an answer from before they asked."""

    def __init__(self, ask: Callable[[], Any]) -> None:
        self._ask, self._turn, self._next = ask, anyio.Lock(), _Question()

    async def __call__(self) -> Any:
        question = self._next
        async with self._turn:
            if not question.asked:
                self._next = _Question()
                question.answer = await anyio.to_thread.run_sync(self._ask)
                question.asked = True
        return question.answer


class PageCache:
    """An ASGI layer; `prefixes` are the paths (with their parameters) of routes marked `cached`."""

    def __init__(self, app: ASGIApp, services: Services, paths: frozenset[str]) -> None:
        self.app, self.db, self.clock = app, services.db, services.clock
        self._exact = frozenset(path for path in paths if "{" not in path)
        self._prefixes = tuple(path.split("{", 1)[0] for path in paths if "{" in path)
        self._pages = Kept(MAX_PAGES)
        self._making: dict[Hashable, anyio.Event] = {}
        self._ask = Together(self.db.version)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = self._key(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if key is None:
            await self.app(scope, receive, send)
            return
        at = moment(await self._present(), self.clock())
        page = self._pages.find(at, key)
        if page is None and (being_made := self._making.get((at, key))) is not None:
            await being_made.wait()  # many ask for the same page after a change: one makes it
            page = self._pages.find(at, key)
        if page is None:
            page = await self._make(scope, receive, send, at, key)
        if page is not None:
            await _send(page, scope, send)

    async def _present(self) -> Hashable:
        return self.db.version() if self.db.sqlite else await self._ask()

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

    async def _make(self, scope: Scope, receive: Receive, send: Send, at: Hashable, key: Hashable) -> _Page | None:
        """The page, kept; or None when it was one that is not to be kept, which is answered already."""
        made = self._making[at, key] = anyio.Event()
        try:
            page = await self._render(scope, receive, send)
            return None if page is None else self._pages.keep(at, key, page)
        finally:
            self._making.pop((at, key), None)
            made.set()

    async def _render(self, scope: Scope, receive: Receive, send: Send) -> _Page | None:
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
        packed = names.get(b"content-type", b"").startswith(WEIGHTY)
        lasting = tuple(item for item in headers if item[0] not in (b"content-length", b"etag"))
        return _Page(lasting, gzip.compress(body, 4) if packed else body, packed, etag)


async def _send(page: _Page, scope: Scope, send: Send) -> None:
    asked = dict(scope["headers"])
    base = [*page.headers, (b"etag", page.etag)]
    if asked.get(b"if-none-match") == page.etag:
        await send({"type": "http.response.start", "status": 304, "headers": base})
        await send({"type": "http.response.body", "body": b""})
        return
    body = page.body
    if page.packed and b"gzip" in asked.get(b"accept-encoding", b""):
        base.append((b"content-encoding", b"gzip"))
    elif page.packed:
        body = gzip.decompress(body)
    base.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": base})
    await send({"type": "http.response.body", "body": body})
