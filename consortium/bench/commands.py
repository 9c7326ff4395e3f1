"""`sanpo bench`."""

import json
import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from consortium.bench.drawing import large_draw
from consortium.bench.report import tables
from consortium.bench.running import run_all
from consortium.bench.seeding import is_empty, seed
from consortium.bench.sizes import Size
from participation.app import make_services
from participation.component import Component
from participation.cli import CommandError, open_services
from participation.schema import migrate
from participation.settings import from_environment

COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
COUNT = click.IntRange(1, 50_000_000)


@click.group("bench")
def bench() -> None:
    """Measurements: bulk data of a city's size, and the benchmark against it."""


@bench.command("seed")
@click.option("--accounts", type=COUNT, default=500, show_default=True)
@click.option("--proposals", type=COUNT, default=1_000, show_default=True)
@click.option("--supports", type=COUNT, default=28_000, show_default=True)
@click.option("--comments", type=COUNT, default=9_300, show_default=True)
def seed_command(accounts: int, proposals: int, supports: int, comments: int) -> None:
    """Fill an empty database with made-up data."""
    size, services, began = Size(accounts, proposals, supports, comments), open_services(), time.perf_counter()
    try:
        migrate(services)
        with services.db.read() as session:
            if not is_empty(session):
                raise CommandError("this database is not empty; point SANPO_DATA or SANPO_DATABASE_URL at a new one")
        with Progress(*COLUMNS, console=Console(stderr=True)) as progress:
            seed(services, size, _bars(progress, size))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    finally:
        services.db.close()
    click.echo(f"{size} written and indexed in {time.perf_counter() - began:.1f} s")


def _bars(progress: Progress, size: Size):
    totals = {**vars(size), "documents": size.proposals + size.comments + 1}
    bars: dict[str, TaskID] = {what: progress.add_task(what, total=total) for what, total in totals.items()}
    return lambda what, more: progress.advance(bars[what], more)


@bench.command("run")
@click.option("--seconds", type=click.FloatRange(0.1, 600), default=5.0, show_default=True, help="How long, each page.")
@click.option("--drawn-from", type=click.IntRange(30, 20_000), default=1_500, show_default=True,
              help="People in the pool of the large draw.")  # fmt: skip
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures there too.")
@click.pass_obj
def run_command(components: tuple[Component, ...], seconds: float, drawn_from: int, file: Path | None) -> None:
    """Measure servers on the seeded data, and what the machine can do at best, in the same run."""
    services, console = make_services(from_environment(), components, owner=False), Console(stderr=True)
    try:
        with services.db.read() as session:
            if is_empty(session):
                raise CommandError("there is nothing to measure; run `sanpo bench seed` first")
        with console.status("") as status:
            run = run_all(services, seconds, drawn_from, lambda what: status.update(f"Measuring: {what}"))
    except RuntimeError as error:
        raise CommandError(str(error)) from error
    finally:
        services.db.close()
    Console(width=130).print(*tables(run), sep="\n")
    if file is not None:
        file.write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n", "utf-8")


@bench.command("draw")
@click.option("--people", type=click.IntRange(30, 20_000), default=1_500, show_default=True)
@click.option("--seats", type=click.IntRange(2, 1_000), default=30, show_default=True)
@click.option("--seeds", type=COUNT, default=1_000, show_default=True, help="Draws of which the quotas are counted.")
def draw_command(people: int, seats: int, seeds: int) -> None:
    """Draw from a made-up pool with six questions; how fair it is, and how long it takes. No database."""
    click.echo(json.dumps(large_draw(people, seats, seeds), indent=1))
