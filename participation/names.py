"""How people are named where others see them."""

from collections.abc import Callable

from participation.policy import N_


def display_name(name: str | None, translate: Callable[[str], str]) -> str:
    """The name that a person chose; whoever erased their account has none any more."""
    return name or translate(N_("A participant who has left"))
