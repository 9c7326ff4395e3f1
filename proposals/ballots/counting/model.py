"""What is counted and what comes out: frozen, of strings, integers and fractions only, and JSON both ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from hashlib import sha256
from typing import Any

from proposals.ballots.counting.exact import Number, read_number, write_number

METHODS = ("yes_no", "approval", "score", "runoff", "stv", "schulze", "greedy", "equal_shares")
RANKED = ("runoff", "stv", "schulze")
BUDGETS = ("greedy", "equal_shares")
VOTES = ("approval", "cumulative", "ordinal", "scoring")  # how one votes on a participatory budget, as Pabulib names it
COMPLETIONS = ("none", "greedy")
QUOTAS = ("droop",)
ANSWERS = ("yes", "no", "abstain")


class BadRules(ValueError):
    """Rules that no count can follow; the message says what is wrong, in English."""


@dataclass(frozen=True)
class Option:
    """What can be chosen: a short id that stays, and what it costs where there is a budget."""

    id: str
    cost: Number = 0


@dataclass(frozen=True)
class Ballot:
    """One choice, in the shape that `choices` describes, counted `weight` times."""

    choice: Any
    weight: int = 1


@dataclass(frozen=True)
class Rules:
    """How ballots are counted.

    `vote` is the kind of vote on a participatory budget, `points` what each voter may give away (cumulative), `lowest`
    and `highest` the scale (score, scoring), `max_cost` what the chosen options may cost together. 0 is no limit.
    `least`: points that a project needs; `stop`: the first project that does not fit ends the count (both greedy only).
    `tie_break`: every option, in the order in which ties are broken; see `drawn_order`.
    """

    method: str
    seats: int = 1
    budget: Number = 0
    completion: str = "none"
    quota: str = "droop"
    vote: str = "approval"
    min_choices: int = 0
    max_choices: int = 0
    max_cost: Number = 0
    points: int = 0
    lowest: int = 0
    highest: int = 0
    least: int = 0
    stop: bool = False
    seed: str = ""
    tie_break: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, allowed in _ALLOWED.items():
            if getattr(self, name) not in allowed:
                raise BadRules(f"{name} is not one of {', '.join(allowed)}")
        for name in ("seats", "min_choices", "max_choices", "points", "lowest", "highest", "least"):
            if type(getattr(self, name)) is not int:
                raise BadRules(f"{name} is not a whole number")
        if type(self.stop) is not bool:
            raise BadRules("stop is neither true nor false")
        if self.seats < 1 or min(self.budget, self.max_cost, self.min_choices, self.max_choices, self.points) < 0:
            raise BadRules("seats begin at one, and no limit is negative")
        if self.lowest > self.highest or (self.method == "score" and self.lowest == self.highest):
            raise BadRules("the scale has no length")

    def to_json(self) -> dict[str, Any]:
        """What the published file holds; `from_json` reads it back as equal rules."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Rules":
        """Rules out of JSON.

        Raises:
            BadRules: a name or a value that rules do not have.
        """
        if unknown := set(data) - {one.name for one in fields(cls)}:
            raise BadRules(f"rules have no {min(unknown)}")
        read: dict[str, Any] = {"method": "", **data}
        try:
            read |= {name: read_number(read[name]) for name in ("budget", "max_cost") if name in read}
        except ValueError as error:
            raise BadRules(f"an amount of the rules {error}") from error
        drawn = read.get("tie_break", ())
        if not isinstance(drawn, list | tuple) or not all(isinstance(one, str) for one in drawn):
            raise BadRules("tie_break is no list of options")
        if not isinstance(read.get("seed", ""), str):
            raise BadRules("seed is no text")
        return cls(**{**read, "tie_break": tuple(drawn)})


_ALLOWED = {"method": METHODS, "completion": COMPLETIONS, "quota": QUOTAS, "vote": VOTES}


@dataclass(frozen=True)
class Step:
    """One step of a count: its kind (see `words`), the options it speaks of, numbers by name, numbers by option."""

    kind: str
    options: tuple[str, ...] = ()
    numbers: Mapping[str, Number] = field(default_factory=dict)
    counts: Mapping[str, Number] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The step as it is published."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}


@dataclass(frozen=True)
class Tie:
    """Options that stood equal, and the one that the published order put first (last, where one had to leave)."""

    options: tuple[str, ...]
    taken: str

    def to_json(self) -> dict[str, Any]:
        """The tie as it is published."""
        return {"options": list(self.options), "taken": self.taken}


@dataclass(frozen=True)
class Result:
    """What came out. `order`: all options, best first (ranked and scored methods); `counts`: what decided at first.

    `ballots` and `empty`: how many were counted, and how many of them chose nothing.
    """

    method: str
    winners: tuple[str, ...]
    order: tuple[str, ...] = ()
    counts: Mapping[str, Number] = field(default_factory=dict)
    cost: Number = 0
    budget: Number = 0
    steps: tuple[Step, ...] = ()
    ties: tuple[Tie, ...] = ()
    ballots: int = 0
    empty: int = 0

    def to_json(self) -> dict[str, Any]:
        """The result as it is published and compared; fractions as text, like 7/3."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}


def drawn_order(seed: str, ids: Sequence[str]) -> tuple[str, ...]:
    """The order that breaks ties: by SHA-256 of the seed and the option's id, so that nobody can choose it."""
    return tuple(sorted(ids, key=lambda one: (sha256(f"{seed}{one}".encode()).digest(), one)))


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return write_number(value)
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in value}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.to_json() if isinstance(value, Step | Tie) else value
