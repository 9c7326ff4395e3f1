"""What ballots on a participatory budget say about its projects: points, whatever the kind of vote.

A project that is approved has one point; cumulative and scoring votes give theirs; a ranking of at most L projects
gives L to the first, L - 1 to the next and so on (Borda, as Pabulib's files and Krakow's regulations count it; L is
the number of projects where there is no limit).
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from proposals.ballots.counting.model import Ballot, Option, Rules

Points = tuple[tuple[str, int], ...]


def points_of(choice: object, options: int, rules: Rules) -> Points:
    """Points by project of one ballot, in the order of the ids; projects without points are left out."""
    if isinstance(choice, dict):
        pairs = choice.items()
    elif rules.vote == "ordinal":
        most = rules.max_choices or options
        pairs = ((one, max(most - place, 0)) for place, one in enumerate(choice))  # type: ignore[arg-type]
    else:
        pairs = ((one, 1) for one in choice)  # type: ignore[attr-defined]
    return tuple(sorted((one, points) for one, points in pairs if points > 0))


def grouped(ballots: Sequence[Ballot], options: Sequence[Option], rules: Rules) -> dict[Points, int]:
    """How often each set of points was given: equal ballots are counted together."""
    counts: Counter[Points] = Counter()
    for ballot in ballots:
        counts[points_of(ballot.choice, len(options), rules)] += ballot.weight
    return {points: weight for points, weight in sorted(counts.items()) if weight}


def scores(groups: dict[Points, int], options: Sequence[Option]) -> dict[str, int]:
    """The sum of points of every project."""
    sums = dict.fromkeys((one.id for one in options), 0)
    for points, weight in groups.items():
        for one, given in points:
            sums[one] += given * weight
    return sums


def supporters(groups: dict[Points, int]) -> Iterator[tuple[str, int, int]]:
    """(project, number of the group, points) for every group that gives a project points."""
    for number, points in enumerate(groups):
        for one, given in points:
            yield one, number, given
