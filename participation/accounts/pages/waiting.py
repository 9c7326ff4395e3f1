"""The page "please check your mail": which address, once more after a minute, another address."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from participation.accounts.browser import limit_mails, waited_for
from participation.accounts.pages.joining import send
from participation.accounts.pages.taking_part import send_again
from participation.policy import N_
from participation.web import Context, get, page, post, redirect

RESEND_AFTER = timedelta(seconds=60)
BACK = {"sign_up": "/sign-up", "reset": "/reset", "sign_in": "/sign-in/link"}


@dataclass(frozen=True)
class Waiting:
    """A mail is on its way."""

    email: str
    back: str
    resend_in: int  # seconds


def check_your_mail(ctx: Context) -> Any:
    waiting = waited_for(ctx)
    if waiting is None:
        return redirect(ctx, "/sign-up")
    email, what, next_path, at = waiting
    left = max(0, int((at + RESEND_AFTER - ctx.now).total_seconds()))
    return page(ctx, "accounts/check_your_mail.html", Waiting(email, BACK.get(what, next_path), left))


def limit_resend(ctx: Context) -> None:
    waiting = waited_for(ctx)
    if waiting is not None and ctx.now - waiting[3] >= RESEND_AFTER:
        limit_mails(ctx, waiting[0])


def resend(ctx: Context) -> Any:
    """The same mail again, after a minute at the earliest."""
    waiting = waited_for(ctx)
    if waiting is None:
        return redirect(ctx, "/sign-up")
    email, what, next_path, at = waiting
    if ctx.now - at < RESEND_AFTER:
        ctx.say("info", ctx._(N_("The mail is on its way. You can ask for another one after a minute.")))
    else:
        if what in BACK:
            send(ctx, what, email, next_path)
        else:
            send_again(ctx, email)
        ctx.say("ok", ctx._(N_("We sent the mail once more.")))
    return redirect(ctx, "/check-your-mail")


ROUTES = (
    get("/check-your-mail", check_your_mail),
    post("/check-your-mail", resend, prepare=limit_resend),
)
