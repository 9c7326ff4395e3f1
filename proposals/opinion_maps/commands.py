"""`sanpo opinion-map`: groups and what they share, from a file of votes; no database."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from participation.cli import CommandError
from proposals.opinion_maps.mapping import Matrix, OpinionMap, TooLarge, map_opinions, matrix_of, statistics_of
from proposals.opinion_maps.reading import Unreadable, read_groups, read_votes

FILE = click.Path(dir_okay=False, path_type=Path)
MOST_SHARED = 10  # statements of the table
A_FEW = 5  # votes


@click.command("opinion-map")
@click.argument("votes", type=FILE)
@click.option("--groups", type=FILE, help="CSV of voter and group: the figures for these groups.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def opinion_map(votes: Path, groups: Path | None, as_json: bool) -> None:
    """Opinion groups and what they share, from VOTES (a Polis votes.csv, or a table of participants)."""
    try:
        with Console(stderr=True).status("") as status:
            matrix = _matrix(votes, lambda line: status.update(f"Reading line {line}"))
            status.update("Mapping")
            found = statistics_of(matrix, _groups(groups, matrix)) if groups else map_opinions(matrix)
    except (Unreadable, TooLarge) as error:
        raise CommandError(str(error)) from error
    if as_json:
        click.echo(json.dumps(as_plain(found), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        Console(width=120).print(*_tables(found), sep="\n")


def _matrix(path: Path, tell: Any) -> Matrix:
    read = read_votes(path, tell)
    return matrix_of(list(read.voters), list(read.statements), read.who, read.what, read.votes, read.times)


def _groups(path: Path, matrix: Matrix) -> dict[str, str]:
    groups = read_groups(path)
    if not groups.keys() & set(matrix.voters):
        raise CommandError(f"{path}: nobody in it has voted in the other file")
    return groups


def as_plain(found: OpinionMap) -> dict[str, Any]:
    """The shape of `--json` in docs/opinion-maps.md."""
    return {
        "participants": found.participants,
        "statements": {
            id: {
                "agree": tally.agree,
                "disagree": tally.disagree,
                "pass": tally.passed,
                "consensus": found.consensus[id],
                "groups": {name: _counts(rows[id]) for name, rows in found.by_group.items()},
            }
            for id, tally in found.totals.items()
        },
        "k": found.k,
        "groups": found.groups,
        "representative": {name: [asdict(each) for each in rows] for name, rows in found.representative.items()},
        "points": found.points,
    }


def _counts(tally: Any) -> Mapping[str, int]:
    return {"agree": tally.agree, "disagree": tally.disagree, "pass": tally.passed}


def _well_known(found: OpinionMap) -> list[tuple[float, str]]:
    """Consensus and statement, of those on which a few members of each group have voted."""
    known = ((value, id) for id, value in found.consensus.items() if value is not None)
    return [(value, id) for value, id in known if all(rows[id].seen >= A_FEW for rows in found.by_group.values())]


def _tables(found: OpinionMap) -> list[Any]:
    sizes = {name: sum(group == name for group in found.groups.values()) for name in found.names}
    told = ", ".join(f"{name}: {size}" for name, size in sizes.items()) or "nobody has voted on enough statements"
    shared = Table(title="What all groups share")
    for head in ("statement", "agree", "disagree", "pass", "consensus"):
        shared.add_column(head, justify="right")
    for value, id in sorted(_well_known(found), key=lambda each: -each[0])[:MOST_SHARED]:
        tally = found.totals[id]
        shared.add_row(id, str(tally.agree), str(tally.disagree), str(tally.passed), f"{value:.3f}")
    apart = Table(title="What sets each group apart")
    for head in ("group", "statement", "says", "votes", "more often than the others"):
        apart.add_column(head, justify="right")
    for name, rows in found.representative.items():
        for each in rows:
            apart.add_row(name, each.statement, each.side, f"{each.votes} of {each.seen}", f"{each.ratio:.2f} times")
    return [f"{found.participants} participants, {found.k} groups ({told})", shared, apart]
