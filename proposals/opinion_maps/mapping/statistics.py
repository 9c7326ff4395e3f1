"""What groups of participants say of statements: shares, what sets a group apart, what all groups share."""

from dataclasses import dataclass
from math import prod, sqrt

from proposals.opinion_maps.mapping.matrix import Bytes, Labels, counts

SIGNIFICANT = 1.2816  # one-sided, at 90 %
SHOWN = 5  # representative statements of a group


@dataclass(frozen=True)
class Tally:
    """Votes of some people on one statement."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def seen(self) -> int:
        return self.agree + self.disagree + self.passed

    def of(self, side: str) -> int:
        return self.agree if side == "agree" else self.disagree

    def without(self, part: "Tally") -> "Tally":
        return Tally(self.agree - part.agree, self.disagree - part.disagree, self.passed - part.passed)


@dataclass(frozen=True)
class Representative:
    """That a group says `side` of a statement more than everybody else does, and how sure that is."""

    statement: str
    side: str  # agree | disagree
    votes: int  # in the group, on that side
    seen: int  # votes of the group on the statement
    share: float  # probability that a member says so, with one vote of each kind added
    ratio: float  # of that to the same share among all others
    z_share: float  # how sure it is that more than half of the group say so
    z_ratio: float  # how sure it is that the group says so more often than the others

    @property
    def strength(self) -> float:
        return self.ratio * self.z_ratio * self.share * self.z_share


def tallies(votes: Bytes) -> list[Tally]:
    """One for each column."""
    return [Tally(*map(int, column)) for column in zip(*counts(votes), strict=True)]


def tallies_by_group(votes: Bytes, labels: Labels, groups: int) -> list[list[Tally]]:
    """For each group the votes of its members on each column."""
    return [tallies(votes[labels == one]) for one in range(groups)]


def consensus(by_group: list[Tally]) -> float:
    """Group-informed consensus of a statement: the probability that a member of each group agrees, multiplied, so
    that one group's no weighs however small the group is. One vote of each kind is added."""
    return prod((1 + one.agree) / (2 + one.seen) for one in by_group)


def z_of_share(votes: int, seen: int) -> float:
    """Test of a share against one half, one vote added."""
    return 2 * sqrt(seen + 1) * ((votes + 1) / (seen + 1) - 0.5)


def z_of_difference(votes: int, seen: int, votes_of_others: int, seen_of_others: int) -> float:
    """Test of two shares against each other (two-proportion z-test, pooled), one vote added to each count."""
    here, of_here, there, of_there = votes + 1, seen + 1, votes_of_others + 1, seen_of_others + 1
    pooled = (here + there) / (of_here + of_there)
    if pooled >= 1:
        return 0.0
    return (here / of_here - there / of_there) / sqrt(pooled * (1 - pooled) * (1 / of_here + 1 / of_there))


def representative(statements: tuple[str, ...], group: list[Tally], everybody: list[Tally]) -> list[Representative]:
    """What sets a group apart: up to five statements that pass both tests, the strongest ones, agreement first.

    The statement that the group agrees with most distinctly is always among them. Where nothing passes, nothing is
    said.
    """
    rows = zip(statements, group, everybody, strict=True)
    found = [_clearer_side(name, own, all_.without(own)) for name, own, all_ in rows]
    passing = [each for each in found if each.z_share > SIGNIFICANT and each.z_ratio > SIGNIFICANT]
    passing.sort(key=lambda each: -each.strength)
    agreed = [each for each in passing if each.side == "agree"][:1]
    chosen = [*agreed, *(each for each in passing if each not in agreed)][:SHOWN]
    chosen.sort(key=lambda each: (each.side != "agree", -each.strength))
    return chosen


def _clearer_side(statement: str, group: Tally, others: Tally) -> Representative:
    agree, disagree = (_side(statement, side, group, others) for side in ("agree", "disagree"))
    return agree if agree.z_ratio > disagree.z_ratio else disagree


def _side(statement: str, side: str, group: Tally, others: Tally) -> Representative:
    votes, elsewhere = group.of(side), others.of(side)
    share, share_of_others = (votes + 1) / (group.seen + 2), (elsewhere + 1) / (others.seen + 2)
    return Representative(
        statement=statement,
        side=side,
        votes=votes,
        seen=group.seen,
        share=share,
        ratio=share / share_of_others,
        z_share=z_of_share(votes, group.seen),
        z_ratio=z_of_difference(votes, group.seen, elsewhere, others.seen),
    )
