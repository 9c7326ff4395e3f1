"""What ballots bring."""

from datetime import timedelta

from participation.component import Component, Feature, LateCommand, Limit, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_
from proposals.ballots import api, export
from proposals.ballots import guards  # noqa: F401  its triggers are created with the tables that it names
from proposals.ballots.checking import broken_ballots
from proposals.ballots.desk import routes as desk
from proposals.ballots.events import EVENTS
from proposals.ballots.finding import ballot_document
from proposals.ballots.jobs import JOBS
from proposals.ballots.models import MODELS
from proposals.ballots.notices import ballot_rules
from proposals.ballots.personal import erase_account, export_account
from proposals.ballots.results import routes as results
from proposals.ballots.voting import routes as voting

BALLOTS = Component(
    name="ballots",
    models=MODELS,
    routes=(*desk.ROUTES, *export.ROUTES, *api.ROUTES, *results.ROUTES, *voting.ROUTES),
    menu=(*voting.MENU, *desk.MENU),
    home=voting.HOME,
    subject_blocks=(*voting.BLOCKS, *results.BLOCKS),
    events=EVENTS,
    limits={
        **voting.LIMITS,
        "cast_vote": Limit(60, timedelta(minutes=1)),
        "desk_ballot": Limit(120, timedelta(hours=1)),
        "ballots_file": Limit(20, timedelta(minutes=5)),
    },
    jobs=JOBS,
    subscriptions={kind: (note_waves,) for kind in ballot_rules()},
    hooks={
        "notices": ballot_rules,
        "sealed": broken_ballots,
        "export_account": export_account,
        "erase_account": erase_account,
    },
    commands=(LateCommand("tally", "proposals.ballots.counting.commands:command"),),
    features=(Feature("vote", N_("Voting")),),
    subject_kinds=(
        SubjectKind(
            "ballot",
            N_("Ballot"),
            lambda ballot_id: f"/ballots/by-id/{ballot_id}",
            document=ballot_document,
            comment_feature="comment",
        ),
    ),
)
