"""Supports over the API: the same actions, idempotent by their nature."""

from participation.web import Context, Response, delete, json_answer, put
from proposals.supporting.actions import Supported, support, withdraw_support

PATH = "/api/v1/proposals/{id:int}/support"


def give(ctx: Context) -> Response:
    return _answer(support(ctx.session, ctx.actor, ctx.path["id"], ctx.now))


def take_back(ctx: Context) -> Response:
    return _answer(withdraw_support(ctx.session, ctx.actor, ctx.path["id"], ctx.now))


def _answer(result: Supported) -> Response:
    return json_answer({"supports_count": result.supports_count, "supported": result.supported})


ROUTES = (put(PATH, give, api=True, limit="support"), delete(PATH, take_back, api=True, limit="support"))
