"""Around everything: security headers on every answer, a request id, one log line, a 500 that tells nothing inside."""

import logging
import secrets
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from participation.settings import Settings
from participation.web.i18n import negotiate
from participation.web.templating import render_alone

log = logging.getLogger("sanpo.request")

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{tiles}; font-src 'self'; "
    "connect-src 'self'; form-action 'self'{providers}; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "manifest-src 'self'"
)
MAP_TILES = " https://cyberjapandata.gsi.go.jp"
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class Surround:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._headers = _security_headers(settings)
        self._hosts = _hosts(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, request_id, status = time.perf_counter(), secrets.token_hex(8), 500
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, started
            if message["type"] == "http.response.start":
                started, status = True, message["status"]
                sent = message["headers"] = list(message["headers"])
                present = {name for name, _ in sent} | _framed(sent)
                sent += [header for header in self._headers if header[0] not in present]
                sent.append((b"x-request-id", request_id.encode()))
            await send(message)

        try:
            if not self._host_is_ours(scope):
                await Response("Unknown host\n", 400, media_type="text/plain")(scope, receive, send_with_headers)
            else:
                await self.app(scope, receive, send_with_headers)
        except Exception:
            log.exception("unexpected error", extra={"request_id": request_id, "path": scope["path"]})
            if not started:
                await _internal_error(scope, request_id)(scope, receive, send_with_headers)
        finally:
            milliseconds = (time.perf_counter() - began) * 1000
            log.info(
                "%s %s %s %.1f ms",
                scope["method"],
                scope["path"],
                status,
                milliseconds,
                extra={"request_id": request_id, "status": status, "ms": round(milliseconds, 1)},
            )

    def _host_is_ours(self, scope: Scope) -> bool:
        if self._hosts is None:
            return True
        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        return host.rsplit(":", 1)[0].lower() in self._hosts


def _framed(sent: list[tuple[bytes, bytes]]) -> set[bytes]:
    """X-Frame-Options knows no "everybody", so an answer whose own policy lets itself be framed goes without it."""
    policies = (value for name, value in sent if name == b"content-security-policy")
    return {b"x-frame-options"} if any(b"frame-ancestors *" in policy for policy in policies) else set()


def _security_headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    providers = "".join(f" {provider.issuer}" for provider in settings.oidc)
    headers = [
        ("content-security-policy", CONTENT_SECURITY_POLICY.format(tiles=MAP_TILES, providers=providers)),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("x-frame-options", "DENY"),
        ("permissions-policy", PERMISSIONS),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ]
    if settings.secure:
        headers.append(("strict-transport-security", "max-age=63072000; includeSubDomains"))
    return [(name.encode(), value.encode()) for name, value in headers]


def _hosts(settings: Settings) -> frozenset[str] | None:
    """Hosts that we answer to: the public one, and this machine's own for probes. Any, while developing on loopback."""
    loopback = frozenset(("127.0.0.1", "localhost", "[::1]"))
    return None if settings.host in loopback else loopback | {settings.host}


def _internal_error(scope: Scope, request_id: str) -> Response:
    if scope["path"].startswith("/api/"):
        body: dict[str, Any] = {"type": "about:blank", "title": "Internal error", "status": 500, "errors": []}
        body["detail"] = f"Something went wrong on our side. Error id: {request_id}"
        return JSONResponse(body, 500, media_type="application/problem+json")
    request = Request(scope)
    locale = negotiate(None, request.cookies.get("lang"), None, request.headers.get("accept-language", ""))
    return HTMLResponse(render_alone("errors/500.html", locale, error_id=request_id), 500)
