"""What workshops bring: the workshop itself, its list, its page, its desk."""

from participation.component import Component, Feature
from participation.policy import N_
from workshops.events import EVENTS
from workshops.models import MODELS

WORKSHOPS = Component(
    name="workshops",
    models=MODELS,
    events=EVENTS,
    features=(Feature("workshop", N_("Workshops")),),
)
