"""Pages of moderation: reporting, appealing, the desk, the public report."""

from dataclasses import dataclass
from typing import Any

from participation.moderation import actions, queries
from participation.moderation.forms import GROUNDS, AppealForm, HideForm, NoteForm, ReportForm
from participation.moderation.models import Ground
from participation.moderation.policy import may_appeal, may_moderate, may_read_desk, may_report, may_restore
from participation.policy import N_, Verdict, ensure
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, delete, get, page, post, put, redirect
from participation.web.paging import Pager, make_pager, read_paging


@dataclass(frozen=True)
class Thing:
    """The thing that a page is about."""

    id: int
    kind: str
    title: str
    url: str
    hidden_reason: str = ""


@dataclass(frozen=True)
class Queue:
    items: list[queries.QueueItem]
    appeals: list[queries.QueueItem]
    pager: Pager
    kinds: dict[str, str]


@dataclass(frozen=True)
class Case:
    """A reported or hidden thing on the desk."""

    thing: Thing
    hidden: bool
    reports: list[queries.ReportView]
    appeal: str
    grounds: dict[str, str]
    may: Verdict


@dataclass(frozen=True)
class PublicReport:
    counts: list[tuple[str, str, int]]
    steps: list[queries.StepView]
    pager: Pager
    grounds: dict[str, str]
    kinds: dict[str, str]


def report_form(ctx: Context) -> Response:
    subject = _subject(ctx)
    ensure(may_report(ctx.actor, subject))
    return page(ctx, "moderation/report.html", _thing(ctx, subject), form=ReportForm.filled({}, ctx._))


def report(ctx: Context) -> Response:
    subject = _subject(ctx)
    form = ReportForm.read(ctx.form, ctx._)
    if not form.ok:
        ensure(may_report(ctx.actor, subject))
        return page(ctx, "moderation/report.html", _thing(ctx, subject), form=form, status=422)
    ground = Ground(form.values["ground"])
    actions.report_thing(ctx.session, ctx.actor, subject, ground=ground, words=form.values["text"], now=ctx.now)
    ctx.say("ok", ctx._(N_("Thank you. The secretariat will look at it.")))
    return redirect(ctx, _thing(ctx, subject).url)


def appeal_form(ctx: Context) -> Response:
    subject = _subject(ctx)
    ensure(may_appeal(ctx.actor, subject))
    return page(ctx, "moderation/appeal.html", _thing(ctx, subject), form=AppealForm.filled({}, ctx._))


def appeal(ctx: Context) -> Response:
    subject = _subject(ctx)
    form = AppealForm.read(ctx.form, ctx._)
    if not form.ok:
        ensure(may_appeal(ctx.actor, subject))
        return page(ctx, "moderation/appeal.html", _thing(ctx, subject), form=form, status=422)
    actions.appeal(ctx.session, ctx.actor, subject, words=form.values["text"], now=ctx.now)
    ctx.say("ok", ctx._(N_("The secretariat has received your words and will answer.")))
    return redirect(ctx, "/me")


def desk(ctx: Context) -> Response:
    ensure(may_read_desk(ctx.actor))
    paging = read_paging(ctx.query)
    items, total = queries.queue(ctx.session, paging)
    view = Queue(items, queries.appeals(ctx.session), make_pager(paging, total), _kinds(ctx))
    return page(ctx, "moderation/desk.html", view)


def case(ctx: Context) -> Response:
    ensure(may_read_desk(ctx.actor))
    return _case(ctx, _subject(ctx), HideForm.filled({}, ctx._), NoteForm.filled({}, ctx._))


def hide(ctx: Context) -> Response:
    subject = _subject(ctx)
    form = HideForm.read(ctx.form, ctx._)
    if not form.ok:
        ensure(may_moderate(ctx.actor))
        return _case(ctx, subject, form, NoteForm.filled({}, ctx._), status=422)
    ground, reason = Ground(form.values["ground"]), form.values["reason"]
    actions.hide_thing(ctx.session, ctx.actor, subject, ground=ground, reason=reason, now=ctx.now)
    return _done(ctx, N_("It is hidden, and its author is told why."))


def restore(ctx: Context) -> Response:
    note = str(ctx.form.get("note", ""))[:1000]
    actions.restore_thing(ctx.session, ctx.actor, _subject(ctx), note=note, now=ctx.now)
    return _done(ctx, N_("It is shown again."))


def dismiss(ctx: Context) -> Response:
    actions.dismiss_reports(ctx.session, ctx.actor, _subject(ctx), now=ctx.now)
    return _done(ctx, N_("The reports are closed; the contribution stays."))


def reject_appeal(ctx: Context) -> Response:
    subject = _subject(ctx)
    form = NoteForm.read(ctx.form, ctx._)
    if not form.ok:
        ensure(may_restore(ctx.actor, subject))
        return _case(ctx, subject, HideForm.filled({}, ctx._), form, status=422)
    actions.reject_appeal(ctx.session, ctx.actor, subject, note=form.values["note"], now=ctx.now)
    return _done(ctx, N_("The appeal is answered; the contribution stays hidden."))


def public_report(ctx: Context) -> Response:
    paging = read_paging(ctx.query)
    steps, total = queries.steps(ctx.session, paging)
    counts = queries.step_counts(ctx.session)
    grounds = {key: ctx._(label) for key, label in GROUNDS}
    return page(
        ctx, "moderation/public.html", PublicReport(counts, steps, make_pager(paging, total), grounds, _kinds(ctx))
    )


def tools(ctx: Context, subject: Any) -> Thing | None:
    """The block on a subject's page: report a problem."""
    return _thing(ctx, subject) if subject.visible and subject.kind != "process" else None


def waiting(session: Any, now: Any) -> list[tuple[str, int, int, str]]:
    """For the desk: what waits and for how many days."""
    labels = {"reports": N_("Reported contributions"), "appeals": N_("Appeals")}
    found = queries.waiting(session, now)
    return [(labels[what], count, (now - since).days if since else 0, url) for what, count, since, url in found]


def _done(ctx: Context, message: str) -> Response:
    ctx.say("ok", ctx._(message))
    return redirect(ctx, "/secretariat/reports")


def _case(ctx: Context, subject: Subject, form: HideForm, note: NoteForm, *, status: int = 200) -> Response:
    found = actions.open_appeal(ctx.session, subject.id)
    view = Case(
        _thing(ctx, subject),
        subject.hidden_at is not None,
        queries.reports_on(ctx.session, subject.id),
        found.text if found else "",
        {key: ctx._(label) for key, label in GROUNDS},
        may_moderate(ctx.actor),
    )
    return page(ctx, "moderation/case.html", view, form=form, note=note, status=status)


def _thing(ctx: Context, subject: Any) -> Thing:
    kind = ctx.services.registry.kinds[subject.kind]
    return Thing(subject.id, ctx._(kind.label), subject.title, kind.path(subject.id), subject.hidden_reason)


def _kinds(ctx: Context) -> dict[str, str]:
    return {key: ctx._(kind.label) for key, kind in ctx.services.registry.kinds.items()}


def _subject(ctx: Context) -> Subject:
    subject = ctx.session.get(Subject, ctx.path["id"])
    if subject is None or subject.published_at is None or subject.kind not in ctx.services.registry.kinds:
        raise NotFound
    return subject


ROUTES = (
    get("/report/{id:int}", report_form),
    post("/report/{id:int}", report, limit="report"),
    get("/appeal/{id:int}", appeal_form),
    post("/appeal/{id:int}", appeal, limit="report"),
    get("/moderation", public_report, cached=True),
    get("/secretariat/reports", desk),
    get("/secretariat/reports/{id:int}", case),
    delete("/secretariat/reports/{id:int}", dismiss),
    put("/secretariat/hidden/{id:int}", hide),
    delete("/secretariat/hidden/{id:int}", restore),
    delete("/secretariat/appeals/{id:int}", reject_appeal),
)
