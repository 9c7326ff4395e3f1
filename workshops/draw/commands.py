"""`sanpo draw`: a fair draw from two files; no database."""

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from participation.cli import CommandError
from workshops.draw.drawing import Drawn, Impossible, draw
from workshops.draw.lottery import MOST_PANELS
from workshops.draw.reading import Unreadable, read_problem

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("draw")
@click.argument("pool", type=FILE)
@click.argument("quotas", type=FILE)
@click.option("--seats", required=True, type=click.IntRange(1, 10_000), help="People in the panel.")
@click.option("--seed", required=True, help="The published seed: any text.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def draw_command(pool: Path, quotas: Path, seats: int, seed: str, as_json: bool) -> None:
    """Draw a panel from POOL (CSV: an id, then answers) that meets QUOTAS (CSV: feature,value,min,max)."""
    try:
        problem = read_problem(pool, quotas, seats)
        with Console(stderr=True).status("") as status:
            drawn = draw(problem, seed, lambda asked: status.update(f"Panel {asked} of at most {MOST_PANELS}"))
    except (Unreadable, Impossible) as error:
        raise CommandError(str(error)) from error
    if as_json:
        click.echo(json.dumps(as_plain(drawn), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        Console(width=120).print(*_tables(drawn), sep="\n")


def as_plain(drawn: Drawn) -> dict[str, Any]:
    """The shape of `--json` in docs/draw.md."""
    smallest = min(drawn.chances.values())
    return {
        "selected": list(drawn.selected),
        "chances": {id: float(chance) for id, chance in drawn.chances.items()},
        "quotas": [
            {"feature": quota.feature, "value": quota.value, "min": quota.min, "max": quota.max, "got": got}
            for quota, got in drawn.quotas
        ],
        "seed": drawn.seed,
        "smallest_chance": float(smallest),
        "smallest_chance_at_most": drawn.lottery.ceiling,
        "complete": drawn.lottery.complete,
        "panels": len(drawn.lottery.panels),
    }


def _tables(drawn: Drawn) -> list[Any]:
    quotas = Table("Feature", "Value", "Minimum", "Maximum", "Drawn")
    for quota, got in drawn.quotas:
        quotas.add_row(quota.feature, quota.value, str(quota.min), str(quota.max), str(got))
    low, high = min(drawn.chances.values()), max(drawn.chances.values())
    told = (
        f"Seed {drawn.seed!r}. Everybody's chance lies between {float(low):.2%} and {float(high):.2%}; "
        f"the smallest could be {drawn.lottery.ceiling:.2%} at most."
    )
    return [quotas, told, "Drawn: " + ", ".join(drawn.selected)]
