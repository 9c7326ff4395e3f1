"""From the framework's request to a `Context`: bodies within limits, language, look, flash, the client's address."""

import base64
import hashlib
import json
from typing import Any

from starlette.datastructures import FormData, Headers, QueryParams
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request, cookie_parser
from starlette.types import Message, Receive

from participation.idempotency import MAX_KEY
from participation.policy import N_
from participation.services import Services
from participation.web.context import Context
from participation.web.errors import BadRequest, NotFound, TooLarge
from participation.web.fields import UNSTORABLE
from participation.web.i18n import SUPPORTED, negotiate, translations

LARGEST_ID = 2**63 - 1
MAX_FIELDS = 400
MAX_FILES = 6
THEMES = ("", "light", "dark")
SIZES = ("", "large")
YEAR = 31_536_000


async def read_context(request: Request, services: Services, *, api: bool, largest: int) -> Context:
    """Reads the whole request.

    Raises:
        TooLarge: the body is larger than the route allows.
        BadRequest: the body cannot be read as what it says it is.
        NotFound: the address holds a number that no row can have, or characters that no text can have.
    """
    if not all(_may_be_an_address(value) for value in request.path_params.values()):
        raise NotFound
    ctx = bare_context(request, services, api=api)
    if request.method in ("GET", "HEAD"):
        return ctx
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > largest:
        raise TooLarge(N_("What you sent is too large."))
    if api:
        body = await _body(request, largest)
        ctx.json, ctx.once = _json(body), request.headers.get("idempotency-key", "")
    else:
        ctx.form = await _form(request, largest)
        texts = [item for item in ctx.form.multi_items() if isinstance(item[1], str) and item[0] != "csrf"]
        body, ctx.once = json.dumps(texts).encode(), str(ctx.form.get("once", ""))
    if len(ctx.once) > MAX_KEY:
        raise BadRequest(N_("The Idempotency-Key is too long."))
    ctx.digest = hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + body).digest()
    return ctx


def bare_context(request: Request, services: Services, *, api: bool) -> Context:
    """A context without a body: enough to answer, whatever came."""
    headers = request.headers
    cookies = _cookies(headers, secure=services.settings.secure)
    bearer = headers.get("authorization", "")
    if api and bearer.lower().startswith("bearer "):
        cookies["bearer"] = bearer[7:].strip()
    sent = QueryParams(request.scope["query_string"]).multi_items()
    query = QueryParams([(storable(name), storable(value)) for name, value in sent])
    locale = negotiate(query.get("lang"), cookies.get("lang"), None, headers.get("accept-language", ""))
    ctx = Context(
        services=services,
        now=services.clock(),
        method=request.method,
        url_path=request.url.path,
        path=dict(request.path_params),
        query=query,
        form=FormData(),
        translations=translations(locale),
        locale=locale,
        htmx=headers.get("hx-request") == "true",
        htmx_target=headers.get("hx-target", ""),
        api=api,
        client=client_address(request, services.settings.trusted_proxies),
        user_agent=headers.get("user-agent", "")[:200],
        referer=headers.get("referer", ""),
        known=headers.get("if-none-match", ""),
        cookies=cookies,
    )
    _looks(ctx)
    return ctx


def client_address(request: Request, proxies: int) -> str:
    """The client's address; the header is believed only as far back as our own proxies wrote it."""
    if proxies:
        hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        if len(hops) >= proxies:
            return hops[-proxies]
    return request.client.host if request.client else ""


def storable(text: str) -> str:
    """The text without what no database column and no answer in UTF-8 can hold: NUL, halves of surrogate pairs."""
    return UNSTORABLE.sub("", text)


def _may_be_an_address(value: Any) -> bool:
    return value <= LARGEST_ID if isinstance(value, int) else storable(str(value)) == str(value)


def _cookies(headers: Headers, *, secure: bool) -> dict[str, str]:
    """The cookies of all `Cookie` headers, for proxies may split them (RFC 9113 8.2.3).

    `sid` counts only where we set it ourselves: a neighbouring host could plant one, but never one named `__Host-`.
    `bearer` stands for the header of that name, which a browser never sends unasked.
    """
    jar: dict[str, str] = {}
    for line in headers.getlist("cookie"):
        jar.update(cookie_parser(line))
    for name in ("bearer", "sid" if secure else "__Host-sid"):
        jar.pop(name, None)
    return jar


def _looks(ctx: Context) -> None:
    for name, allowed in (("lang", SUPPORTED), ("theme", THEMES), ("size", SIZES)):
        chosen = ctx.query.get(name)
        if chosen is not None and chosen in allowed and not ctx.api:
            ctx.set_cookies.append({"key": name, "value": chosen, "max_age": YEAR})
            ctx.cookies[name] = chosen
    ctx.theme = ctx.cookies.get("theme", "") if ctx.cookies.get("theme") in THEMES else ""
    ctx.size = ctx.cookies.get("size", "") if ctx.cookies.get("size") in SIZES else ""
    ctx.flash = _read_flash(ctx.cookies.get("flash", ""))


def _read_flash(cookie: str) -> tuple[tuple[str, str], ...]:
    try:
        lines = json.loads(base64.urlsafe_b64decode(cookie)) if cookie else []
        return tuple((str(kind), storable(str(text))) for kind, text in lines)
    except (ValueError, TypeError, RecursionError):  # whatever a browser was made to keep
        return ()


def _json(body: bytes) -> Any:
    if not body:
        return {}
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest(N_("The body is not valid JSON.")) from None


async def _body(request: Request, largest: int) -> bytes:
    chunks, size = [], 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > largest:
                raise TooLarge(N_("What you sent is too large."))
            chunks.append(chunk)
    except ClientDisconnect:
        raise BadRequest(N_("The connection ended before everything had arrived.")) from None
    return b"".join(chunks)


def _no_more_than(receive: Receive, largest: int) -> Receive:
    """The body as it arrives, as long as it is not larger than `largest`: a length need not have been told before."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > largest:
            raise TooLarge(N_("What you sent is too large."))
        return message

    return counted


async def _form(request: Request, largest: int) -> FormData:
    kind = request.headers.get("content-type", "").split(";")[0]
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data", ""):
        raise BadRequest(N_("This form cannot be read. Please send it from its page."))
    limited = Request(request.scope, _no_more_than(request.receive, largest))
    try:
        form = await limited.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=largest)
        items = form.multi_items()
        return FormData([(storable(name), storable(it) if isinstance(it, str) else it) for name, it in items])
    except (HTTPException, MultiPartException, ValueError):  # ValueError: a part in an encoding that is none
        raise BadRequest(N_("This form cannot be read. Please send it from its page.")) from None
    except ClientDisconnect:
        raise BadRequest(N_("The connection ended before everything had arrived.")) from None
