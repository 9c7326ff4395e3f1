"""Pages of one's own account: profile, verification, data."""

import json
from dataclasses import dataclass
from typing import Any

from participation.accounts import erasure, profile, queries, register
from participation.accounts.browser import forget_session
from participation.accounts.forms import EraseForm, ProfileForm, ProofForm
from participation.accounts.labels import METHOD, VERIFICATION
from participation.accounts.pages.asking import ask_password, asked_for, spend_code
from participation.accounts.policy import may_change_own
from participation.policy import N_, ensure
from participation.spaces.queries import places
from participation.web import Conflict, Context, Response, get, json_answer, page, post, put, redirect


@dataclass(frozen=True)
class Shown:
    """A verification in words."""

    label: str
    method: str
    at: Any


@dataclass(frozen=True)
class Profile:
    email: str
    verified: tuple[Shown, ...]


@dataclass(frozen=True)
class Verifying:
    verified: tuple[Shown, ...]


@dataclass(frozen=True)
class Erasing:
    has_password: bool
    second_factor: str  # what is asked for beside the password
    fresh: bool


def shown(ctx: Context) -> tuple[Shown, ...]:
    found = queries.own_verifications(ctx.session, ctx.actor)
    return tuple(Shown(ctx._(VERIFICATION[each.kind]), ctx._(METHOD[each.method]), each.at) for each in found)


def _areas(ctx: Context) -> list[tuple[str, str]]:
    return [(str(area.id), area.name) for area in places(ctx.session, ctx.locale).areas]


def profile_page(ctx: Context) -> Response:
    ensure(may_change_own(ctx.actor))
    account = queries.own_profile(ctx.session, ctx.actor)
    form = ProfileForm.filled(account, ctx._, choices={"area": _areas(ctx)})
    return page(ctx, "accounts/profile.html", Profile(ctx.actor.email, shown(ctx)), form=form)


def save_profile(ctx: Context) -> Response:
    ensure(may_change_own(ctx.actor))
    form = ProfileForm.read(ctx.form, ctx._, choices={"area": _areas(ctx)})
    if not form.ok:
        return page(ctx, "accounts/profile.html", Profile(ctx.actor.email, shown(ctx)), form=form, status=422)
    area = form.values["area"]
    profile.save_profile(ctx.session, ctx.actor, form.values, int(area) if area else None, ctx.now)
    ctx.set_cookies.append({"key": "lang", "value": form.values["locale"], "max_age": 31_536_000})
    ctx.say("ok", ctx._(N_("Saved.")))
    return redirect(ctx, "/me/profile")


def proof_page(ctx: Context) -> Response:
    ensure(may_change_own(ctx.actor))
    return page(ctx, "accounts/verification.html", Verifying(shown(ctx)), form=ProofForm.filled({}, ctx._))


def prove(ctx: Context) -> Response:
    ensure(may_change_own(ctx.actor))
    form = ProofForm.read(ctx.form, ctx._)
    if form.ok:
        try:
            with ctx.session.begin_nested():
                register.prove(
                    ctx.session,
                    ctx.actor,
                    ctx.services.secret,
                    form.values["name"],
                    form.values["born"],
                    form.values["address"],
                    ctx.now,
                )
        except Conflict as error:
            form.fail("name", error.message)
    if not form.ok:
        return page(ctx, "accounts/verification.html", Verifying(shown(ctx)), form=form, status=422)
    ctx.say("ok", ctx._(N_("Thank you, this is confirmed now. What you wrote was compared and not kept.")))
    return redirect(ctx, "/me/verification")


def data_page(ctx: Context) -> Response:
    ensure(may_change_own(ctx.actor))
    return page(ctx, "accounts/data.html", _erasing(ctx), form=EraseForm.filled({}, ctx._))


def _erasing(ctx: Context) -> Erasing:
    has_password = queries.has_password(ctx.session, ctx.actor)
    return Erasing(has_password, asked_for(ctx), profile.is_fresh(ctx.session, ctx.actor, ctx.now))


def download(ctx: Context) -> Response:
    """Everything that is kept about the reader, as JSON."""
    data = erasure.export(ctx.session, ctx.actor, ctx.services.registry)
    answer = json_answer(json.loads(json.dumps(data, default=str)))
    answer.headers["content-disposition"] = f'attachment; filename="sanpo-{ctx.now:%Y-%m-%d}.json"'
    return answer


def prepare_erasure(ctx: Context) -> EraseForm:
    return ask_password(ctx, EraseForm.read(ctx.form, ctx._))


def erase(ctx: Context) -> Response:
    form = ctx.prepared
    ensure(may_change_own(ctx.actor))
    if not form.ok:
        return page(ctx, "accounts/data.html", _erasing(ctx), form=form, status=422)
    spend_code(ctx, form)
    erasure.erase_account(ctx.session, ctx.actor, ctx.services.registry, ctx.now)
    forget_session(ctx)
    ctx.say("ok", ctx._(N_("Your account is erased. Thank you for having taken part.")))
    answer = redirect(ctx, "/")
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer


ROUTES = (
    get("/me/profile", profile_page),
    put("/me/profile", save_profile),
    get("/me/verification", proof_page),
    post("/me/verification", prove, limit="prove"),
    get("/me/data", data_page),
    get("/me/data.json", download, limit="export"),
    post("/me/erase", erase, prepare=prepare_erasure, heavy=True),
)
