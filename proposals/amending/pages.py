"""Amendments in the browser: the list on a proposal's page, the form, one amendment with what it changes."""

from dataclasses import dataclass
from typing import Any

from participation.component import SubjectBlock
from participation.policy import N_, Verdict, ensure
from participation.web import (
    Context,
    NotFound,
    Response,
    delete,
    get,
    page,
    post,
    redirect,
    subject_blocks,
)
from proposals.amending.actions import accept, reject, suggest, take_back
from proposals.amending.forms import AcceptForm, AmendmentForm, RejectForm
from proposals.amending.policy import may_accept, may_decide, may_suggest, may_take_back
from proposals.amending.queries import AmendmentItem, AmendmentView, amendment_view, amendments_on
from proposals.policy import may_read
from proposals.queries import standing
from proposals.reading import ProposalPage, proposal_page


@dataclass(frozen=True)
class AmendmentsBlock:
    proposal_id: int
    items: tuple[AmendmentItem, ...]
    suggestable: Verdict


@dataclass(frozen=True)
class SuggestPage:
    proposal: ProposalPage
    form: AmendmentForm


@dataclass(frozen=True)
class AmendmentPage:
    amendment: AmendmentView
    acceptable: Verdict
    rejectable: Verdict
    withdrawable: Verdict
    form: RejectForm


def amendments_block(ctx: Context, subject: Any) -> AmendmentsBlock | None:
    """Nothing where there are none and none can be suggested; one query if there are any."""
    if subject.kind != "proposal" or not subject.visible:
        return None
    items = amendments_on(ctx.session, subject.id) if subject.amendments else ()
    verdict = may_suggest(ctx.actor, subject.standing)
    shown = items or verdict or verdict.kind == "sign_in"
    return AmendmentsBlock(subject.id, items, verdict) if shown else None


def new(ctx: Context) -> Response:
    view = _proposal(ctx)
    ensure(may_suggest(ctx.actor, view.standing))
    form = AmendmentForm.filled({"title": view.title, "body": view.body}, ctx._)
    return page(ctx, "proposals/amend.html", SuggestPage(view, form))


def create(ctx: Context) -> Response:
    view = _proposal(ctx)
    ensure(may_suggest(ctx.actor, view.standing))
    form = AmendmentForm.read(ctx.form, ctx._)
    form.expect_change(view.title, view.body)
    if not form.ok:
        return page(ctx, "proposals/amend.html", SuggestPage(view, form), status=422)
    number = suggest(ctx.session, ctx.actor, view.id, **form.values, now=ctx.now)
    ctx.say("ok", ctx._(N_("Your amendment is public. The authors decide about it, and you are told.")))
    return redirect(ctx, f"/amendments/{number}")


def show(ctx: Context) -> Response:
    return _page(ctx, RejectForm.filled({}, ctx._))


def say_yes(ctx: Context) -> Response:
    form = AcceptForm.read(ctx.form, ctx._)
    if not form.ok:
        again = RejectForm.filled({}, ctx._)
        again.fail("seen_version", N_("Please look at the change once more, then decide."))
        return _page(ctx, again, status=422)
    number, note = form.values["seen_version"], form.values["note"]
    accept(ctx.session, ctx.actor, ctx.path["id"], seen_version=number, note=note, now=ctx.now)
    ctx.say("ok", ctx._(N_("The amendment is the proposal's new version now.")))
    return redirect(ctx, f"/amendments/{ctx.path['id']}")


def say_no(ctx: Context) -> Response:
    form = RejectForm.read(ctx.form, ctx._)
    if not form.ok:
        return _page(ctx, form, status=422)
    reject(ctx.session, ctx.actor, ctx.path["id"], note=form.values["note"], now=ctx.now)
    ctx.say("ok", ctx._(N_("You did not accept the amendment; who suggested it is told why.")))
    return redirect(ctx, f"/amendments/{ctx.path['id']}")


def withdraw(ctx: Context) -> Response:
    take_back(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._(N_("You took your amendment back.")))
    return redirect(ctx, f"/amendments/{ctx.path['id']}")


def _page(ctx: Context, form: RejectForm, status: int = 200) -> Response:
    view = amendment_view(ctx.session, ctx.path["id"])
    case = standing(ctx.session, view.proposal_id, ctx.now) if view else None
    if view is None or case is None or view.hidden or not may_read(ctx.actor, case):
        raise NotFound
    found = AmendmentPage(
        view,
        may_accept(ctx.actor, case, view, case.version),
        may_decide(ctx.actor, case, view),
        may_take_back(ctx.actor, view),
        form,
    )
    if status != 200:
        ensure(found.rejectable)
    return page(ctx, "proposals/amendment.html", found, status=status, blocks=subject_blocks(ctx, view))


def _proposal(ctx: Context) -> ProposalPage:
    view = proposal_page(ctx.session, ctx.actor, ctx.path["id"], ctx.now, ctx.locale)
    if view is None or not view.visible:
        raise NotFound
    return view


BLOCKS = (SubjectBlock("proposals/_amendments.html", amendments_block, place="main", order=40),)
ROUTES = (
    get("/proposals/{id:int}/amendments/new", new),
    post("/proposals/{id:int}/amendments", create, limit="amend"),
    get("/amendments/{id:int}", show, cached=True),
    delete("/amendments/{id:int}", withdraw),
    post("/amendments/{id:int}/acceptance", say_yes),
    post("/amendments/{id:int}/rejection", say_no),
)
