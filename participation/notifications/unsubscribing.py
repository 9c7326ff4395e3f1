"""One click to stop mails, signed out (RFC 8058): the address is signed for one person and one kind of mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from participation.notifications.actions import set_pace
from participation.policy import N_
from participation.services import Services
from participation.signed import seal, unseal
from participation.web import Context, NotFound, Response, get, page, post

VALID = timedelta(days=400)
KINDS = ("direct", "followed")


@dataclass(frozen=True)
class Unsubscribing:
    url: str
    kind: str
    done: bool


def unsubscribe_url(services: Services, account_id: int, kind: str, now: datetime) -> str:
    token = seal(services.secret, "unsubscribe", [account_id, kind], now)
    return f"{services.settings.base_url}/unsubscribe/{token}"


def ask(ctx: Context) -> Response:
    """A page with a button: mail scanners that open links stop nothing."""
    _, kind = _read(ctx)
    return page(ctx, "notifications/unsubscribe.html", Unsubscribing(ctx.url_path, kind, False))


def stop(ctx: Context) -> Response:
    account_id, kind = _read(ctx)
    if kind == "direct":
        set_pace(ctx.session, account_id, direct="never")
    else:
        set_pace(ctx.session, account_id, followed="never")
    return page(ctx, "notifications/unsubscribe.html", Unsubscribing(ctx.url_path, kind, True))


def _read(ctx: Context) -> tuple[int, str]:
    found = unseal(ctx.services.secret, "unsubscribe", ctx.path["token"], ctx.now, VALID)
    if found is None or found[0][1] not in KINDS:
        raise NotFound(N_("This link is no longer valid. You can stop mails in your settings after signing in."))
    account_id, kind = found[0]
    return int(account_id), str(kind)


ROUTES = (get("/unsubscribe/{token}", ask), post("/unsubscribe/{token}", stop, foreign=True))
