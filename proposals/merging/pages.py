"""Merging in two steps: into which one, then what would come of it."""

import re
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from participation.policy import N_, ensure
from participation.search.queries import similar
from participation.web import Context, NotFound, Response, get, page, post, redirect
from participation.web.fields import Text
from participation.web.forms import Form
from proposals.merging.actions import merge
from proposals.merging.policy import may_begin_merge, may_merge
from proposals.models import Support
from proposals.queries import standing
from proposals.reading import ProposalPage, proposal_page

ADDRESS = re.compile(r"(?:.*/proposals/)?([0-9]{1,18})/?(?:[?#].*)?")


class MergeForm(Form):
    into = Text(N_("Into which proposal"), max=200, hint=N_("Its number, or the address of its page."))
    reason = Text(N_("Reason"), min=5, max=500, lines=True, hint=N_("Kept in the record of this step."))

    def check(self) -> None:
        found = ADDRESS.fullmatch(self.values["into"])
        if found is None:
            self.fail("into", N_("Please write the number of a proposal, or the address of its page."))
        else:
            self.values["into"] = int(found[1])


@dataclass(frozen=True)
class Candidate:
    id: int
    title: str


@dataclass(frozen=True)
class MergePage:
    """`into` is the other proposal once it is known; `together` how many people support at least one of both."""

    proposal: ProposalPage
    form: MergeForm
    candidates: tuple[Candidate, ...]
    into: ProposalPage | None = None
    together: int = 0


def supporters_of_either(session: Session, first: int, second: int) -> int:
    """People who support at least one of two proposals. One query."""
    either = or_(Support.proposal_id == first, Support.proposal_id == second)
    return session.scalar(select(func.count(Support.account_id.distinct())).where(either)) or 0


def ask(ctx: Context) -> Response:
    """GET: which one? The closest ones are offered."""
    return _show(ctx, _proposal(ctx, ctx.path["id"]), MergeForm.filled({"into": ctx.query.get("into")}, ctx._))


def go(ctx: Context) -> Response:
    """POST: show what would come of it, or do it."""
    view = _proposal(ctx, ctx.path["id"])
    form = MergeForm.read(ctx.form, ctx._)
    into = _target(ctx, view, form)
    if into is None:
        return _show(ctx, view, form, status=422)
    if ctx.form.get("do") != "merge":
        return _show(ctx, view, form, into=into)
    count = merge(ctx.session, ctx.actor, view.id, into.id, reason=form.values["reason"], now=ctx.now)
    ctx.say("ok", ctx._(N_("The proposals are one now. It has %(count)s supports."), count=count))
    return redirect(ctx, into.path)


def _target(ctx: Context, view: ProposalPage, form: MergeForm) -> ProposalPage | None:
    """The other proposal; None, with the reason at its field, where it cannot be that one."""
    if not form.ok:
        return None
    into = proposal_page(ctx.session, ctx.actor, form.values["into"], ctx.now, ctx.locale)
    if into is None or not into.standing.published:
        form.fail("into", N_("There is no public proposal with this number."))
        return None
    verdict = may_merge(ctx.actor, view.standing, into.standing)
    if not verdict:
        form.fail("into", verdict.reason)
        return None
    return into


def _show(
    ctx: Context, view: ProposalPage, form: MergeForm, *, into: ProposalPage | None = None, status: int = 200
) -> Response:
    close = similar(ctx.session, ctx.services, ctx.actor, view.title, kind="proposal", limit=5, besides=view.id)
    candidates = tuple(Candidate(one.document.subject_id, one.document.title) for one in close)
    together = supporters_of_either(ctx.session, view.id, into.id) if into else 0
    return page(ctx, "proposals/merge.html", MergePage(view, form, candidates, into, together), status=status)


def _proposal(ctx: Context, proposal_id: int) -> ProposalPage:
    case = standing(ctx.session, proposal_id, ctx.now)
    if case is None or not case.published:
        raise NotFound
    ensure(may_begin_merge(ctx.actor, case))
    view = proposal_page(ctx.session, ctx.actor, proposal_id, ctx.now, ctx.locale)
    if view is None:
        raise NotFound
    return view


ROUTES = (get("/proposals/{id:int}/merge", ask), post("/proposals/{id:int}/merge", go))
