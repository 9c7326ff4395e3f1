"""What proposals bring."""

from datetime import timedelta

from participation.component import Component, Feature, Limit
from participation.policy import N_
from proposals.models import (
    Amendment,
    Answer,
    Picture,
    Proposal,
    ProposalAuthor,
    ProposalVersion,
    Support,
    SupportUse,
)
from proposals.supporting import api as supporting_api
from proposals.supporting import pages as supporting

PROPOSALS = Component(
    name="proposals",
    models=(Proposal, ProposalVersion, ProposalAuthor, Support, SupportUse, Amendment, Answer, Picture),
    routes=(*supporting.ROUTES, *supporting_api.ROUTES),
    subject_blocks=supporting.BLOCKS,
    limits={"support": Limit(60, timedelta(minutes=1))},
    features=(
        Feature("propose", N_("Proposing")),
        Feature("support", N_("Supporting proposals")),
        Feature("amend", N_("Suggesting amendments")),
    ),
)
