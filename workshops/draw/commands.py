"""`sanpo draw`: a fair draw from two files; no database."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from participation.cli import CommandError
from workshops.draw.drawing import Drawn, Impossible, as_plain, draw
from workshops.draw.lottery import MOST_PANELS
from workshops.draw.reading import Unreadable, read_problem
from workshops.draw.replacing import NotThere, Replacement, replace_people

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("draw")
@click.argument("pool", type=FILE)
@click.argument("quotas", type=FILE)
@click.option("--seats", required=True, type=click.IntRange(1, 10_000), help="People in the panel.")
@click.option("--seed", required=True, help="The published seed: any text.")
@click.option("--replace", multiple=True, metavar="ID", help="Somebody who gave the seat back; in that order.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def draw_command(pool: Path, quotas: Path, seats: int, seed: str, replace: tuple[str, ...], as_json: bool) -> None:
    """Draw a panel from POOL (CSV: an id, then answers) that meets QUOTAS (CSV: feature,value,min,max)."""
    try:
        problem = read_problem(pool, quotas, seats)
        with Console(stderr=True).status("") as status:
            drawn = draw(problem, seed, lambda asked: status.update(f"Panel {asked} of at most {MOST_PANELS}"))
        replaced = replace_people(problem, drawn.selected, seed, replace)
    except (Unreadable, Impossible, NotThere) as error:
        raise CommandError(str(error)) from error
    if as_json:
        told = {**as_plain(drawn), **({"replacements": list(map(asdict, replaced))} if replaced else {})}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        Console(width=120).print(*_tables(drawn), *map(_sentence, replaced), sep="\n")


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


def _sentence(each: Replacement) -> str:
    if each.number is None:
        return f"Nobody is left who could take the seat of {each.replaces}."
    return f"{each.number} takes the seat of {each.replaces}{'' if each.alike else ' (other answers)'}."
