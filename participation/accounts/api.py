"""The API's word on who holds the token."""

from typing import Any

from sqlalchemy import select

from participation.accounts.policy import may_change_own
from participation.policy import ensure
from participation.spaces.models import Area
from participation.web import Context, get, json_answer
from participation.web.describing import NUMBER, TEXT, Doc, maybe, record_of


def me(ctx: Context) -> Any:
    """The account that the token belongs to."""
    ensure(may_change_own(ctx.actor))
    actor = ctx.actor
    area = ctx.session.scalar(select(Area.key).where(Area.id == actor.area_id)) if actor.area_id else None
    roles = [{"role": role, "scope": kind, "scope_id": scope} for role, kind, scope in sorted(actor.roles)]
    return json_answer(
        {
            "id": actor.id,
            "name": actor.name,
            "email": actor.email or None,
            "locale": actor.locale,
            "living_area": area,
            "roles": roles,
            "verifications": sorted(actor.verifications),
            "unread": actor.unread,
        }
    )


ROLE = record_of(role=TEXT, scope=TEXT, scope_id=NUMBER)
ME = record_of(
    id=NUMBER,
    name=TEXT,
    email=maybe(TEXT),
    locale=TEXT,
    living_area=maybe(TEXT),
    roles={"type": "array", "items": ROLE},
    verifications={"type": "array", "items": TEXT},
    unread=NUMBER,
)
ROUTES = (get("/api/v1/me", me, api=True, doc=Doc(ME, signed_in=True)),)
