"""The secretariat's forms: call a public comment on a version, enter a letter that came on paper."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from participation.policy import N_, ensure
from participation.web import Context, NotFound, Response, get, page, post, redirect
from participation.web.i18n import ZONE
from rules.opinions import actions, policy
from rules.opinions.cases import Case, case_by_id, headings
from rules.opinions.forms import PaperForm, PublicCommentForm


@dataclass(frozen=True)
class CallPage:
    title: str
    path: str  # of the version
    number: int
    form: PublicCommentForm


@dataclass(frozen=True)
class PaperPage:
    case: Case
    title: str
    form: PaperForm


def ask(ctx: Context) -> Response:
    """Thirty whole days from now, as a beginning."""
    _document, version = _callable(ctx)
    last = (ctx.now.astimezone(ZONE) + policy.USUAL).date()
    closes_at = datetime.combine(last, time(23, 59), ZONE)
    form = PublicCommentForm.filled({"opens_at": ctx.now, "closes_at": closes_at}, ctx._)
    return _call_page(ctx, version, form)


def call(ctx: Context) -> Response:
    _document, version = _callable(ctx)
    form = PublicCommentForm.read(ctx.form, ctx._)
    form.expect_time(ctx.now.replace(second=0, microsecond=0))
    if not form.ok:
        return _call_page(ctx, version, form, 422)
    times = {"opens_at": form.values["opens_at"], "closes_at": form.values["closes_at"]}
    texts = {"reason": form.texts("reason"), "contact": form.texts("contact")}
    actions.call_public_comment(
        ctx.session, ctx.actor, ctx.path["slug"], version.number, **times, **texts, now=ctx.now
    )
    ctx.say("ok", ctx._(N_("The public comment is called. It opens and closes by itself.")))
    return redirect(ctx, f"/documents/{ctx.path['slug']}/{version.number}")


def _callable(ctx: Context) -> tuple[Any, Any]:
    return actions.ensure_callable(ctx.session, ctx.actor, ctx.path["slug"], ctx.path["version"])


def _call_page(ctx: Context, version: Any, form: PublicCommentForm, status: int = 200) -> Response:
    path = f"/documents/{ctx.path['slug']}/{version.number}"
    view = CallPage(version.title.to(ctx.locale), path, version.number, form)
    return page(ctx, "rules/opinions/call.html", view, status=status)


def ask_letter(ctx: Context) -> Response:
    case = _enterable(ctx)
    form = PaperForm.filled({"formal": True}, ctx._, choices=_choices(ctx, case))
    return page(ctx, "rules/opinions/letter.html", PaperPage(case, case.title.to(ctx.locale), form))


def enter(ctx: Context) -> Response:
    case = _enterable(ctx)
    form = PaperForm.read(ctx.form, ctx._, choices=_choices(ctx, case))
    at = _expect_day(form, case, ctx.now)
    if not form.ok:
        return page(ctx, "rules/opinions/letter.html", PaperPage(case, case.title.to(ctx.locale), form), status=422)
    values = {name: value for name, value in form.values.items() if name != "received_on"}
    opinion = actions.enter_opinion(ctx.session, ctx.actor, case, actions.Words(**values), at=at, now=ctx.now)
    said = ctx._(N_("The letter is entered. Its receipt number is %(receipt)s."), receipt=opinion.receipt)
    ctx.say("ok", said)
    return redirect(ctx, case.desk)


def _expect_day(form: PaperForm, case: Case, now: datetime) -> datetime:
    """The moment that stands for the day of the letter, which must be one of those on which opinions are taken."""
    day = form.values.get("received_on")
    if day is None:
        return now
    first, last = case.opens_at.astimezone(ZONE).date(), min(case.closes_at, now).astimezone(ZONE).date()
    if not first <= day <= last:
        form.fail("received_on", N_("Please choose a day on which the public comment was open."))
    noon = datetime.combine(day, time(12), ZONE)
    return min(max(noon, case.opens_at), case.closes_at - timedelta(seconds=1))


def _enterable(ctx: Context) -> Case:
    ensure(policy.may_work(ctx.actor))
    case = case_by_id(ctx.session, ctx.path["id"])
    if case is None:
        raise NotFound
    ensure(policy.may_enter(ctx.actor, case, ctx.now))
    return case


def _choices(ctx: Context, case: Case) -> dict[str, list[tuple[str, str]]]:
    found = headings(ctx.session, case.version_id)
    return {"section": [(key, heading.to(ctx.locale)) for key, heading in found.items()]}


ROUTES = (
    get("/documents/{slug}/{version:int}/public-comment", ask),
    post("/documents/{slug}/{version:int}/public-comment", call),
    get("/secretariat/opinions/{id:int}/letter", ask_letter),
    post("/secretariat/opinions/{id:int}/letters", enter),
)
