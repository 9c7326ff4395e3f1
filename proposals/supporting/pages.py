"""The region of a proposal's page that counts supports, and its button."""

from collections.abc import Mapping
from typing import Any

from participation.component import Intent, SubjectBlock
from participation.policy import N_, Actor
from participation.web import Context, NotFound, Response, delete, fragment, post, redirect
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


def give_by_mail(ctx: Context, actor: Actor, payload: Mapping[str, Any]) -> str:
    """A support that was begun signed-out."""
    proposal_id = payload.get("id")
    if not isinstance(proposal_id, int):
        raise NotFound
    support(ctx.session, actor, proposal_id, ctx.now)
    return f"/proposals/{proposal_id}"


INTENTS = {"support": Intent(N_("your support for a proposal"), give_by_mail)}
BLOCKS = (SubjectBlock(REGION, _block, place="side", order=10),)
ROUTES = (
    post("/proposals/{id:int}/support", give, limit="support", intent="support"),
    delete("/proposals/{id:int}/support", take_back, limit="support"),
)
