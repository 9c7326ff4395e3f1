"""How far the loading of the demo came: it can be stopped between its steps and goes on from there."""

from dataclasses import dataclass

from participation.events import Fact


@dataclass(frozen=True, kw_only=True)
class DemoPlayed(Fact):
    """The whole story stands in the database."""

    TYPE = "demo.played"
    scenes: int


@dataclass(frozen=True, kw_only=True)
class DemoOpened(Fact):
    """Everything that follows from the story was done, and people can sign in to the demo accounts."""

    TYPE = "demo.opened"
    accounts: int
