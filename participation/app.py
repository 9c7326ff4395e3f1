"""From settings and manifests to the ASGI application."""

import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from typing import Any

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.routing import Route as FrameworkRoute

from participation.clock import Clock, system_clock
from participation.component import Component, Registry, compose
from participation.db import Database
from participation.paths import STATIC
from participation.services import Services
from participation.settings import Settings, with_secret_key
from participation.web.adapter import endpoint
from participation.web.answers import problem_answer, problem_json
from participation.web.cache import PageCache
from participation.web.errors import NotAllowed, NotFound
from participation.web.limits import FileLimiter, TableLimiter
from participation.web.middleware import Surround
from participation.web.reading import bare_context
from participation.web.routing import Route
from participation.web.static import PackedFiles
from participation.web.switch import Switch
from participation.web.templating import environment

# Handlers compute far more than they wait, and threads that compete for the interpreter lose a third of it to the
# competition. SQLite waits for nobody; a server's answer takes a moment in which others can compute.
THREADS = {"sqlite": 2, "postgresql": 4}
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def make_services(
    settings: Settings, components: Sequence[Component], *, clock: Clock = system_clock, owner: bool = True
) -> Services:
    """What the application and the commands work with. `owner`: this process serves (see `Database`)."""
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url, owner=owner)
    registry = compose(components)
    services = Services(settings, database, clock, registry, with_secret_key(settings).encode())
    for hook in registry.hooks("services"):
        hook(services)
    return services


def create_app(services: Services) -> Any:
    """The ASGI application: routes of all components behind the one adapter, the page cache, and the surround."""
    registry, settings = services.registry, services.settings
    if settings.rate_limits:
        services.extras["limiter"] = (
            FileLimiter(registry.limits, settings.data / "limits.sqlite3")
            if services.db.sqlite
            else TableLimiter(registry.limits, services.db.engines.write)
        )
    environment()
    static = Mount("/static", PackedFiles(directory=STATIC))
    app = Starlette(
        routes=[Switch([*_routes(services, registry), static])],
        lifespan=_lifespan(services),
        exception_handlers={HTTPException: _http_exception(services), Exception: _pass_on},
    )
    app.state.services = services
    cached = frozenset(route.path for c in registry.components for route in c.routes if route.cached)
    return Surround(PageCache(app, services, cached), settings)


def _routes(services: Services, registry: Registry) -> list[FrameworkRoute]:
    paths: dict[str, dict[str, Route]] = {}
    for component in registry.components:
        for route in component.routes:
            verbs = paths.setdefault(route.path, {})
            if route.method in verbs:
                raise ValueError(f"{route.method} {route.path} is declared twice")
            verbs[route.method] = route
    # fixed addresses before those with a parameter, whatever the order of composition
    ordered = sorted(paths, key=lambda path: ("{" in path, -path.count("/")))
    return [
        FrameworkRoute(path, endpoint(services, paths[path]), methods=METHODS)
        for path in ordered
    ]


def _lifespan(services: Services) -> Any:
    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS[services.db.dialect]
        worker = services.extras.get("worker")
        if worker is not None:
            worker.start()
        yield
        if worker is not None:
            await anyio.to_thread.run_sync(worker.stop)
        services.db.close()
        logging.getLogger("sanpo").info("stopped")

    return lifespan


async def _pass_on(request: Request, error: Exception) -> Response:
    """A fault of ours is answered by the surround, which knows the id under which it is logged."""
    raise error


def _http_exception(services: Services) -> Any:
    async def handle(request: Request, error: Exception) -> Response:
        api = request.url.path.startswith("/api/")
        status = getattr(error, "status_code", 404)
        if api:
            return problem_json(status if status in (404, 405) else 400, "There is nothing at this address.")
        ctx = bare_context(request, services, api=False)
        problem = NotAllowed(METHODS) if status == 405 else NotFound()
        return await anyio.to_thread.run_sync(problem_answer, ctx, problem)

    return handle
