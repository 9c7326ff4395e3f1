"""Pages for whoever sent something signed out: it is kept, and done by a mailed link or after signing in."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from participation.accounts import ephemeral
from participation.accounts.browser import start_session, wait_for_mail
from participation.accounts.factors import has_factor
from participation.accounts.forms import EmailForm
from participation.accounts.joining import account_by_email
from participation.accounts.pages.joining import read_address, unreferred
from participation.accounts.pages.second_step import let_in
from participation.accounts.policy import may_change_own
from participation.accounts.tokens import LIFETIME, Purpose, look_up
from participation.policy import N_, Refused, ensure
from participation.web import BadRequest, Context, Invalid, get, page, post, redirect, safe_path

LARGEST = 60_000  # characters of what is kept
NOT_KEPT = ("csrf", "_method", "password", "current")


@dataclass(frozen=True)
class Kept:
    """What was sent: the texts by name, as JSON for a hidden field, and the longer ones to show."""

    label: str  # of the intent; empty where this needs an account
    intent: str
    payload: str
    method: str
    path: str
    back: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Confirmation:
    key: str
    label: str
    email: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Again:
    """A request to be sent once more, now signed in."""

    path: str
    fields: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    back: str


@dataclass(frozen=True)
class Failed:
    message: str
    texts: tuple[str, ...]
    back: str


def keep_what_was_sent(ctx: Context) -> Any:
    """The answer to a form that somebody signed out has sent; nothing is stored before they say who they are."""
    texts = {name: value for name, value in ctx.form.multi_items() if isinstance(value, str) and name not in NOT_KEPT}
    intent = ctx.services.registry.intents.get(ctx.intent)
    view = Kept(
        label=ctx._(intent.label) if intent else "",
        intent=ctx.intent if intent else "",
        payload=json.dumps({**texts, **ctx.path}, ensure_ascii=False),
        method=ctx.method,
        path=ctx.url_path,
        back=safe_path(urlsplit(ctx.referer).path),
        texts=_long(texts),
    )
    return page(ctx, "accounts/take_part.html", view, status=401, form=EmailForm.filled({}, ctx._))


def _long(texts: Mapping[str, Any]) -> tuple[str, ...]:
    """What a person typed, as against ids and choices."""
    return tuple(str(value) for value in texts.values() if len(str(value)) > 20 or " " in str(value))


def _read(ctx: Context) -> Kept:
    """What the page above sends back.

    Raises:
        BadRequest: it is not what the page holds.
    """
    sent = {name: str(ctx.form.get(name, "")) for name in ("intent", "payload", "method", "path", "back")}
    try:
        texts = json.loads(sent["payload"][: LARGEST + 1])
    except ValueError:
        texts = None
    if not isinstance(texts, dict) or not all(_plain(value) for value in texts.values()):
        raise BadRequest(N_("This form cannot be read. Please send it from its page."))
    intent = ctx.services.registry.intents.get(sent["intent"])
    sent |= {"path": safe_path(sent["path"]), "back": safe_path(sent["back"])}
    return Kept(label=ctx._(intent.label) if intent else "", texts=_long(texts), **sent)


def _plain(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and 0 <= value < 2**63)


def take_part(ctx: Context) -> Any:
    form, kept = ctx.prepared, _read(ctx)
    if not kept.label:
        raise BadRequest(N_("This form cannot be read. Please send it from its page."))
    if not form.ok:
        return page(ctx, "accounts/take_part.html", kept, status=422, form=form)
    _send(ctx, form.values["email"], kept.intent, json.loads(kept.payload), kept.back)
    return redirect(ctx, "/check-your-mail")


def _send(ctx: Context, email: str, intent: str, payload: Mapping[str, Any], back: str) -> None:
    label = ctx._(ctx.services.registry.intents[intent].label)
    ephemeral.begin_participation(
        ctx.session, email, intent, label, payload, back, ctx.settings.base_url, ctx.locale, ctx.now
    )
    wait_for_mail(ctx, email, "take_part", back)


def send_again(ctx: Context, email: str) -> None:
    """The mail of an intent once more, if it still waits."""
    waiting = ephemeral.newest_intent(ctx.session, email, ctx.now)
    if waiting is not None and waiting["intent"] in ctx.services.registry.intents:
        _send(ctx, email, waiting["intent"], waiting["payload"], waiting["back"])


def confirm_page(ctx: Context) -> Any:
    token = look_up(ctx.session, ctx.path["key"], Purpose.PARTICIPATION, now=ctx.now)
    intent = ctx.services.registry.intents.get(str(token.payload["intent"]))
    label = ctx._(intent.label) if intent else ""
    view = Confirmation(ctx.path["key"], label, token.email or "", _long(token.payload["payload"]))
    return unreferred(page(ctx, "accounts/take_part_confirm.html", view))


def confirm(ctx: Context) -> Any:
    intents = ctx.services.registry.intents
    token = look_up(ctx.session, ctx.path["key"], Purpose.PARTICIPATION, now=ctx.now)
    known = account_by_email(ctx.session, token.email or "")
    if known is not None and known.id != ctx.actor.id and has_factor(ctx.session, known.id):
        return let_in(ctx, known, "link", ctx.url_path)  # and back to the button, which then finds them signed in
    outcome = ephemeral.carry_out(ctx, ctx.path["key"])
    if outcome.account.id != ctx.actor.id:
        start_session(ctx, outcome.account, "link")
    if outcome.refusal is not None:
        message = _words(ctx, outcome.refusal)
        view = Failed(message, _long(token.payload["payload"]), outcome.path)
        return unreferred(page(ctx, "accounts/take_part_failed.html", view, status=200))
    ctx.say("ok", ctx._(N_("Done: %(what)s."), what=ctx._(intents[str(token.payload["intent"])].label)))
    return redirect(ctx, outcome.path)


def _words(ctx: Context, refusal: Any) -> str:
    if isinstance(refusal, Refused):
        return ctx._(refusal.verdict.reason, **dict(refusal.verdict.values))
    if isinstance(refusal, Invalid):
        return " ".join(refusal.errors.values())
    return ctx._(refusal.message or N_("This page does not exist, or it is not public."), **refusal.values)


def keep_and_sign_in(ctx: Context) -> Any:
    """Sign in first; what was sent waits."""
    kept = _read(ctx)
    browser = ctx.cookies.get("kept") or secrets.token_urlsafe(32)
    request = {"method": kept.method, "path": kept.path, "back": kept.back, "fields": json.loads(kept.payload)}
    key = ephemeral.keep_request(ctx.session, request, browser, ctx.now)
    lasting = int(LIFETIME[Purpose.KEPT].total_seconds())
    ctx.set_cookies.append({"key": "kept", "value": browser, "max_age": lasting})
    return redirect(ctx, f"/sign-in?next={quote(f'/take-part/kept/{key}')}")


def kept_page(ctx: Context) -> Any:
    ensure(may_change_own(ctx.actor))
    request = ephemeral.kept_request(ctx.session, ctx.path["key"], ctx.cookies.get("kept", ""), ctx.now)
    fields = {name: str(value) for name, value in request["fields"].items()}
    if request["method"] != "POST":
        fields["_method"] = str(request["method"])
    view = Again(safe_path(request["path"]), tuple(fields.items()), _long(request["fields"]), request["back"])
    return unreferred(page(ctx, "accounts/take_part_again.html", view))


ROUTES = (
    post("/take-part", take_part, prepare=read_address),
    post("/take-part/sign-in", keep_and_sign_in, limit="token"),
    get("/take-part/kept/{key}", kept_page),
    get("/take-part/{key}", confirm_page),
    post("/take-part/{key}", confirm, limit="token"),
)
