"""`sanpo serve` and `sanpo migrate`: bring the schema up to date, start the worker, answer requests."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import click
import uvicorn

from participation.app import create_app, make_services
from participation.cli import CommandError, command, open_services
from participation.component import Component
from participation.logs import set_up_logs
from participation.ownership import claim
from participation.schema import migrate
from participation.settings import from_environment
from participation.worker import Worker

GRACE = 20  # seconds for requests under way at shutdown
SAFE_SQLITE = (3, 51, 3)


@command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve; brings the schema up to date first."""
    run_server(host, port, workers)


@command("migrate")
def migrate_command() -> None:
    """Bring the schema to the newest version."""
    services = open_services()
    migrate(services)
    services.db.close()
    click.echo("The schema is up to date.")


def run_server(host: str, port: int, workers: int = 1) -> None:
    """Serve until stopped.

    Raises:
        CommandError: another server uses this data folder, or SQLite cannot have that many workers.
    """
    settings = from_environment()
    if settings.sqlite and workers > 1 and sqlite3.sqlite_version_info < SAFE_SQLITE:
        raise CommandError(
            f"SQLite {sqlite3.sqlite_version} can corrupt its log with several workers (fixed in 3.51.3): "
            "use --workers 1, or PostgreSQL through SANPO_DATABASE_URL"
        )
    if not claim(settings):
        raise CommandError(f"another server already uses {settings.data}")
    set_up_logs(settings.log)
    options: dict[str, Any] = dict(
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE,
        backlog=4096,
        server_header=False,
        proxy_headers=False,
    )
    if workers == 1:
        uvicorn.Server(uvicorn.Config(application(click.get_current_context().obj), **options)).run()
    else:
        uvicorn.run("asgi:app", factory=True, workers=workers, **options)


def application(components: Sequence[Component]) -> Any:
    """One process's application with its worker, from the environment."""
    settings = from_environment()
    set_up_logs(settings.log)
    services = make_services(settings, components)
    migrate(services)
    worker = Worker(services)
    services.extras["worker"] = worker
    return create_app(services)


COMMANDS = (serve, migrate_command)
