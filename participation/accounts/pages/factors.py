"""Pages of one's own second factor: set up, recovery codes, turn off."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import segno

from participation.accounts import factors, passkeys, queries, totp
from participation.accounts.browser import limit_codes, renew_session
from participation.accounts.forms import AddPasskeyForm, AgainForm, CodeForm, TurnOffForm
from participation.accounts.pages.asking import (
    WRONG_CODE,
    WRONG_PASSKEY,
    ask_first_factor,
    ask_password,
    asked_for,
    spend_code,
)
from participation.accounts.pages.second_step import NO_RECOVERY_CODE
from participation.accounts.policy import may_change_own
from participation.policy import N_, ensure
from participation.web import Context, Response, delete, get, json_answer, page, post, redirect

HERE = "/me/second-factor"
NO_KEY = N_("No passkey was made. This needs a browser with scripts, and a device that keeps passkeys.")


@dataclass(frozen=True)
class SecondFactor:
    since: datetime | None
    left: int  # recovery codes
    passkeys: tuple[passkeys.OwnPasskey, ...]
    has_password: bool
    second_factor: str  # what is asked for beside the password
    resting: bool  # a role that waits for a second factor
    again: AgainForm
    turn_off: TurnOffForm
    add: AddPasskeyForm


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
        passkeys=passkeys.own_passkeys(ctx.session, ctx.actor.id or 0),
        has_password=queries.has_password(ctx.session, ctx.actor),
        second_factor=asked_for(ctx),
        resting=queries.desk_role_rests(ctx.session, ctx.actor),
        again=form if type(form) is AgainForm else AgainForm.filled({}, ctx._),
        turn_off=form if isinstance(form, TurnOffForm) else TurnOffForm.filled({}, ctx._),
        add=form if isinstance(form, AddPasskeyForm) else AddPasskeyForm.filled({}, ctx._),
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
    address = totp.enrolment_address(secret, ctx.actor.email or ctx.actor.name, _title(ctx))
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=4)
    view = SetUp(picture, address, " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)))
    return page(ctx, "accounts/second_factor_set_up.html", view, form=form, status=status)


def _title(ctx: Context) -> str:
    """The platform's name, as apps and devices show it."""
    site = ctx.services.extras.get("site", lambda: {})().get("name", {})
    return site.get(ctx.locale) or site.get("ja") or ctx.settings.host


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


def new_key_options(ctx: Context) -> Response:
    """What a device needs to make a key, for the script of the page."""
    ensure(may_change_own(ctx.actor))
    options = passkeys.begin_adding(ctx.session, ctx.actor, ctx.settings, _title(ctx), ctx.now)
    return json_answer(json.loads(options))


def proof_options(ctx: Context) -> Response:
    """What a device is to sign before something that matters."""
    ensure(may_change_own(ctx.actor))
    return json_answer(json.loads(passkeys.begin_proof(ctx.session, ctx.actor.id or 0, ctx.settings, ctx.now)))


def prepare_adding(ctx: Context) -> AddPasskeyForm:
    return ask_password(ctx, AddPasskeyForm.read(ctx.form, ctx._))


def add_passkey(ctx: Context) -> Response:
    form = ctx.prepared
    if form.ok and not form.values["created"]:
        form.fail("name", NO_KEY)
    if form.ok:
        spend_code(ctx, form)
        name, made = form.values["name"], form.values["created"]
        if not passkeys.add_passkey(ctx.session, ctx.actor, name, made, ctx.settings, ctx.now):
            form.fail("name", WRONG_PASSKEY)
    if not form.ok:
        return _show(ctx, form)
    ctx.say("ok", ctx._(N_("The passkey is added. You can use it instead of a one-time code.")))
    return redirect(ctx, HERE)


def remove_passkey(ctx: Context) -> Response:
    passkeys.remove_passkey(ctx.session, ctx.actor, ctx.path["id"], ctx.now)
    ctx.say("ok", ctx._(N_("That passkey works no more.")))
    return redirect(ctx, HERE)


ROUTES: tuple[Any, ...] = (
    get(HERE, overview),
    post(HERE, begin, prepare=prepare_again, heavy=True),
    get(f"{HERE}/set-up", set_up_page),
    post(f"{HERE}/set-up", finish, prepare=limit_first_code),
    post(f"{HERE}/recovery-codes", new_codes, prepare=prepare_again, heavy=True),
    post(f"{HERE}/proof", proof_options, limit="token"),
    post(f"{HERE}/passkeys/options", new_key_options, limit="token"),
    post(f"{HERE}/passkeys", add_passkey, prepare=prepare_adding, heavy=True),
    delete(f"{HERE}/passkeys/{{id:int}}", remove_passkey),
    delete(HERE, turn_off, prepare=prepare_turning_off, heavy=True),
)
