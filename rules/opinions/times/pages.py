"""The secretariat's forms on announced times, and the deadline for everybody's calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from participation.policy import N_, Actor, Verdict, ensure
from participation.web import Context, Response, get, page, post, redirect
from participation.web.fields import Moment, Text
from participation.web.forms import Form
from participation.web.ics import Entry, calendar_answer
from rules.opinions.cases import Case
from rules.opinions.forms import PublicCommentForm
from rules.opinions.sending import read_case
from rules.opinions.times import actions, policy

LAST_HOUR = timedelta(hours=1)
SHOWN = N_("Everybody reads it.")


class WithReason(Form):
    reason_ja = Text(N_("Reason (Japanese)"), max=1000, lines=True, hint=SHOWN)
    reason_en = Text(N_("Reason (English)"), max=1000, lines=True, required=False)

    def texts(self) -> dict[str, str]:
        return {locale: self.values[f"reason_{locale}"] for locale in ("ja", "en") if self.values[f"reason_{locale}"]}


class CallingOffForm(WithReason):
    pass


class ExtensionForm(WithReason):
    closes_at = Moment(N_("New end"))

    def expect_later(self, case: Case) -> None:
        if self.ok and not policy.is_later(case, self.values["closes_at"]):
            self.fail("closes_at", policy.LATER)


@dataclass(frozen=True)
class TimesPage:
    """`step` names what is done: extension, correction, calling-off."""

    case: Case
    title: str
    step: str
    form: Any


def ask_extension(ctx: Context) -> Response:
    case = _usable(ctx, policy.may_extend)
    return _page(ctx, case, "extension", ExtensionForm.filled({"closes_at": case.closes_at}, ctx._))


def extend(ctx: Context) -> Response:
    case = _usable(ctx, policy.may_extend)
    form = ExtensionForm.read(ctx.form, ctx._)
    form.expect_later(case)
    if not form.ok:
        return _page(ctx, case, "extension", form, 422)
    values = {"closes_at": form.values["closes_at"], "reason": form.texts()}
    actions.extend(ctx.session, ctx.actor, case, **values, now=ctx.now)
    return _done(ctx, case, N_("The public comment is longer now. Followers and everybody who writes are told."))


def ask_correction(ctx: Context) -> Response:
    case = _usable(ctx, policy.may_correct)
    texts = {f"{name}_{locale}": getattr(case, name).get(locale, "")
             for name in ("reason", "contact") for locale in ("ja", "en")}  # fmt: skip
    times = {"opens_at": case.opens_at, "closes_at": case.closes_at}
    return _page(ctx, case, "correction", PublicCommentForm.filled({**times, **texts}, ctx._))


def correct(ctx: Context) -> Response:
    case = _usable(ctx, policy.may_correct)
    form = PublicCommentForm.read(ctx.form, ctx._)
    form.expect_time(ctx.now.replace(second=0, microsecond=0))
    if not form.ok:
        return _page(ctx, case, "correction", form, 422)
    times = {"opens_at": form.values["opens_at"], "closes_at": form.values["closes_at"]}
    texts = {"reason": form.texts("reason"), "contact": form.texts("contact")}
    actions.correct(ctx.session, ctx.actor, case, **times, **texts, now=ctx.now)
    return _done(ctx, case, N_("The announcement is corrected. Followers are told."))


def ask_calling_off(ctx: Context) -> Response:
    return _page(ctx, _usable(ctx, policy.may_correct), "calling-off", CallingOffForm.filled({}, ctx._))


def call_off(ctx: Context) -> Response:
    case = _usable(ctx, policy.may_correct)
    form = CallingOffForm.read(ctx.form, ctx._)
    if not form.ok:
        return _page(ctx, case, "calling-off", form, 422)
    actions.call_off(ctx.session, ctx.actor, case, reason=form.texts(), now=ctx.now)
    return _done(ctx, case, N_("The public comment is called off. Followers are told."))


def as_calendar(ctx: Context) -> Response:
    """The hour before the close, so that the reminder comes while there is time to write."""
    case = read_case(ctx)
    url = f"{ctx.settings.base_url}{case.path}"
    entry = Entry(
        uid=f"public-comment-{case.id}@{ctx.settings.base_url.split('//')[-1]}",
        title=ctx._(N_("Opinions on “%(title)s” close"), title=case.title.to(ctx.locale)),
        starts_at=max(case.opens_at, case.closes_at - LAST_HOUR),
        ends_at=case.closes_at,
        url=url,
        text=case.contact.to(ctx.locale),
        sequence=case.sequence,
        called_off=case.called_off,
    )
    return calendar_answer(f"{case.slug}-{case.number}", ctx.now, entry)


def _usable(ctx: Context, may: Callable[[Actor, Case, datetime], Verdict]) -> Case:
    case = read_case(ctx)
    ensure(may(ctx.actor, case, ctx.now))
    return case


def _page(ctx: Context, case: Case, step: str, form: Form, status: int = 200) -> Response:
    view = TimesPage(case, case.title.to(ctx.locale), step, form)
    return page(ctx, "rules/opinions/times/form.html", view, status=status)


def _done(ctx: Context, case: Case, told: str) -> Response:
    ctx.say("ok", ctx._(told))
    return redirect(ctx, case.path)


PLACE = "/documents/{slug}/{version:int}/public-comment"
ROUTES = (
    get(f"{PLACE}.ics", as_calendar, cached=True),
    get(f"{PLACE}/extension", ask_extension),
    post(f"{PLACE}/extension", extend),
    get(f"{PLACE}/correction", ask_correction),
    post(f"{PLACE}/correction", correct),
    get(f"{PLACE}/calling-off", ask_calling_off),
    post(f"{PLACE}/calling-off", call_off),
)
