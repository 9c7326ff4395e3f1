"""What packages above hang into posters and ideas.

Hook `poster_became`: `became(session, actor, posters, notes)` returns, by ("poster" or "note", number), what was made
of each that this reader may know of. It stands beside the poster on the record's page and in the gallery.
Hook `idea_ways`: `way(ctx, workshop_id)` returns the address, with {} for its number, where this reader takes an idea
of the workshop further; "" where they may not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from participation.web import Context

BECAME, WAYS = "poster_became", "idea_ways"
Key = tuple[str, int]


@dataclass(frozen=True)
class Became:
    """`label` is a message id: what kind of thing it is. `path` is empty where the reader cannot open it yet."""

    label: str
    title: str
    locale: str
    path: str


def became(ctx: Context, posters: Sequence[int], notes: Sequence[int] = ()) -> Mapping[Key, tuple[Became, ...]]:
    """What became of some posters and notes."""
    found: dict[Key, tuple[Became, ...]] = {}
    for hook in ctx.services.registry.hooks(BECAME):
        for key, made in hook(ctx.session, ctx.actor, posters, notes).items():
            found[key] = (*found.get(key, ()), *made)
    return found


def way_on(ctx: Context, workshop_id: int) -> str:
    """Where this reader takes an idea further; "" where nobody or they may not."""
    ways = (hook(ctx, workshop_id) for hook in ctx.services.registry.hooks(WAYS))
    return next((way for way in ways if way), "")
