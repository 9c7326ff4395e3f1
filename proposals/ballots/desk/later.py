"""More time: the page on which the close of an open ballot is put off."""

from dataclasses import dataclass

from participation.policy import ensure
from participation.web import Context, Response, get, page, post, redirect
from participation.web.forms import Form
from proposals.ballots import actions
from proposals.ballots.desk.reading import PATH, read
from proposals.ballots.forms import PostponeForm
from proposals.ballots.models import Ballot
from proposals.ballots.policy import may_postpone
from proposals.ballots.problems import Wrong


@dataclass(frozen=True)
class LaterPage:
    ballot: Ballot
    form: Form


def ask(ctx: Context) -> Response:
    return _page(ctx, PostponeForm.filled({}, ctx._))


def postpone(ctx: Context) -> Response:
    ballot, _ = read(ctx)
    form = PostponeForm.read(ctx.form, ctx._)
    if form.ok:
        until, reason = form.values["closes_at"], form.values["reason"]
        try:
            actions.postpone_ballot(ctx.session, ctx.actor, ballot.id, until, reason, now=ctx.now)
        except Wrong as wrong:
            form.errors.update(wrong.said(ctx._).errors)
    if not form.ok:
        return _page(ctx, form, 422)
    ctx.say("ok", ctx._("The close is put off. Voters and followers are told."))
    return redirect(ctx, f"{PATH}/{ballot.id}")


def _page(ctx: Context, form: Form, status: int = 200) -> Response:
    ballot, case = read(ctx)
    ensure(may_postpone(ctx.actor, case, ctx.now))
    return page(ctx, "proposals/ballots/desk_later.html", LaterPage(ballot, form), form=form, status=status)


ROUTES = (
    get(PATH + "/{id:int}/later", ask),
    post(PATH + "/{id:int}/later", postpone, limit="desk_ballot"),
)
