"""What other people than the authors do to a proposal, for the manifest: support it, answer it, change it, merge it."""

from datetime import timedelta

from participation.component import Limit, SubjectKind
from participation.policy import N_
from proposals.amending import api as amending_api
from proposals.amending import events as amending_events
from proposals.amending import pages as amending
from proposals.answering import api as answering_api
from proposals.answering import desk
from proposals.answering import events as answering_events
from proposals.answering import pages as answering
from proposals.coauthors import events as coauthors_events
from proposals.coauthors import pages as coauthors
from proposals.merging import api as merging_api
from proposals.merging import pages as merging
from proposals.merging.events import ProposalMerged
from proposals.supporting import api as supporting_api
from proposals.supporting import checking
from proposals.supporting import events as supporting_events
from proposals.supporting import pages as supporting

EVENTS = (
    supporting_events.ProposalSupported,
    supporting_events.SupportWithdrawn,
    answering_events.ReviewBegun,
    answering_events.ProposalAnswered,
    ProposalMerged,
    coauthors_events.CoAuthorInvited,
    coauthors_events.CoAuthorJoined,
    coauthors_events.CoAuthorLeft,
    amending_events.AmendmentSuggested,
    amending_events.AmendmentAccepted,
    amending_events.AmendmentRejected,
    amending_events.AmendmentWithdrawn,
)
PAGES = (*supporting.ROUTES, *answering.ROUTES, *desk.ROUTES, *merging.ROUTES, *coauthors.ROUTES, *amending.ROUTES)
API = (*supporting_api.ROUTES, *answering_api.ROUTES, *merging_api.ROUTES, *amending_api.ROUTES)
ROUTES = (*PAGES, *API)
BLOCKS = (*supporting.BLOCKS, *answering.BLOCKS, *amending.BLOCKS)
ME_BLOCKS = coauthors.ME_BLOCKS
LIMITS = {
    "support": Limit(60, timedelta(minutes=1)),
    "invite": Limit(10, timedelta(hours=1)),
    "amend": Limit(20, timedelta(hours=1)),
}
KINDS = (SubjectKind("amendment", N_("Amendment"), lambda amendment_id: f"/amendments/{amendment_id}"),)
MENU = desk.MENU
INTENTS = supporting.INTENTS
JOBS = checking.JOBS
HOOKS = {"desk_waiting": desk.waiting, "ready": checking.probe}
