"""The pages of the desk together."""

from proposals.ballots.desk import later, listing, moving, options, picking, writing

ROUTES = (*listing.ROUTES, *writing.ROUTES, *options.ROUTES, *picking.ROUTES, *moving.ROUTES, *later.ROUTES)
MENU = listing.MENU
