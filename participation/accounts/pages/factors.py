"""Pages of one's own second factor: set up, recovery codes, turn off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import segno

from participation.accounts import factors, queries, totp
from participation.accounts.browser import limit_codes, renew_session
from participation.accounts.forms import AgainForm, CodeForm, TurnOffForm
from participation.accounts.pages.asking import WRONG_CODE, ask_first_factor, ask_password, spend_code
from participation.accounts.pages.second_step import NO_RECOVERY_CODE
from participation.accounts.policy import may_change_own
from participation.policy import N_, ensure
from participation.web import Context, Response, delete, get, page, post, redirect

HERE = "/me/second-factor"


@dataclass(frozen=True)
class SecondFactor:
    since: datetime | None
    left: int  # recovery codes
    has_password: bool
    resting: bool  # a role that waits for a second factor
    again: AgainForm
    turn_off: TurnOffForm


@dataclass(frozen=True)
class SetUp:
    """What the app needs: as a picture, as a link for the device itself, as text to type."""

    picture: str  # data: address
    address: str
    secret: str  # in groups of four


@dataclass(frozen=True)
class Codes:
    codes: list[str]
    file: str  # data: address


def overview(ctx: Context) -> Response:
    ensure(may_change_own(ctx.actor))
    return _show(ctx)


def _show(ctx: Context, form: AgainForm | None = None) -> Response:
    view = SecondFactor(
        since=factors.factor_since(ctx.session, ctx.actor.id or 0),
        left=factors.codes_left(ctx.session, ctx.actor.id or 0),
        has_password=queries.has_password(ctx.session, ctx.actor),
        resting=queries.desk_role_rests(ctx.session, ctx.actor),
        again=form if type(form) is AgainForm else AgainForm.filled({}, ctx._),
        turn_off=form if isinstance(form, TurnOffForm) else TurnOffForm.filled({}, ctx._),
    )
    return page(ctx, "accounts/second_factor.html", view, status=200 if form is None else 422, form=form)


def prepare_again(ctx: Context) -> AgainForm:
    return ask_password(ctx, AgainForm.read(ctx.form, ctx._))


def begin(ctx: Context) -> Response:
    form = ctx.prepared
    if not form.ok:
        return _show(ctx, form)
    factors.begin_set_up(ctx.session, ctx.actor, ctx.services.secret, ctx.now)
    return redirect(ctx, f"{HERE}/set-up")


def set_up_page(ctx: Context) -> Response:
    ensure(may_change_own(ctx.actor))
    return _set_up(ctx, CodeForm.filled({}, ctx._))


def _set_up(ctx: Context, form: CodeForm, status: int = 200) -> Response:
    secret = factors.waiting_secret(ctx.session, ctx.actor, ctx.services.secret, ctx.now)
    if secret is None:
        return redirect(ctx, HERE)
    site = ctx.services.extras.get("site", lambda: {})().get("name", {})
    issuer = site.get(ctx.locale) or site.get("ja") or ctx.settings.host
    address = totp.enrolment_address(secret, ctx.actor.email or ctx.actor.name, issuer)
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=4)
    view = SetUp(picture, address, " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)))
    return page(ctx, "accounts/second_factor_set_up.html", view, form=form, status=status)


def limit_first_code(ctx: Context) -> None:
    ensure(may_change_own(ctx.actor))
    limit_codes(ctx, ctx.actor.id or 0)


def finish(ctx: Context) -> Response:
    form = CodeForm.read(ctx.form, ctx._)
    code = form.values.get("code", "")
    codes = factors.finish_set_up(ctx.session, ctx.actor, ctx.services.secret, code, ctx.now) if form.ok else None
    if codes is None:
        form.fail("code", WRONG_CODE)
        return _set_up(ctx, form, 422)
    renew_session(ctx)
    ctx.say("ok", ctx._(N_("Your second factor is set up. You are signed out everywhere else.")))
    return _codes(ctx, codes)


def _codes(ctx: Context, codes: list[str]) -> Response:
    heading = ctx._(N_("Recovery codes for %(address)s"), address=ctx.settings.base_url)
    text = "".join(f"{line}\n" for line in (heading, "", *codes))
    view = Codes(codes, f"data:text/plain;charset=utf-8,{quote(text)}")
    return page(ctx, "accounts/recovery_codes.html", view)


def new_codes(ctx: Context) -> Response:
    form = ctx.prepared
    if not form.ok:
        return _show(ctx, form)
    spend_code(ctx, form)
    return _codes(ctx, factors.make_recovery_codes(ctx.session, ctx.actor, ctx.now))


def prepare_turning_off(ctx: Context) -> TurnOffForm:
    """The password, and a code of either kind."""
    form = TurnOffForm.read(ctx.form, ctx._)
    if not form.values.get("recovery"):
        return ask_password(ctx, form)
    ensure(may_change_own(ctx.actor))
    ask_first_factor(ctx, form)
    if form.ok:
        limit_codes(ctx, ctx.actor.id or 0)
    return form


def turn_off(ctx: Context) -> Response:
    form = ctx.prepared
    if form.ok and form.values["recovery"]:
        if not factors.take_recovery_code(ctx.session, ctx.actor.id or 0, form.values["recovery"], ctx.now):
            form.fail("recovery", NO_RECOVERY_CODE)
    elif form.ok:
        spend_code(ctx, form)
    if not form.ok:
        return _show(ctx, form)
    factors.turn_off(ctx.session, ctx.actor, ctx.now)
    renew_session(ctx)
    ctx.say("ok", ctx._(N_("Your second factor is turned off.")))
    return redirect(ctx, HERE)


ROUTES: tuple[Any, ...] = (
    get(HERE, overview),
    post(HERE, begin, prepare=prepare_again, heavy=True),
    get(f"{HERE}/set-up", set_up_page),
    post(f"{HERE}/set-up", finish, prepare=limit_first_code),
    post(f"{HERE}/recovery-codes", new_codes, prepare=prepare_again, heavy=True),
    delete(HERE, turn_off, prepare=prepare_turning_off, heavy=True),
)
