"""An in-process HTTP client: the whole application under a real event loop, without a socket."""
import asyncio
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from typing import Any, Self

import httpx
import pytest

from tests.support.page import Form, Page

BASE_URL = "https://sanpo.test"


class Loop:
    """An event loop in a thread of its own, as a server would have it."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="test-loop", daemon=True)
        self.thread.start()

    def run(self, work: Any) -> Any:
        future: Future[Any] = asyncio.run_coroutine_threadsafe(work, self.loop)
        return future.result(timeout=60)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()


class Client:
    """A browser without JavaScript: keeps cookies, fills in forms with what the page put into them (the CSRF token
    too), and does not follow redirects unless asked."""

    def __init__(self, app: Any, loop: Loop, *, language: str = "ja") -> None:
        self._loop, self._app = loop, app
        # raise_app_exceptions: a fault in a handler is a fault of the test, not a 500 that it may overlook.
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=True, client=("192.0.2.1", 4711)),
            base_url=BASE_URL, headers={"Accept-Language": language, "Accept": "text/html"})
        self.page: Page | None = None
        self.people: Any = None  # makes session keys for sign_in; set by the fixture

    def sign_in(self, actor: Any) -> Self:
        """Become `actor` without the form (that has tests of its own); returns itself."""
        self.cookies.set("__Host-sid", self.people.session_key(actor), domain="sanpo.test", path="/")
        return self

    def sign_out(self) -> Self:
        """Forget every cookie."""
        self.cookies.clear()
        return self

    def another(self, *, language: str = "ja") -> Self:
        """A second browser on the same application, with cookies of its own."""
        other = type(self)(self._app, self._loop, language=language)
        other.people = self.people
        return other

    @property
    def cookies(self) -> httpx.Cookies:
        return self._http.cookies

    def request(self, method: str, path: str, *, follow: bool = False, **options: Any) -> Page:
        answer = self._loop.run(self._http.request(method, path, follow_redirects=follow, **options))
        self.page = Page(answer)
        return self.page

    def get(self, path: str, **options: Any) -> Page:
        return self.request("GET", path, **options)

    def open(self, path: str) -> Page:
        """GET, redirects followed, must be found."""
        page = self.get(path, follow=True)
        assert page.status == 200, page
        return page

    def submit(self, page: Page, values: Mapping[str, Any] | None = None, *, form: str | Form = "",
               button: str = "", files: Any = None, follow: bool = False,
               headers: Mapping[str, str] | None = None) -> Page:
        """Send a form of `page` with what stands in it and `values` over that; a value of None leaves the field out.

        `form` names it by action, id, field or button label; `button` is the label of the button that is pressed.
        """
        chosen = form if isinstance(form, Form) else page.form(form or button)
        changed = dict(values or {})
        entries = [(name, value) for name, value in chosen.fields if name not in changed]
        for name, value in changed.items():
            entries += [(name, str(part)) for part in (value if isinstance(value, list | tuple) else [value])
                        if part is not None]
        entries += [(name, value) for name, value, label in chosen.buttons if name and button and button in label]
        target = chosen.action or page.path
        if chosen.method == "get" and not (button and any(button in label for label in chosen.posting)):
            return self.get(target.partition("?")[0], params=entries, follow=follow, headers=headers)
        data: dict[str, Any] = {}
        for name, value in entries:
            data.setdefault(name, []).append(value)
        sent = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin", **(headers or {})}
        return self.request("POST", target, data=data, files=files, headers=sent, follow=follow)

    def post(self, path: str, values: Mapping[str, Any] | None = None, *, on: str = "", **options: Any) -> Page:
        """Open the page `on` (default: `path` itself) and send its form that leads to `path`."""
        return self.submit(self.open(on or path), values, form=path, **options)

    def api(self, method: str, path: str, body: Any = None, *, token: str = "", **headers: str) -> Page:
        """A call of the API: JSON there and back; headers in snake case (idempotency_key="…")."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            given["Authorization"] = f"Bearer {token}"
        options = {} if body is None else {"json": body}
        return self.request(method, f"/api/v1{path}", headers={"Accept": "application/json", **given}, **options)

    def close(self) -> None:
        self._loop.run(self._http.aclose())


@pytest.fixture(scope="session")
def loop() -> Iterator[Loop]:
    """The event loop that every in-process request of this worker runs on."""
    running = Loop()
    yield running
    running.close()
