"""What proposals bring."""

from participation.component import Component, Feature, HomeBlock, MeBlock, MenuItem, SubjectBlock, SubjectKind
from participation.notifications.subscribers import note_waves
from participation.policy import N_
from proposals import decisions
from proposals.drafts import mine
from proposals.events import ProposalEdited, ProposalPublished, ProposalWithdrawn
from proposals.finding import proposal_document, readable_proposals
from proposals.home import in_process, voices, way
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
from proposals.notices import proposal_rules, whoever_takes_part_follows
from proposals.personal import erase_account, export_account
from proposals.pictures import where as where_pictures
from proposals.queries import may_see
from proposals.reading import takes_comments
from proposals.routes import LIMITS, ROUTES
from proposals.subscribers import ACTIVITY, by_event, note_activity

PROPOSALS = Component(
    name="proposals",
    models=(Proposal, ProposalVersion, ProposalAuthor, Support, SupportUse, Amendment, Answer, Picture),
    events=(ProposalPublished, ProposalEdited, ProposalWithdrawn, *decisions.EVENTS),
    routes=(*ROUTES, *decisions.ROUTES),
    subject_blocks=(*decisions.BLOCKS, SubjectBlock("proposals/_in_process.html", in_process, order=20)),
    me_blocks=(MeBlock("proposals/_mine.html", mine, order=20), *decisions.ME_BLOCKS),
    intents=decisions.INTENTS,
    hooks={
        "pictures": where_pictures,
        "notices": proposal_rules,
        "export_account": export_account,
        "erase_account": erase_account,
        **decisions.HOOKS,
    },
    subscriptions=by_event(
        (note_waves, proposal_rules()),
        (whoever_takes_part_follows, ("proposal.published", "proposal.supported")),
        (note_activity, ACTIVITY),
    ),
    jobs=decisions.JOBS,
    limits={**LIMITS, **decisions.LIMITS},
    menu=(MenuItem("proposals", N_("Proposals"), "/proposals", order=20), *decisions.MENU),
    subject_kinds=(
        *decisions.KINDS,
        SubjectKind(
            "proposal",
            N_("Proposal"),
            lambda proposal_id: f"/proposals/{proposal_id}",
            document=proposal_document,
            may_see=may_see,
            readable=readable_proposals,
            comment_feature="comment",
            takes_comments=takes_comments,
        ),
    ),
    features=(
        Feature("propose", N_("Proposing")),
        Feature("support", N_("Supporting proposals")),
        Feature("amend", N_("Suggesting amendments")),
    ),
    home=(
        HomeBlock("proposals/_home_way.html", way, order=20),
        HomeBlock("proposals/_home_voices.html", voices, order=30),
    ),
)
