"""What the demo brings."""

from consortium.demo.events import DemoOpened, DemoPlayed
from participation.component import Component, LateCommand

DEMO = Component(
    name="demo", events=(DemoPlayed, DemoOpened), commands=(LateCommand("demo", "consortium.demo.commands:demo"),)
)
