"""Writing a yearly report: a form that keeps what is typed."""

from dataclasses import dataclass

from sqlalchemy import select

from participation.policy import Verdict, ensure
from participation.web import Context, NotFound, Response, fragment, get, page, post, redirect
from participation.web.fields import clean
from rules.checks.reporting import actions
from rules.checks.reporting.findings import Asked, cell_path
from rules.checks.reporting.forms import ReportForm
from rules.checks.reporting.models import ReportState, SelfReport
from rules.checks.reporting.policy import may_read, may_write
from rules.checks.reporting.queries import ReportView, asked_of_everybody, report_of

LONGEST = 4_000  # characters of a draft


@dataclass(frozen=True)
class WritePage:
    asked: Asked
    form: ReportForm
    saved: bool
    writable: Verdict
    report: ReportView | None  # with its steps, once it was handed in

    @property
    def finding_path(self) -> str:
        return cell_path(self.asked.subject, self.asked.article)


def show(ctx: Context) -> Response:
    asked, row = _found(ctx)
    stored = {"text": row.text, "links": row.links} if row else {}
    return _page(ctx, asked, row, ReportForm.filled(stored, ctx._))


def save(ctx: Context) -> Response:
    """Autosave, and the button for whoever has no script: nothing is checked yet."""
    asked, _ = _found(ctx)
    form = ReportForm.read(ctx.form, ctx._)
    text, links = (clean(form.raw.get(name, ""))[:LONGEST] for name in ("text", "links"))
    actions.save_draft(ctx.session, ctx.actor, asked, text, links, now=ctx.now)
    if ctx.form.get("do") != "save":
        return fragment(ctx, "rules/reports/_saved.html", None)
    ctx.say("ok", ctx._("Your draft is kept. You can go on with it here at any time."))
    return redirect(ctx, asked.path)


def send(ctx: Context) -> Response:
    asked, row = _found(ctx)
    ensure(may_write(ctx.actor, asked.subject.id, ReportState(row.state) if row else ReportState.DRAFT))
    form = ReportForm.read(ctx.form, ctx._)
    if not form.ok:
        return _page(ctx, asked, row, form, 422)
    actions.submit(ctx.session, ctx.actor, asked, form.values["text"], form.links_value(), now=ctx.now)
    ctx.say("ok", ctx._("Your report was handed in. The secretariat looks at it, and you are told by mail."))
    return redirect(ctx, asked.path)


def _found(ctx: Context) -> tuple[Asked, SelfReport | None]:
    """The report of the address, and what is stored of it.

    Raises:
        NotFound: no such report is asked for now.
        Refused: the reader does not belong to the organisation, nor to the desk.
    """
    names = ctx.path
    wanted = (names["slug"], names["key"], names["article"], names["year"])
    every = asked_of_everybody(ctx.session, ctx.services.registry, ctx.now)
    asked = next((x for x in every if (x.subject.slug, x.article.rule, x.article.key, x.year.number) == wanted), None)
    if asked is None:
        raise NotFound
    ensure(may_read(ctx.actor, asked.subject.id))
    of_it = {"organisation_id": asked.subject.id, "document_id": asked.article.document_id}
    stored = select(SelfReport).filter_by(**of_it, article=asked.article.key, year=asked.year.number)
    return asked, ctx.session.scalar(stored)


def _page(ctx: Context, asked: Asked, row: SelfReport | None, form: ReportForm, status: int = 200) -> Response:
    state = ReportState(row.state) if row else ReportState.DRAFT
    view = WritePage(
        asked,
        form,
        row is not None and state in (ReportState.DRAFT, ReportState.RETURNED),
        may_write(ctx.actor, asked.subject.id, state),
        report_of(ctx.session, ctx.actor, row) if row and state != ReportState.DRAFT else None,
    )
    if state == ReportState.DRAFT:
        ensure(view.writable)  # a draft is its writers' own
    return page(ctx, "rules/reports/write.html", view, status=status)


_PATH = "/organisations/{slug}/reports/{key}/{article}/{year:int}"
ROUTES = (
    get(_PATH, show),
    post(_PATH, send, limit="self_report"),
    post(f"{_PATH}/draft", save, limit="autosave"),
)
