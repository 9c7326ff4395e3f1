"""What results bring, for the manifest."""

from participation.component import SubjectBlock
from proposals.ballots.results import pages
from proposals.ballots.results.view import result_block

ROUTES = pages.ROUTES
BLOCKS = (
    SubjectBlock("proposals/ballots/_result.html", result_block, order=5),
    SubjectBlock("proposals/ballots/_stood.html", pages.stood_block, place="side", order=40),
)
