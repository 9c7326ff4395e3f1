"""Supports over the API: the same actions, idempotent by their nature."""

from participation.web import Context, Response, delete, json_answer, put
from participation.web.describing import FLAG, NUMBER, Doc, record_of
from proposals.supporting.actions import Supported, support, withdraw_support

PATH = "/api/v1/proposals/{id:int}/support"


def give(ctx: Context) -> Response:
    """Support a proposal; saying it twice is saying it once."""
    return _answer(support(ctx.session, ctx.actor, ctx.path["id"], ctx.now))


def take_back(ctx: Context) -> Response:
    """Withdraw one's support; without one nothing changes."""
    return _answer(withdraw_support(ctx.session, ctx.actor, ctx.path["id"], ctx.now))


def _answer(result: Supported) -> Response:
    return json_answer({"supports_count": result.supports_count, "supported": result.supported})


DOC = Doc(record_of(supports_count=NUMBER, supported=FLAG), signed_in=True)
ROUTES = (
    put(PATH, give, api=True, limit="support", doc=DOC),
    delete(PATH, take_back, api=True, limit="support", doc=DOC),
)
