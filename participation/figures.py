"""Figures that the platform computes from its own records, as components offer them to the KPIs (hook `figures`)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Figure:
    """A number with its definition and the records behind it. `label` and `says` are message ids.

    `at` answers the figure at each of the moments, in a fixed number of queries however many there are; None stands
    for a moment before the first record, because nothing was recorded is not the same as none. `records` lists what
    the figure at one moment was made of, without personal data: their count, or with `summed` the sum of their last
    column, is the figure.
    """

    name: str  # by which a KPI's definition names it
    label: str
    says: str  # how it is counted, in a sentence or two
    at: Callable[[Session, Sequence[datetime]], Sequence[int | None]]
    heads: tuple[str, ...]
    records: Callable[[Session, datetime], Iterable[Sequence[Any]]]
    path: str = ""  # where the list of these records stands, if there is one
    summed: bool = False
