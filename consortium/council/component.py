"""What the council file brings."""

from consortium.council.events import CouncilLoaded
from participation.component import Component, LateCommand

COUNCIL = Component(
    name="council", events=(CouncilLoaded,), commands=(LateCommand("load", "consortium.council.commands:load"),)
)
