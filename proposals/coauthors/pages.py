"""The page of a proposal's authors, and the invitations on one's own page."""

from dataclasses import dataclass

from participation.component import MeBlock
from participation.policy import N_, Verdict
from participation.web import Context, NotFound, Response, delete, get, page, post, redirect
from participation.web.fields import Text
from participation.web.forms import Form
from proposals.coauthors.actions import decline, invite, join, leave
from proposals.coauthors.policy import may_invite, may_join, may_leave
from proposals.coauthors.queries import Invitation, invitations_of, is_invited
from proposals.policy import may_read
from proposals.reading import ProposalPage, proposal_page


class InviteForm(Form):
    whom = Text(N_("E-mail address or name"), min=2, max=254, hint=N_("Of somebody who takes part here already."))


@dataclass(frozen=True)
class AuthorsPage:
    proposal: ProposalPage
    form: InviteForm
    invitable: Verdict
    joinable: Verdict
    leavable: Verdict


def show(ctx: Context) -> Response:
    return _page(ctx, InviteForm.filled({}, ctx._))


def ask(ctx: Context) -> Response:
    """POST: invite. The answer is the same whether there is such a person or not."""
    form = InviteForm.read(ctx.form, ctx._)
    if not form.ok:
        return _page(ctx, form, status=422)
    invite(ctx.session, ctx.actor, ctx.path["id"], form.values["whom"], now=ctx.now)
    ctx.say("ok", ctx._(N_("If there is such a person here, they have been asked. They appear once they accept.")))
    return _back(ctx)


def accept(ctx: Context) -> Response:
    join(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._(N_("You are an author of this proposal now and can change its text.")))
    return redirect(ctx, f"/proposals/{ctx.path['id']}")


def refuse(ctx: Context) -> Response:
    decline(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._(N_("You declined the invitation.")))
    return redirect(ctx, "/me")


def go(ctx: Context) -> Response:
    leave(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._(N_("You are no longer an author of this proposal.")))
    return redirect(ctx, "/me")


def invitations(ctx: Context) -> tuple[Invitation, ...] | None:
    """The block on one's own page; nothing without an invitation."""
    return invitations_of(ctx.session, ctx.actor) or None


def _page(ctx: Context, form: InviteForm, status: int = 200) -> Response:
    view = proposal_page(ctx.session, ctx.actor, ctx.path["id"], ctx.now, ctx.locale)
    invited = is_invited(ctx.session, ctx.actor, ctx.path["id"])
    if view is None or not (invited or may_read(ctx.actor, view.standing)):
        raise NotFound
    case = view.standing
    found = AuthorsPage(
        view, form, may_invite(ctx.actor, case), may_join(ctx.actor, case, invited), may_leave(ctx.actor, case)
    )
    return page(ctx, "proposals/authors.html", found, status=status)


def _back(ctx: Context) -> Response:
    return redirect(ctx, f"/proposals/{ctx.path['id']}/authors")


ME_BLOCKS = (MeBlock("proposals/_invitations.html", invitations, order=10),)
ROUTES = (
    get("/proposals/{id:int}/authors", show),
    post("/proposals/{id:int}/authors", ask, limit="invite"),
    post("/proposals/{id:int}/invitation", accept),
    delete("/proposals/{id:int}/invitation", refuse),
    delete("/proposals/{id:int}/authors/me", go),
)
