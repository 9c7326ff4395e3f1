"""The secretariat's queue of yearly reports, and the page on which it decides."""

from dataclasses import dataclass

from participation.component import MenuItem
from participation.db import Localized
from participation.organisations.models import Organisation
from participation.policy import N_, ensure
from participation.web import Context, NotFound, Response, get, page, post, redirect
from rules.documents.models import Document
from rules.checks.reporting import actions
from rules.checks.reporting.forms import ReviewForm
from rules.checks.reporting.models import ReportState, SelfReport
from rules.checks.reporting.policy import DESK, may_review, may_see_queue
from rules.checks.reporting.queries import LABELS, QueueLine, ReportView, queue, report_of

SAYS = {ReportState.ACCEPTED: N_("Accept the report"), ReportState.RETURNED: N_("Return the report")}
SHOWN = (ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED)


@dataclass(frozen=True)
class QueuePage:
    items: tuple[QueueLine, ...]
    show: str
    shows: list[tuple[str, str]]


@dataclass(frozen=True)
class ReviewPage:
    report: ReportView
    organisation: str
    slug: str
    rule: str
    title: Localized
    article: str
    choices: list[tuple[str, str]]
    form: ReviewForm

    @property
    def finding_path(self) -> str:
        return f"/rules/board/{self.rule}/{self.article}/organisation/{self.slug}"


def index(ctx: Context) -> Response:
    """What waits, or what was decided; the oldest stands first."""
    ensure(may_see_queue(ctx.actor))
    show = ctx.query.get("show", "")
    show = show if show in (*SHOWN, "all") else str(ReportState.SUBMITTED)
    items = queue(ctx.session, "" if show == "all" else show, ctx.locale)
    shows = [(str(state), ctx._(LABELS[state])) for state in SHOWN]
    return page(ctx, "rules/reports/queue.html", QueuePage(items, show, [*shows, ("all", ctx._("All"))]))


def review(ctx: Context) -> Response:
    return _page(ctx, _found(ctx), ReviewForm.filled({}, ctx._))


def decide(ctx: Context) -> Response:
    row, form, wanted = _found(ctx), ReviewForm.read(ctx.form, ctx._), str(ctx.form.get("to", ""))
    if wanted not in SAYS:
        raise NotFound
    to = ReportState(wanted)
    ensure(may_review(ctx.actor, row.organisation_id, ReportState(row.state), to))
    if to == ReportState.RETURNED and form.ok and not form.values["reason"]:
        form.fail("reason", N_("Please say why."))
    if not form.ok:
        return _page(ctx, row, form, 422)
    actions.review(ctx.session, ctx.actor, row.id, to, form.values["reason"], now=ctx.now)
    ctx.say("ok", ctx._("Recorded. The organisation's people are told, with your words."))
    return redirect(ctx, f"/secretariat/yearly-reports/{row.id}")


def _found(ctx: Context) -> SelfReport:
    ensure(may_see_queue(ctx.actor))
    row = ctx.session.get(SelfReport, ctx.path["id"])
    if row is None or row.state == ReportState.DRAFT:
        raise NotFound
    return row


def _page(ctx: Context, row: SelfReport, form: ReviewForm, status: int = 200) -> Response:
    organisation = ctx.session.get_one(Organisation, row.organisation_id)
    rule, state = ctx.session.get_one(Document, row.document_id), ReportState(row.state)
    view = ReviewPage(
        report_of(ctx.session, ctx.actor, row),
        organisation.name.to(ctx.locale),
        organisation.slug,
        rule.slug,
        rule.title,
        row.article,
        [(str(to), ctx._(label)) for to, label in SAYS.items() if may_review(ctx.actor, organisation.id, state, to)],
        form,
    )
    return page(ctx, "rules/reports/review.html", view, status=status)


PATH = "/secretariat/yearly-reports"
MENU = (MenuItem("desk-reports", N_("Yearly reports"), PATH, place="desk", order=42, roles=DESK),)
ROUTES = (
    get("/secretariat/yearly-reports", index),
    get("/secretariat/yearly-reports/{id:int}", review),
    post("/secretariat/yearly-reports/{id:int}", decide),
)
