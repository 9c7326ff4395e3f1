"""What opinion maps bring."""

from participation.component import Component, LateCommand

OPINION_MAPS = Component(
    name="opinion_maps", commands=(LateCommand("opinion-map", "proposals.opinion_maps.commands:opinion_map"),)
)
