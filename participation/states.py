"""State machines as tables: `{state: {next states}}`, checked in one place."""

from collections.abc import Mapping, Set
from enum import StrEnum
from typing import TypeVar

from participation.policy import N_, Verdict, require

S = TypeVar("S", bound=StrEnum)
Transitions = Mapping[S, Set[S]]


def may_move(table: Transitions[S], current: S, to: S) -> Verdict:
    """Whether the table has an arrow from `current` to `to`."""
    return require(to in table.get(current, frozenset()), N_("This step is not possible from the present state."))
