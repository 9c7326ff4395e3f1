"""Pages of signing in through an OpenID provider: start, callback, and the name that a newcomer chooses."""

import logging
from dataclasses import dataclass
from typing import Any

from participation.accounts import identities, joining
from participation.accounts.forms import NameForm
from participation.accounts.nicknames import make_nickname
from participation.accounts.pages.joining import unreferred, wanted_path
from participation.accounts.pages.second_step import let_in
from participation.accounts.tokens import Purpose, look_up
from participation.policy import N_
from participation.settings import OidcProvider
from participation.web import Conflict, Context, NotFound, Response, get, page, post, redirect, redirect_outside

log = logging.getLogger("sanpo.accounts")


@dataclass(frozen=True)
class Failed:
    provider: str
    message: str


@dataclass(frozen=True)
class Newcomer:
    key: str
    provider: str
    real_name: str
    email: str


@dataclass(frozen=True)
class Answer:
    """What `prepare` made of the callback: what was told, or why it can't be believed."""

    state: str = ""
    told: Any = None
    next: str = "/"
    linking: int | None = None  # the account that began this to link it
    problem: str = ""


REFUSED = N_("The provider's answer could not be used, so nobody was signed in. Please try again.")
DENIED = N_("The provider did not let you in, or you stopped there. Nothing was changed.")
UNREACHABLE = N_("The provider cannot be reached at the moment. Please try again later, or sign in by e-mail.")


def _provider(ctx: Context) -> OidcProvider:
    found = next((each for each in ctx.settings.oidc if each.name == ctx.path["name"]), None)
    if found is None:
        raise NotFound
    return found


def _client(ctx: Context, provider: OidcProvider) -> Any:
    """The client of this provider, kept with what it learnt. Its library is loaded by the first who needs it."""
    from participation.accounts.oidc_client import ProviderClient

    clients = ctx.services.extras.setdefault("oidc", {})
    callback = f"{ctx.settings.base_url}/sign-in/oidc/{provider.name}/callback"
    return clients.setdefault(provider.name, ProviderClient(provider, callback))


def prepare_start(ctx: Context) -> tuple[identities.Attempt, str]:
    from participation.accounts.oidc_client import OidcError

    provider, attempt = _provider(ctx), identities.make_attempt()
    try:
        url = _client(ctx, provider).authorization_url(
            attempt.state, attempt.nonce, attempt.verifier, ctx.locale, ctx.now
        )
    except OidcError as error:
        log.warning("sign-in provider %s: %s", provider.name, error)
        url = ""
    return attempt, url


def start(ctx: Context) -> Response:
    attempt, url = ctx.prepared
    if not url:
        return _failed(ctx, UNREACHABLE)
    identities.keep_attempt(ctx.session, attempt, ctx.path["name"], wanted_path(ctx), ctx.actor, ctx.now)
    patience = int(identities.PATIENCE.total_seconds())
    ctx.set_cookies.append({"key": "oidc", "value": attempt.browser, "max_age": patience})
    return redirect_outside(url)


def _failed(ctx: Context, message: str) -> Response:
    return page(ctx, "accounts/oidc_failed.html", Failed(_provider(ctx).label, ctx._(message)), status=400)


def read_answer(ctx: Context) -> Answer:
    """Compare the answer with what was asked, and ask the provider: all before the transaction."""
    from participation.accounts.oidc_client import OidcError

    provider, state = _provider(ctx), ctx.query.get("state", "")
    attempt = identities.find_attempt(ctx.session, state, ctx.cookies.get("oidc", ""), provider.name, ctx.now)
    if attempt is None:
        return Answer(problem=REFUSED)
    if "error" in ctx.query or "code" not in ctx.query:
        return Answer(state, problem=DENIED)
    try:
        told = _client(ctx, provider).exchange(dict(ctx.query), attempt.nonce, attempt.verifier, ctx.now)
    except OidcError as error:
        log.warning("sign-in provider %s: %s", provider.name, error)
        return Answer(state, problem=REFUSED)
    return Answer(state, told, attempt.next, attempt.account_id)


def callback(ctx: Context) -> Response:
    answer = ctx.prepared
    ctx.set_cookies.append({"key": "oidc", "value": "", "max_age": 0})
    if not identities.take_attempt(ctx.session, answer.state) or answer.told is None:
        return unreferred(_failed(ctx, answer.problem or REFUSED))
    provider, told = _provider(ctx), answer.told
    account = identities.account_of_identity(ctx.session, told.issuer, told.sub)
    kinds = identities.confirmed_kinds(provider, told.claims)
    if answer.linking is not None:
        return _link(ctx, answer, kinds)
    if account is None:
        key = identities.begin_joining(ctx.session, told, kinds, answer.next, ctx.now)
        return redirect(ctx, f"/sign-in/oidc/{provider.name}/join/{key}")
    account = joining.find_usable(ctx.session, account.id)
    identities.note_claims(ctx.session, account, told.issuer, told.sub, kinds, ctx.services.secret, ctx.now)
    return let_in(ctx, account, "oidc", answer.next)


def _link(ctx: Context, answer: Answer, kinds: list[str]) -> Response:
    told = answer.told
    if ctx.actor.id != answer.linking:
        return unreferred(_failed(ctx, REFUSED))
    try:
        with ctx.session.begin_nested():
            account = identities.link_identity(ctx.session, ctx.actor, told.issuer, told.sub, ctx.now)
            identities.note_claims(ctx.session, account, told.issuer, told.sub, kinds, ctx.services.secret, ctx.now)
    except Conflict as error:
        return unreferred(_failed(ctx, error.message))
    ctx.say("ok", ctx._(N_("Linked. From now on you can sign in this way too.")))
    return redirect(ctx, "/me/security")


def join_page(ctx: Context) -> Response:
    form = NameForm.filled({"name": make_nickname(ctx._)}, ctx._)
    return _join(ctx, form)


def _join(ctx: Context, form: NameForm, status: int = 200) -> Response:
    told = look_up(ctx.session, ctx.path["key"], Purpose.OIDC_JOIN, now=ctx.now).payload
    view = Newcomer(ctx.path["key"], ctx.path["name"], told["name"], told["email"])
    return unreferred(page(ctx, "accounts/oidc_join.html", view, form=form, status=status))


def join(ctx: Context) -> Response:
    form = NameForm.read(ctx.form, ctx._)
    if not form.ok:
        return _join(ctx, form, 422)
    secret = ctx.services.secret
    name, key = form.values["name"], ctx.path["key"]
    account, next_path = identities.finish_joining(ctx.session, key, name, secret, ctx.locale, ctx.now)
    ctx.say("ok", ctx._(N_("Welcome, %(name)s. Your account is ready."), name=account.name))
    return let_in(ctx, account, "oidc", next_path)


ROUTES = (
    post("/sign-in/oidc/{name}", start, prepare=prepare_start, limit="token"),
    get("/sign-in/oidc/{name}/callback", callback, prepare=read_answer, limit="token", writes=True, foreign=True),
    get("/sign-in/oidc/{name}/join/{key}", join_page),
    post("/sign-in/oidc/{name}/join/{key}", join, limit="token"),
)
