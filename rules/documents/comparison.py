"""What changed between two versions, section by section, word by word in Japanese too."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from participation import textdiff
from rules.documents.reading import SectionView

KEPT = 1_000  # comparisons of sections; both sides of a change are frozen, so the same ones are asked again and again
ALIKE = 0.15  # share of common pairs of characters below which a text was written anew, and is shown so

Parts = tuple[textdiff.Part, ...]


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class SectionChange:
    """`old` and `new` count the section's place in each version from 1; None where it is not in it."""

    key: str
    change: Change
    moved: bool
    old: int | None
    new: int | None
    heading: Parts
    body: Parts
    heading_lang: str  # set where the words are not in the reader's language
    lang: str


@dataclass(frozen=True)
class Summary:
    """How many sections changed, and in what way; a section may be both changed and moved."""

    changed: int
    added: int
    removed: int
    moved: int
    same: int
    total: int  # sections in which anything differs


def compare_sections(old: Sequence[SectionView], new: Sequence[SectionView]) -> tuple[SectionChange, ...]:
    """In the order of the new version; what was taken out stands where it stood, behind its old neighbour."""
    before = {section.key: (place, section) for place, section in enumerate(old, 1)}
    after = {section.key: place for place, section in enumerate(new, 1)}
    moved = _moved([section.key for section in old if section.key in after], after)
    gone: dict[str | None, list[SectionChange]] = {}
    neighbour: str | None = None
    for place, section in enumerate(old, 1):
        if section.key in after:
            neighbour = section.key
        else:
            gone.setdefault(neighbour, []).append(_whole(section, Change.REMOVED, place))
    changes = [*gone.get(None, ())]
    for place, section in enumerate(new, 1):
        known = before.get(section.key)
        changes.append(_pair(known, (place, section), section.key in moved) if known
                       else _whole(section, Change.ADDED, place))  # fmt: skip
        changes += gone.get(section.key, ())
    return tuple(changes)


def summary(changes: Sequence[SectionChange]) -> Summary:
    counts = {kind: sum(each.change == kind for each in changes) for kind in Change}
    same = sum(each.change == Change.SAME and not each.moved for each in changes)
    return Summary(
        changed=counts[Change.CHANGED],
        added=counts[Change.ADDED],
        removed=counts[Change.REMOVED],
        moved=sum(each.moved for each in changes),
        same=same,
        total=len(changes) - same,
    )


def _pair(old: tuple[int, SectionView], new: tuple[int, SectionView], moved: bool) -> SectionChange:
    (was, before), (now, after) = old, new
    heading = compared(before.heading.text, after.heading.text)
    body = compared(before.body.text, after.body.text)
    same = not textdiff.changed(heading) and not textdiff.changed(body)
    change = Change.SAME if same else Change.CHANGED
    return SectionChange(after.key, change, moved, was, now, heading, body, after.heading.lang, after.body.lang)


def _whole(section: SectionView, change: Change, place: int) -> SectionChange:
    heading: Parts = (("same", section.heading.text),)
    body: Parts = (("ins" if change == Change.ADDED else "del", section.body.text),) if section.body.text else ()
    where = (None, place) if change == Change.ADDED else (place, None)
    return SectionChange(section.key, change, False, *where, heading, body, section.heading.lang, section.body.lang)


@lru_cache(maxsize=KEPT)
def compared(old: str, new: str) -> Parts:
    """The parts of both texts; of texts that have next to nothing in common, one whole after the other."""
    return tuple(textdiff.compare(old, new, alike=ALIKE)) or (("same", new),)


def _moved(keys: Sequence[str], after: dict[str, int]) -> frozenset[str]:
    """The fewest sections that, put elsewhere, explain the new order: all but a longest run that kept its order
    (patience sorting; Fredman, "On computing the length of longest increasing subsequences", 1975)."""
    tops: list[int] = []
    ends: list[int] = []  # index into `keys` of each top
    previous: list[int] = []
    for index, key in enumerate(keys):
        at = bisect_left(tops, after[key])
        tops[at:at + 1] = [after[key]]
        ends[at:at + 1] = [index]
        previous.append(ends[at - 1] if at else -1)
    stay, index = set(), ends[-1] if ends else -1
    while index >= 0:
        stay.add(keys[index])
        index = previous[index]
    return frozenset(keys) - stay
