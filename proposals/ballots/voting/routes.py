"""What voters see of ballots, for the manifest."""

from datetime import timedelta

from participation.component import Limit, MenuItem
from participation.policy import N_
from proposals.ballots.voting import blocks, counted, listing, pages

ROUTES = (*listing.ROUTES, *pages.ROUTES, *counted.ROUTES)
HOME, BLOCKS = blocks.HOME, blocks.BLOCKS
LIMITS = {
    "vote": Limit(60, timedelta(minutes=5)),
    "receipts": Limit(60, timedelta(minutes=5)),
    "ballots_table": Limit(20, timedelta(minutes=5)),
}
MENU = (MenuItem("ballots", N_("Ballots"), "/ballots", order=25),)
