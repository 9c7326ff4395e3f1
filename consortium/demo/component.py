"""What the demo brings."""

from consortium.demo.commands import demo
from consortium.demo.events import DemoOpened, DemoPlayed
from participation.component import Component

DEMO = Component(name="demo", events=(DemoPlayed, DemoOpened), commands=(demo,))
