"""What proposals bring."""

from participation.component import Component, Feature
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

PROPOSALS = Component(
    name="proposals",
    models=(Proposal, ProposalVersion, ProposalAuthor, Support, SupportUse, Amendment, Answer, Picture),
    features=(
        Feature("propose", N_("Proposing")),
        Feature("support", N_("Supporting proposals")),
        Feature("amend", N_("Suggesting amendments")),
    ),
)
