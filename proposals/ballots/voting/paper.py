"""A ballot paper: what may be marked on it and how. One paper serves all methods that are voted on in the same way."""

from dataclasses import dataclass
from enum import StrEnum

MANY = 8  # from here on, options can be searched through


class Kind(StrEnum):
    YES_NO = "yes_no"
    PICKS = "picks"
    POINTS = "points"
    SCORES = "scores"
    RANKS = "ranks"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An option as it stands on the paper; `cost` in yen, `path` leads to what it was made from."""

    key: str
    title: str
    summary: str = ""
    cost: int = 0
    area: str = ""
    path: str = ""

    @property
    def field(self) -> str:
        """The name of its control in the form."""
        return f"option-{self.key}"

    @property
    def about(self) -> str:
        """Whether anything stands below its title."""
        return self.summary or self.area or self.path

    @property
    def words(self) -> str:
        """What a search inside the paper looks through."""
        return f"{self.title} {self.summary} {self.area}"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The entries in their reader's order, and what one voter may mark.

    `fewest` and `most` count marked entries; `top` is the highest score; `total` the points that one voter hands out at
    most; `cap` the yen that a voter's picks may cost together (0: no cap); `budget` the yen that all have together.
    """

    kind: Kind
    entries: tuple[Entry, ...] = ()
    fewest: int = 1
    most: int | None = None
    bottom: int = 0
    top: int = 5
    total: int | None = None
    cap: int = 0
    budget: int = 0
    flat: bool = False  # ranked budgets: one list, in which no two share a place

    def __post_init__(self) -> None:
        self.__dict__["by_key"] = {entry.key: entry for entry in self.entries}

    @property
    def equal(self) -> bool:
        """Whether entries may share a place."""
        return not self.flat

    @property
    def long(self) -> bool:
        return len(self.entries) >= MANY

    @property
    def priced(self) -> bool:
        return any(entry.cost for entry in self.entries)

    @property
    def areas(self) -> list[str]:
        return sorted({entry.area for entry in self.entries if entry.area})

    def entry(self, key: str) -> Entry:
        found: dict[str, Entry] = self.__dict__["by_key"]
        return found[key]
