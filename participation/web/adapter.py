"""The one place where a request becomes a transaction: read or write session, actor, CSRF, handler, commit, answer."""

import sqlite3
from collections.abc import Mapping
from typing import Any

import anyio
import anyio.to_thread
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from participation.accounts.sessions import actor_of_session, actor_of_token, touch_session
from participation.kept import moment
from participation.policy import ANONYMOUS, Actor, Refused, without_desk_roles
from participation.services import Services
from participation.web import csrf
from participation.web.answers import finish, problem_answer
from participation.web.context import Context
from participation.web.errors import HttpProblem, NotAllowed, TooMany, Unauthorized
from participation.web.limits import take_cell
from participation.web.once import once
from participation.web.reading import read_context
from participation.web.routing import Route
from participation.writer import Busy

SAFE = ("GET", "HEAD")
HEAVY_AT_ONCE, HEAVY_WAITING = 2, 50
SESSION_COOKIES = ("__Host-sid", "sid")
EXPECTED = (HttpProblem, Refused, Busy, OperationalError, IntegrityError, DataError)


def endpoint(services: Services, routes: Mapping[str, Route]) -> Any:
    """The framework's endpoint for one path and its verbs."""
    api = any(route.api for route in routes.values())

    async def handle(request: Request) -> Response:
        largest = max(route.body_limit for route in routes.values())
        ctx = None
        try:
            ctx = await read_context(request, services, api=api, largest=largest)
            route = _route(routes, ctx)
            if route is None:
                return problem_answer(ctx, NotAllowed(sorted(routes)))
            return await _perform(request, services, route, ctx)
        except EXPECTED as error:
            if _is_our_fault(error):
                raise
            return await anyio.to_thread.run_sync(_refusal, services, ctx or _bare(request, services, api), error)

    return handle


def _is_our_fault(error: Exception) -> bool:
    """Whether the statement itself was wrong, such as one that asks for a table that is not there. SQLite's driver
    raises the same for a full disk; only the code behind it tells them apart (sqlite.org/rescode.html)."""
    cause = error.orig if isinstance(error, OperationalError) else None
    return isinstance(cause, sqlite3.OperationalError) and cause.sqlite_errorcode == sqlite3.SQLITE_ERROR


def _route(routes: Mapping[str, Route], ctx: Context) -> Route | None:
    if ctx.method == "POST" and not ctx.api:
        override = str(ctx.form.get("_method", "")).upper()
        if override in ("PUT", "PATCH", "DELETE"):
            ctx.method = override
    return routes.get("GET" if ctx.method == "HEAD" else ctx.method)


async def _perform(request: Request, services: Services, route: Route, ctx: Context) -> Response:
    safe, ctx.intent, ctx.own_keys = ctx.method in SAFE, route.intent, route.own_keys
    if not safe and not route.api and not route.foreign:
        csrf.check_origin(request.headers, services.settings.base_url, request.headers.get("host", ""))
    if route.prepare is not None or (route.limit and services.settings.rate_limits):
        await anyio.to_thread.run_sync(_prepare, services, route, ctx, limiter=_room(services, route))
    if (safe and not route.writes) or route.reads:
        response = await anyio.to_thread.run_sync(_read, services, route, ctx)
    elif services.db.sqlite:
        response = await services.db.write_async(lambda session: _in_transaction(session, route, ctx))
    else:
        response = await anyio.to_thread.run_sync(
            services.db.write, lambda session: _in_transaction(session, route, ctx)
        )
    return response


def _room(services: Services, route: Route) -> anyio.CapacityLimiter | None:
    """Heavy preparations have threads of their own, so that a crowd at the door never keeps readers waiting."""
    if not route.heavy:
        return None
    room = services.extras.setdefault("heavy", anyio.CapacityLimiter(HEAVY_AT_ONCE))
    if room.statistics().tasks_waiting >= HEAVY_WAITING:
        raise TooMany(2)
    return room


def _prepare(services: Services, route: Route, ctx: Context) -> None:
    with services.db.read() as session:
        _identify(session, ctx)
        if route.limit:
            take_cell(ctx, route.limit, f"a{ctx.actor.id}" if ctx.actor.signed_in else f"c{ctx.client}")
        if route.prepare is not None:
            ctx.session = session
            ctx.prepared = route.prepare(ctx)


def _read(services: Services, route: Route, ctx: Context) -> Response:
    if route.cached:
        ctx.moment = moment(services.db.version(), ctx.now)
    with services.db.read() as session:
        touch = _identify(session, ctx)
        response = _answer(session, route, ctx)
    if touch:
        services.db.write(lambda writing: touch_session(writing, ctx.actor.session_key, ctx.now))
    return response


def _in_transaction(session: Session, route: Route, ctx: Context) -> Response:
    # A retried transaction starts from what was read, not from what the first attempt left behind.
    ctx.flash, ctx.set_cookies, ctx.actor = (), [], ANONYMOUS
    _identify(session, ctx)
    if not route.api and not route.foreign and ctx.actor.signed_in:
        csrf.check_token(ctx.services.secret, ctx.actor.session_key, str(ctx.form.get("csrf", "")))
    if ctx.once and route.keeps and ctx.actor.id is not None:
        return once(session, ctx, lambda: _answer(session, route, ctx))
    return _answer(session, route, ctx)


def _identify(session: Session, ctx: Context) -> bool:
    if ctx.api:
        if ctx.own_keys:
            return False
        holder = actor_of_token(session, ctx.cookies["bearer"]) if "bearer" in ctx.cookies else ANONYMOUS
        ctx.actor = _with_roles(ctx, holder)
        if "bearer" in ctx.cookies and not ctx.actor.signed_in:
            raise Unauthorized("This token is not valid, or it was revoked.")
        return False
    key = next((ctx.cookies[name] for name in SESSION_COOKIES if name in ctx.cookies), "")
    found, touch = actor_of_session(session, key, ctx.now)
    ctx.actor = _with_roles(ctx, found)
    if ctx.actor.signed_in and "lang" not in ctx.cookies:  # a choice made here and now outweighs the profile
        ctx.speak(ctx.actor.locale)
    return touch


def _with_roles(ctx: Context, actor: Actor) -> Actor:
    """Where the city asks for it, the roles at the desk count only with a second factor."""
    return without_desk_roles(actor) if ctx.settings.desk_needs_factor and not actor.second_factor else actor


def _answer(session: Session, route: Route, ctx: Context) -> Response:
    ctx.session = session
    try:
        response = route.handler(ctx)
    except (HttpProblem, Refused) as error:
        if session.in_transaction() and (ctx.method not in SAFE or route.writes):
            raise  # whatever the handler changed is undone with the transaction
        return problem_answer(ctx, error)
    return finish(ctx, response)


def _refusal(services: Services, ctx: Context, error: Exception) -> Response:
    with services.db.read() as session:
        ctx.session = session
        return problem_answer(ctx, error)


def _bare(request: Request, services: Services, api: bool) -> Context:
    from participation.web.reading import bare_context

    return bare_context(request, services, api=api)
