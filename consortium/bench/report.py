"""A run as tables that a person reads."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from consortium.bench.targets import Target, targets


def tables(run: Mapping[str, Any]) -> tuple[str, Table, Table]:
    """Where and when; what was measured; the targets, met or not."""
    cores = f"{run['cores']} cores ({run['cpu']}), load {run['load_before']} before the run"
    where = f"{run['at']}  {cores}  Python {run['python']}  {run['database']} {run['database_version']}"
    return where, _measured(run), _targets(targets(run))


def _measured(run: Mapping[str, Any]) -> Table:
    table = Table(title="Measured")
    for head in ("", "connections", "requests/s", "of bare", "p50 ms", "p99 ms", "CPU ms/request", "queries"):
        table.add_column(head, justify="left" if head == "" else "right")
    bare = run["ceilings"]["bare"]["per_second"]
    for key, each in {**run["ceilings"], **run["pages"]}.items():
        ratio = f"{each['per_second'] / bare:.0%}" if "per_second" in each else ""
        numbers = [each.get(name, "") for name in ("p50", "p99", "cpu_ms")]
        queries = run["queries"].get(key, "")
        table.add_row(each["label"], *map(str, (each.get("connections", ""), each.get("per_second", ""), ratio,
                                                *numbers, queries)))  # fmt: skip
    for kind, each in run["pages"]["mix"]["kinds"].items():
        table.add_row(f"  mix: {kind}", "", "", "", str(each["p50"]), str(each["p99"]), "", "")
    return table


def _targets(found: list[Target]) -> Table:
    table = Table(title="Targets")
    for head in ("", "wanted", "reached", ""):
        table.add_column(head, justify="left" if head == "" else "right")
    for target in found:
        sign = ">=" if target.at_least else "<="
        verdict = "[green]met[/]" if target.met else "[red]missed[/]"
        table.add_row(target.what, f"{sign} {target.wanted:g} {target.unit}", f"{target.reached:.4g}", verdict)
    return table
