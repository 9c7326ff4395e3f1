"""Papers of a meeting or a body: put beside it, read, taken away."""

from dataclasses import dataclass

from participation.meetings.forms import PaperForm, localized
from participation.meetings.models import Access, Paper
from participation.meetings.papers import Holder, add_paper, holder, may_read_paper, remove_paper
from participation.meetings.policy import may_lead
from participation.policy import Verdict, ensure
from participation.web import Context, NotFound, Response, delete, get, page, post, redirect


@dataclass(frozen=True)
class PaperPage:
    on: Holder
    paper: Paper
    removable: Verdict


@dataclass(frozen=True)
class PaperFormPage:
    on: Holder
    form: PaperForm


def show(ctx: Context) -> Response:
    paper, on = _found(ctx)
    return page(ctx, "meetings/paper.html", PaperPage(on, paper, may_lead(ctx.actor, on.body_kind, on.body_id)))


def new(ctx: Context) -> Response:
    on = _holder(ctx, ctx.query.get("on", ""))
    form = PaperForm.filled({"access": Access.PUBLIC}, ctx._)
    return page(ctx, "meetings/paper_new.html", PaperFormPage(on, form))


def create(ctx: Context) -> Response:
    on, form = _holder(ctx, str(ctx.form.get("on", ""))), PaperForm.read(ctx.form, ctx._)
    if not form.ok:
        return page(ctx, "meetings/paper_new.html", PaperFormPage(on, form), status=422)
    values, title = form.values, localized(form.values["title_ja"], form.values["title_en"])
    about = {"url": values["url"], "text": values["text"], "now": ctx.now}
    add_paper(ctx.session, ctx.actor, on, title, Access(values["access"]), **about)
    ctx.say("ok", ctx._("The document is there."))
    return redirect(ctx, on.path)


def remove(ctx: Context) -> Response:
    paper, on = _found(ctx)
    remove_paper(ctx.session, ctx.actor, on, paper, now=ctx.now)
    ctx.say("ok", ctx._("The document is taken away."))
    return redirect(ctx, on.path)


def _holder(ctx: Context, number: str) -> Holder:
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise NotFound
    on = holder(ctx.session, ctx.services.registry, int(number))
    ensure(may_lead(ctx.actor, on.body_kind, on.body_id))
    return on


def _found(ctx: Context) -> tuple[Paper, Holder]:
    """The paper, if this reader may have it. Raises NotFound."""
    paper = ctx.session.get(Paper, ctx.path["id"])
    if paper is None:
        raise NotFound
    on = holder(ctx.session, ctx.services.registry, paper.on_id)
    if not may_read_paper(ctx.actor, on, paper.access):
        raise NotFound
    return paper, on


ROUTES = (
    get("/papers/new", new),
    post("/papers", create, limit="plan_meeting"),
    get("/papers/{id:int}", show),
    delete("/papers/{id:int}", remove),
)
