"""Nicknames for newcomers: two words and a number, in their language; everybody may choose another."""

import secrets
from collections.abc import Callable

from participation.policy import N_

FIRST = (
    N_("Calm"),
    N_("Early"),
    N_("Gentle"),
    N_("Green"),
    N_("Merry"),
    N_("Northern"),
    N_("Quiet"),
    N_("Round"),
    N_("Sunny"),
    N_("Wandering"),
)
SECOND = (
    N_("camphor tree"),
    N_("crane"),
    N_("ferry"),
    N_("hydrangea"),
    N_("lantern"),
    N_("lighthouse"),
    N_("pine"),
    N_("sail"),
    N_("sparrow"),
    N_("wild boar"),
)


def make_nickname(translate: Callable[[str], str]) -> str:
    """A name such as "Quiet ferry 417"."""
    first, second = secrets.choice(FIRST), secrets.choice(SECOND)
    return f"{translate(first)} {translate(second)} {100 + secrets.randbelow(900)}"
