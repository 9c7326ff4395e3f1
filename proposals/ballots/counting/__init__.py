"""Counting ballots: exact, without a database, and with every step told. `tally` is the one door."""

from proposals.ballots.counting.choices import BadChoice, check_choice, shape
from proposals.ballots.counting.model import (
    BUDGETS,
    METHODS,
    RANKED,
    BadRules,
    Ballot,
    Option,
    Result,
    Rules,
    Step,
    Tie,
    drawn_order,
)
from proposals.ballots.counting.tallying import tally

__all__ = [
    "BUDGETS",
    "METHODS",
    "RANKED",
    "BadChoice",
    "BadRules",
    "Ballot",
    "Option",
    "Result",
    "Rules",
    "Step",
    "Tie",
    "check_choice",
    "drawn_order",
    "shape",
    "tally",
]
