"""Ties: broken by the published order and by nothing else, and every one that mattered is named."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from proposals.ballots.counting.exact import Number
from proposals.ballots.counting.model import BadRules, Option, Rules, Tie, drawn_order


class Ties:
    """The published order of the options, and the ties that it broke so far."""

    def __init__(self, options: Sequence[Option], rules: Rules) -> None:
        ids = [one.id for one in options]
        order = rules.tie_break or drawn_order(rules.seed, ids)
        if sorted(order) != sorted(ids):
            raise BadRules("tie_break does not hold every option once")
        self.rank = {one: place for place, one in enumerate(order)}
        self.broken: list[Tie] = []

    def first(self, among: Iterable[str]) -> str:
        """The one that the order puts first; a real choice is noted."""
        return self._note(among, min)

    def last(self, among: Iterable[str]) -> str:
        """The one that the order puts last: who has to leave."""
        return self._note(among, max)

    def sort(self, counts: Mapping[str, Number], places: int = 0) -> tuple[str, ...]:
        """Ids by their counts, highest first; a tie is noted where it lies across the last of the `places`."""
        ordered = sorted(counts, key=lambda one: (-counts[one], self.rank[one]))
        if 0 < places < len(ordered) and counts[ordered[places - 1]] == counts[ordered[places]]:
            self.note([one for one in ordered if counts[one] == counts[ordered[places]]], ordered[places - 1])
        return tuple(ordered)

    def in_order(self, among: Iterable[str]) -> list[str]:
        """The same ids in the published order."""
        return sorted(among, key=self.rank.__getitem__)

    def note(self, level: Sequence[str], taken: str) -> None:
        """Name a tie that the order broke."""
        self.broken.append(Tie(tuple(level), taken))

    def _note(self, among: Iterable[str], choose: Callable[..., str]) -> str:
        level = self.in_order(among)
        taken = choose(level, key=self.rank.__getitem__)
        if len(level) > 1:
            self.note(level, taken)
        return taken
