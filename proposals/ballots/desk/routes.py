"""The pages of the desk together."""

from proposals.ballots.desk import later, listing, moving, options, picking, picking_pilots, writing

ROUTES = (
    *listing.ROUTES,
    *writing.ROUTES,
    *options.ROUTES,
    *picking.ROUTES,
    *picking_pilots.ROUTES,
    *moving.ROUTES,
    *later.ROUTES,
)
MENU = listing.MENU
