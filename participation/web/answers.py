"""From what a handler returned, or what was raised, to an HTTP response."""

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from sqlalchemy.exc import DataError, IntegrityError
from starlette.responses import JSONResponse, RedirectResponse, Response

from participation.policy import N_, Refused
from participation.web.context import Context
from participation.web.errors import HttpProblem, Invalid, NotFound, TooMany, Unauthorized
from participation.web.templating import page

REFUSED_STATUS = {"sign_in": 401, "forbidden": 403, "closed": 403, "conflict": 409}
UNAVAILABLE = N_("The service is very busy or being restarted. Nothing was saved. Please try again in a moment.")


def redirect(ctx: Context, path: str) -> Response:
    """See-other to a path of ours."""
    return RedirectResponse(safe_path(path), status_code=303)


def redirect_outside(url: str) -> Response:
    """See-other to a site that the settings name; never to an address that a request brought along."""
    return RedirectResponse(url, status_code=303)


def if_changed(ctx: Context, mark: str, make: Callable[[], Response]) -> Response:
    """What `make` answers, marked as `mark`; 304 and nothing to one who has it already (RFC 9110 13.1.2). For what is
    asked for again and again by whoever may see it, and remembers the mark itself: it is kept nowhere."""
    etag = f'W/"{mark}"'
    response = Response(status_code=304) if ctx.known == etag else make()
    response.headers.update({"etag": etag, "cache-control": "no-store"})
    return response


def json_answer(body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(body, status_code=status, headers=headers)


def safe_path(path: str | None, default: str = "/") -> str:
    """`path` if it stays on this site, else `default`: no open redirects."""
    if not path or not path.startswith("/") or path[1:2] in ("/", "\\") or any(c in path for c in "\r\n\t\\"):
        return default
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc else default


def finish(ctx: Context, response: Response) -> Response:
    """Cookies of the look, the flash line, cache headers."""
    secure = ctx.settings.secure
    for cookie in ctx.set_cookies:
        response.set_cookie(path="/", httponly=True, samesite="lax", secure=secure, **cookie)
    if 300 <= response.status_code < 400 and ctx.flash:
        value = base64.urlsafe_b64encode(json.dumps(ctx.flash).encode()).decode()
        response.set_cookie("flash", value, path="/", httponly=True, samesite="lax", secure=secure, max_age=120)
    elif "flash" in ctx.cookies and response.headers.get("content-type", "").startswith("text/html"):
        response.delete_cookie("flash", path="/", httponly=True, samesite="lax", secure=secure)
    if "cache-control" not in response.headers:
        personal = ctx.actor.signed_in or "set-cookie" in response.headers or ctx.method not in ("GET", "HEAD")
        response.headers["cache-control"] = "private, no-store" if personal else "no-cache"
    if not ctx.api:
        response.headers["vary"] = "HX-Request, Accept-Language, Cookie"
    return response


def problem_answer(ctx: Context, error: Exception) -> Response:
    """The page, the redirect to sign-in, or the RFC 9457 document for what was raised."""
    status, message, errors = _describe(ctx, error)
    if ctx.api:
        response = problem_json(status, message, errors)
    elif isinstance(error, Refused) and error.verdict.kind == "sign_in":
        response = _to_sign_in(ctx, message)
    else:
        template = status if status in (403, 404, 409, 422, 429, 503) else (404 if status == 405 else 422)
        response = page(ctx, f"errors/{template}.html", {"message": message, "errors": errors}, status=status)
    if isinstance(error, TooMany):
        response.headers["retry-after"] = str(error.retry_after)
    if status == 503:
        response.headers["retry-after"] = "2"
    if isinstance(error, Unauthorized):
        response.headers["www-authenticate"] = "Bearer"
    if status == 405:
        response.headers["allow"] = ", ".join(getattr(error, "allowed", ()))
    return finish(ctx, response)


def _to_sign_in(ctx: Context, message: str) -> Response:
    """Whoever only looked is led to signing in; of whoever sent something, a component keeps what they sent."""
    keepers = ctx.services.registry.hooks("signed_out")
    if ctx.method in ("GET", "HEAD") or not keepers:
        ctx.say("info", message)
        here = ctx.url_path if ctx.method == "GET" else urlsplit(ctx.referer).path
        response = redirect(ctx, f"/sign-in?next={quote(safe_path(here))}")
        if ctx.htmx:
            response = Response(status_code=204, headers={"HX-Redirect": response.headers["location"]})
        return response
    response = keepers[0](ctx)
    if ctx.htmx:  # htmx swaps no 401; the whole page's content takes the place of the one that stood there
        response.status_code = 200
        response.headers.update({"HX-Retarget": "#main", "HX-Reselect": "#main", "HX-Reswap": "outerHTML show:top"})
    return response


def _describe(ctx: Context, error: Exception) -> tuple[int, str, dict[str, str]]:
    if isinstance(error, Refused):
        return REFUSED_STATUS[error.verdict.kind], ctx._(error.verdict.reason, **dict(error.verdict.values)), {}
    if isinstance(error, Invalid):
        return 422, ctx._(error.message or N_("Some of the entries cannot be used.")), error.errors
    if isinstance(error, TooMany):
        return 429, ctx._(N_("That was a lot at once. Please wait %(seconds)s seconds."), seconds=error.retry_after), {}
    if isinstance(error, NotFound) and not error.message:
        return 404, ctx._(N_("This page does not exist, or it is not public.")), {}
    if isinstance(error, HttpProblem):
        return error.status, ctx._(error.message, **error.values), {}
    if isinstance(error, IntegrityError):
        return 409, ctx._(N_("Somebody changed this at the same moment. Please look again.")), {}
    if isinstance(error, DataError):  # the net below the forms: a value that its column cannot hold
        return 422, ctx._(N_("Some of the entries cannot be used.")), {}
    return 503, ctx._(UNAVAILABLE), {}


TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Content too large",
    422: "Unprocessable content",
    429: "Too many requests",
    500: "Internal error",
    503: "Service unavailable",
}


def problem_json(status: int, detail: str, errors: dict[str, str] | None = None, **more: Any) -> JSONResponse:
    """RFC 9457 problem details, with `errors: [{"field", "message"}]` and whatever `more` helps the caller go on."""
    document: dict[str, Any] = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail}
    document |= more
    document["errors"] = [{"field": field, "message": message} for field, message in (errors or {}).items()]
    return JSONResponse(document, status_code=status, media_type="application/problem+json")
