"""What the day of a workshop brings."""

from participation.component import Component
from workshops.boards.events import EVENTS
from workshops.boards.models import MODELS

BOARDS = Component(name="boards", models=MODELS, events=EVENTS)
