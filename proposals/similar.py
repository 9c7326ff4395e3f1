"""Published proposals that are much like a title being typed: to support or add to instead of repeating them."""

from participation.search.queries import similar
from participation.spaces.queries import places
from participation.web import Context, Response, fragment, get
from proposals.listing import Item, rows

ENOUGH = 8  # characters of a title
SHOWN = 3


def similar_to(ctx: Context, title: str, *, besides: int | None = None) -> tuple[Item, ...]:
    """Up to three, the closest first; nothing for a title that says too little."""
    if len(title.strip()) < ENOUGH:
        return ()
    close = similar(ctx.session, ctx.services, ctx.actor, title, kind="proposal", limit=SHOWN, besides=besides)
    ids = [one.document.subject_id for one in close]
    return rows(ctx.session, ids, places(ctx.session, ctx.locale)) if ids else ()


def suggest(ctx: Context) -> Response:
    return fragment(ctx, "proposals/_similar.html", similar_to(ctx, ctx.query.get("title", "")[:200]))


ROUTES = (get("/proposals/similar", suggest, limit="similar_proposals"),)
