"""`sanpo backup` and `sanpo restore`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from participation.backup.archive import BackupError, restore_backup, write_backup
from participation.cli import CommandError, command, open_services
from participation.clock import system_clock
from participation.settings import from_environment


@command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write everything to FILE: database, uploads, keys. The server may go on serving."""
    services = open_services()
    try:
        with _progress("Writing the backup") as tick:
            write_backup(services, file, system_clock(), tick)
    except BackupError as error:
        raise CommandError(str(error)) from None
    finally:
        services.db.close()
    click.echo(
        f"{file}: {file.stat().st_size:,} bytes. It holds keys and personal data: keep it like the server itself."
    )


@command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Bring FILE back into an empty data folder; the search index is made anew at the first start."""
    settings = from_environment()
    try:
        with _progress("Restoring") as tick:
            restore_backup(file, settings.data, settings.database_url, tick)
    except BackupError as error:
        raise CommandError(str(error)) from None
    click.echo(f"Restored into {settings.data}. Check the log with: sanpo audit verify")


@contextmanager
def _progress(label: str) -> Iterator[Callable[[], None]]:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=None)
        yield lambda: progress.advance(task)
