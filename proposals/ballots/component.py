"""What ballots bring."""

from participation.component import Component, Feature, SubjectKind
from participation.policy import N_
from proposals.ballots import guards  # noqa: F401  its triggers are created with the tables that it names
from proposals.ballots.events import EVENTS
from proposals.ballots.finding import ballot_document
from proposals.ballots.models import MODELS
from proposals.ballots.voting import routes as voting

BALLOTS = Component(
    name="ballots",
    models=MODELS,
    routes=voting.ROUTES,
    limits=voting.LIMITS,
    menu=voting.MENU,
    home=voting.HOME,
    subject_blocks=voting.BLOCKS,
    events=EVENTS,
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
