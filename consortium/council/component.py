"""What the council file brings."""

from consortium.council.commands import load
from consortium.council.events import CouncilLoaded
from participation.component import Component

COUNCIL = Component(name="council", events=(CouncilLoaded,), commands=(load,))
