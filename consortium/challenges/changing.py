"""Changing what was posted, in the open, by page and by API."""

from dataclasses import dataclass
from typing import Any

from consortium.challenges.actions import change_challenge
from consortium.challenges.forms import ChangeForm
from consortium.challenges.pages import read
from consortium.challenges.policy import may_change_challenge
from consortium.challenges.queries import Line
from participation.db import Localized
from participation.policy import ensure
from participation.spaces.queries import places
from participation.web import Context, Response, get, page, patch, redirect
from participation.web.i18n import ZONE


@dataclass(frozen=True)
class ChangePage:
    form: ChangeForm
    line: Line


def ask(ctx: Context) -> Response:
    line = changeable(ctx)
    return page(ctx, PAGE, ChangePage(ChangeForm.filled(stored(line), ctx._, choices=offered(ctx)), line))


def change(ctx: Context) -> Response:
    line = changeable(ctx)
    form = fitting(ctx, line, ChangeForm.read(ctx.form, ctx._, choices=offered(ctx)))
    if not form.ok:
        return page(ctx, PAGE, ChangePage(form, line), status=422)
    if apply_change(ctx, line, form):
        ctx.say("ok", ctx._("Changed. What stood there before can be read below."))
    return redirect(ctx, line.path)


def changeable(ctx: Context) -> Line:
    line = read(ctx)
    ensure(may_change_challenge(ctx.actor, line.poster_id, line.state))
    return line


def fitting(ctx: Context, line: Line, form: ChangeForm) -> ChangeForm:
    """The form with what depends on the day, and on the day that was posted."""
    form.keep_day(line.closes_on)
    form.fit(ctx.now.astimezone(ZONE).date())
    return form


def apply_change(ctx: Context, line: Line, form: ChangeForm) -> bool:
    said = form.said(places(ctx.session, ctx.locale), {})
    return change_challenge(ctx.session, ctx.actor, line.id, said, form.values["reason"], now=ctx.now)


def offered(ctx: Context) -> dict[str, list[tuple[str, str]]]:
    found = places(ctx.session, ctx.locale)
    return {
        "category": [(each.key, each.name) for each in found.categories],
        "area": [(each.key, each.name) for each in found.areas],
    }


def stored(line: Line) -> dict[str, Any]:
    """What was posted, by the names of the form."""
    texts: dict[str, Localized] = {"title": line.title, "background": line.background, "wanted": line.wanted}
    return {
        **{f"{name}_{tongue}": text.get(tongue, "") for name, text in texts.items() for tongue in ("ja", "en")},
        "category": line.field.key if line.field else "",
        "area": line.area.key if line.area else "",
        "closes_on": line.closes_on,
    }


PAGE = "consortium/challenges/change.html"
ROUTES = (
    get("/challenges/{id:int}/change", ask),
    patch("/challenges/{id:int}/change", change, limit="post_challenge"),
)
