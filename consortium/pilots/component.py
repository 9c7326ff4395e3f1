"""What pilots bring."""

from consortium.pilots.events import EVENTS
from consortium.pilots.models import MODELS
from participation.component import Component, SubjectKind
from participation.policy import N_

PILOTS = Component(
    name="pilots",
    models=MODELS,
    events=EVENTS,
    subject_kinds=(
        SubjectKind(
            "pilot",
            N_("Pilot"),
            lambda pilot_id: f"/pilots/{pilot_id}",
            comment_feature="comment",
            in_process=False,
        ),
    ),
)
