"""From a ballot's method and rules to the paper that its voters fill in."""

from collections.abc import Iterable, Mapping
from typing import Any

from proposals.ballots.counting import BUDGETS, Rules, shape
from proposals.ballots.voting.paper import Entry, Kind, Paper


def make_paper(method: str, stored: Mapping[str, Any], entries: Iterable[Entry]) -> Paper:
    """The paper with the entries in the order given; limits of 0 are none."""
    rules = Rules.from_json({**stored, "method": method})
    if method == "yes_no":
        return Paper(kind=Kind.YES_NO)
    whole: dict[str, Any] = {
        "entries": tuple(entries),
        "fewest": max(rules.min_choices, 1),
        "most": rules.max_choices or None,
        "bottom": rules.lowest,
        "top": rules.highest,
        "total": rules.points or None,
        "cap": int(rules.max_cost),
        "budget": int(rules.budget) if method in BUDGETS else 0,
        "flat": method in BUDGETS,
    }
    return Paper(kind=_kind(rules), **whole)


def _kind(rules: Rules) -> Kind:
    if rules.method in BUDGETS:
        rated = rules.vote == "scoring" and rules.highest > rules.lowest
        return Kind.SCORES if rated else KINDS[rules.vote]
    return {"ranks": Kind.RANKS, "list": Kind.PICKS}.get(shape(rules), Kind.SCORES)


KINDS = {"approval": Kind.PICKS, "cumulative": Kind.POINTS, "scoring": Kind.POINTS, "ordinal": Kind.RANKS}
