"""News by mail for members without an account: by their own tick, to the address of their application, until they stop
it. The address is kept for this alone, also when applications are deleted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from participation.policy import N_, Actor, ensure, require
from participation.services import Services
from participation.signed import seal, unseal
from participation.web import Context, NotFound, Response, delete, get, page, post, put, redirect
from workshops.boards.cases import Case
from workshops.boards.guests import case_of
from workshops.boards.policy import may_look
from workshops.models import WorkshopApplication, WorkshopMember

LABEL, VALID = "workshop-news", timedelta(days=400)
NO_ADDRESS = N_("We know no confirmed address of yours. With an account you are told on the platform.")
STALE = N_("This link is no longer valid. The newest mail has one that is.")


@dataclass(frozen=True)
class Stopping:
    url: str
    done: bool


def hear_of_it(
    session: Session, actor: Actor, case: Case, member_id: int, agreed: bool, *, locale: str, now: datetime
) -> None:
    """A member says of themselves whether to be mailed what becomes of the team's work.

    Raises:
        NotFound: it is somebody else. Refused: there is no confirmed address.
    """
    ensure(may_look(actor, case))
    member = case.member
    if member is None or member.id != member_id:
        raise NotFound
    address = address_of(session, member)
    ensure(require(not agreed or bool(address), NO_ADDRESS))
    member.news_to, member.news_locale = (address, locale) if agreed else (None, None)
    session.flush()


def address_of(session: Session, member: WorkshopMember) -> str:
    """What their application has confirmed; "" for accounts, which are told on the platform."""
    if member.account_id is not None or member.application_id is None:
        return ""
    row = session.get(WorkshopApplication, member.application_id)
    return row.email or "" if row is not None and row.email_confirmed_at is not None else ""


def stop_url(services: Services, member_id: int, slug: str, now: datetime) -> str:
    """By which one click ends these mails (RFC 8058)."""
    return f"{services.settings.base_url}/workshops/{slug}/news/{seal(services.secret, LABEL, member_id, now)}"


def tell(ctx: Context) -> Response:
    return _tick(ctx, True)


def tell_no_more(ctx: Context) -> Response:
    return _tick(ctx, False)


def _tick(ctx: Context, agreed: bool) -> Response:
    hear_of_it(ctx.session, ctx.actor, case_of(ctx), ctx.path["id"], agreed, locale=ctx.locale, now=ctx.now)
    return redirect(ctx, f"/workshops/{ctx.path['slug']}/board#me")


def ask(ctx: Context) -> Response:
    """A page with a button: mail scanners that open links stop nothing."""
    _member(ctx)
    return page(ctx, "workshops/boards/news.html", Stopping(ctx.url_path, False))


def stop(ctx: Context) -> Response:
    member = _member(ctx)
    member.news_to = member.news_locale = None
    return page(ctx, "workshops/boards/news.html", Stopping(ctx.url_path, True))


def _member(ctx: Context) -> WorkshopMember:
    found = unseal(ctx.services.secret, LABEL, ctx.path["token"], ctx.now, VALID)
    member = ctx.session.get(WorkshopMember, found[0]) if found else None
    if member is None:
        raise NotFound(STALE)
    return member


_TICK, _STOP = "/workshops/{slug}/members/{id:int}/news", "/workshops/{slug}/news/{token}"
_WRITES: dict[str, Any] = {"limit": "board_write"}
ROUTES = (
    put(_TICK, tell, **_WRITES),
    delete(_TICK, tell_no_more, **_WRITES),
    get(_STOP, ask, limit="workshop_link"),
    post(_STOP, stop, foreign=True, limit="workshop_link"),
)
