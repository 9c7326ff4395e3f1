"""The calculations of a draw: `python -m workshops.panels.computing FILE` reads an order, writes the answer beside it.

In a process of its own: a server neither loads the solver nor stands still while a large pool is drawn from.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from workshops.draw.port import draw_plain, missing_plain
from workshops.panels.files import problem_in

NICE = 10  # whoever waits for a page goes first


def compute(order: dict[str, Any]) -> dict[str, Any]:
    """`order`: pool, quotas, seats, seed. Without a seed: {"problem": which quotas no panel can meet, or []}. With one:
    {"result": what `sanpo draw --json` prints, "engine": name and version}."""
    if not order["seed"]:
        return {"problem": find_problem(order["pool"], order["quotas"], order["seats"])}
    result, engine = draw_plain(problem_in(order["pool"], order["quotas"], order["seats"]), order["seed"])
    return {"result": result, "engine": engine}


def find_problem(pool: str, quotas: str, seats: int) -> list[dict[str, Any]]:
    """What is in the way of a panel; empty where there is one. That nobody applied is a row without a feature."""
    if seats == 0:
        return [{"feature": "", "value": "", "min": 0, "max": 0, "less": 0, "more": 0, "there": 0}]
    return missing_plain(problem_in(pool, quotas, seats))


def main(file: str) -> None:
    os.nice(NICE)
    order = json.loads(Path(file).read_text(encoding="utf-8"))
    answer = json.dumps(compute(order), ensure_ascii=False, allow_nan=False)
    Path(f"{file}.done").write_text(answer, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
