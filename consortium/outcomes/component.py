"""What ties workshops to proposals, pilots and improvements."""

from datetime import timedelta

from consortium.outcomes import api, pages
from consortium.outcomes.events import EVENTS
from consortium.outcomes.models import Outcome
from consortium.outcomes.notices import outcome_rules
from consortium.outcomes.personal import erase_account, export_account
from consortium.outcomes.queries import became
from consortium.outcomes.subscribers import team_follows
from consortium.outcomes.telling import JOBS
from participation.component import Component, Limit, SubjectBlock
from participation.notifications.subscribers import note_waves

OUTCOMES = Component(
    name="outcomes",
    models=(Outcome,),
    events=EVENTS,
    routes=(*pages.ROUTES, *api.ROUTES),
    subscriptions={
        **{kind: (note_waves,) for kind in outcome_rules()},
        "proposal.published": (team_follows,),
        "pilot.moved": (team_follows,),
    },
    subject_blocks=(
        SubjectBlock("consortium/outcomes/_made.html", pages.made_block, order=2),
        SubjectBlock("consortium/outcomes/_origin.html", pages.origin_block, place="side", order=8),
    ),
    jobs=JOBS,
    limits={"turn_poster": Limit(60, timedelta(hours=1))},
    hooks={
        "notices": outcome_rules,
        "poster_became": became,
        "idea_ways": pages.idea_way,
        "export_account": export_account,
        "erase_account": erase_account,
    },
)
