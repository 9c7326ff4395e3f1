"""What the draw brings."""

from participation.component import Component, LateCommand

DRAW = Component(name="draw", commands=(LateCommand("draw", "workshops.draw.commands:draw_command"),))
