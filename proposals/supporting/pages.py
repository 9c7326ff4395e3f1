"""The region of a proposal's page that counts supports, and its button."""

from typing import Any

from participation.component import SubjectBlock
from participation.web import Context, Response, delete, fragment, post, redirect
from proposals.supporting.actions import support, withdraw_support
from proposals.supporting.policy import may_support, may_withdraw_support
from proposals.supporting.queries import SupportBox, support_case

REGION = "proposals/_support.html"


def support_box(ctx: Context, proposal_id: int) -> SupportBox:
    """What the region shows to this reader; one query."""
    case = support_case(ctx.session, ctx.actor, proposal_id, ctx.now)
    return SupportBox(case, may_support(ctx.actor, case), may_withdraw_support(ctx.actor, case))


def give(ctx: Context) -> Response:
    support(ctx.session, ctx.actor, ctx.path["id"], ctx.now)
    return _answer(ctx, ctx._("You support this proposal now. You can take it back at any time while it is open."))


def take_back(ctx: Context) -> Response:
    withdraw_support(ctx.session, ctx.actor, ctx.path["id"], ctx.now)
    return _answer(ctx, ctx._("You took your support back."))


def _answer(ctx: Context, said: str) -> Response:
    if ctx.htmx:
        return fragment(ctx, REGION, None, block=support_box(ctx, ctx.path["id"]), said=said)
    ctx.say("ok", said)
    return redirect(ctx, f"/proposals/{ctx.path['id']}")


def _block(ctx: Context, subject: Any) -> SupportBox | None:
    return support_box(ctx, subject.id) if subject.kind == "proposal" and subject.visible else None


BLOCKS = (SubjectBlock(REGION, _block, place="side", order=10),)
ROUTES = (
    post("/proposals/{id:int}/support", give, limit="support"),
    delete("/proposals/{id:int}/support", take_back, limit="support"),
)
