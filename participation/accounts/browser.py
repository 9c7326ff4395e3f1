"""What a browser keeps for us: the key of a session, a mark that it is known, the address that it waits for."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from participation import signed
from participation.accounts.joining import note_sign_in
from participation.accounts.models import Account
from participation.accounts.sessions import ABSOLUTE, close_session, open_session, rename_session
from participation.keys import keyed_hash
from participation.web import Context, network_of, take_cell

log = logging.getLogger("sanpo.accounts")
WAITING = timedelta(hours=24)
KNOWN = timedelta(days=365)


def session_cookie(ctx: Context) -> str:
    """`__Host-` where residents come by HTTPS: no other host and no plain page can set it (RFC 6265bis 4.1.3.2)."""
    return "__Host-sid" if ctx.settings.secure else "sid"


def start_session(ctx: Context, account: Account, way: str, factor: str = "") -> None:
    """A session with a new key, whatever the browser sent: nobody can prepare one for somebody else. The one of before
    ends. `way` and `factor` say how the person was known: see the event."""
    if ctx.actor.signed_in:
        close_session(ctx.session, ctx.actor.session_key)
    note_sign_in(ctx.session, account, way, factor, ctx.now)
    key = open_session(ctx.session, account.id, ctx.now, ctx.user_agent)
    _keep_key(ctx, key)
    mark = signed.seal(ctx.services.secret, "known", _mark(ctx, account.email or ""), ctx.now)
    ctx.set_cookies.append({"key": "known", "value": mark, "max_age": int(KNOWN.total_seconds())})


def renew_session(ctx: Context) -> None:
    """The same session under a new key, when what it takes to sign in has changed."""
    key = rename_session(ctx.session, ctx.actor.session_key)
    ctx.actor = replace(ctx.actor, session_key=key)
    _keep_key(ctx, key)


def _keep_key(ctx: Context, key: str) -> None:
    ctx.set_cookies.append({"key": session_cookie(ctx), "value": key, "max_age": int(ABSOLUTE.total_seconds())})


def forget_session(ctx: Context) -> None:
    for name in (session_cookie(ctx), "waiting"):
        ctx.set_cookies.append({"key": name, "value": "", "max_age": 0})


def is_known(ctx: Context, email: str) -> bool:
    """Whether somebody signed in here with this address before."""
    found = signed.unseal(ctx.services.secret, "known", ctx.cookies.get("known", ""), ctx.now, KNOWN)
    return found is not None and found[0] == _mark(ctx, email)


def _mark(ctx: Context, email: str) -> str:
    return keyed_hash(ctx.services.secret, "known", email).hex()[:32]


def limit_guesses(ctx: Context, email: str) -> None:
    """SECURITY: tries per account and network, per account, per network. A browser where this person signed in before
    has a count of its own, so that strangers who guess can't lock the person out.

    Raises:
        TooMany: not yet again.
    """
    network = network_of(ctx.client)
    if is_known(ctx, email):
        take_cell(ctx, "sign_in_known", f"{email} {ctx.cookies['known']}")
        return
    take_cell(ctx, "sign_in_network", network)
    take_cell(ctx, "sign_in_both", f"{email} {network}")
    take_cell(ctx, "sign_in_account", email)


def limit_codes(ctx: Context, account_id: int) -> None:
    """Tries of codes per account, right ones too: thirty a day find one of three among a million in thirty years.

    Raises:
        TooMany: not yet again.
    """
    take_cell(ctx, "second_factor", str(account_id))
    take_cell(ctx, "second_factor_day", str(account_id))


def log_refusal(ctx: Context, email: str, why: str) -> None:
    """One line for whoever watches: always the same mark for the same address, which the mark does not tell."""
    mark = keyed_hash(ctx.services.secret, "log", email).hex()[:12]
    log.warning("sign-in refused (%s): account %s from %s", why, mark, network_of(ctx.client))


def limit_mails(ctx: Context, email: str) -> None:
    """Mails that strangers can cause: per network, per address.

    Raises:
        TooMany: not yet again.
    """
    take_cell(ctx, "mail_network", network_of(ctx.client))
    take_cell(ctx, "mail_address", email)


def wait_for_mail(ctx: Context, email: str, what: str, next_path: str) -> None:
    """Remember in the browser which address a mail went to, for the page that says so."""
    value = signed.seal(ctx.services.secret, "waiting", [email, what, next_path], ctx.now)
    ctx.set_cookies.append({"key": "waiting", "value": value, "max_age": int(WAITING.total_seconds())})


def waited_for(ctx: Context) -> tuple[str, str, str, datetime] | None:
    """Address, kind of mail, where to go afterwards, when it was sent."""
    found = signed.unseal(ctx.services.secret, "waiting", ctx.cookies.get("waiting", ""), ctx.now, WAITING)
    if found is None:
        return None
    (email, what, next_path), at = found
    return str(email), str(what), str(next_path), at
