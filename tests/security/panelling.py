"""Workshops whose call is closed, whose quotas nobody meets, and whose places are drawn, for these tables."""
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from participation.spaces.models import Process
from tests.security.workshopping import make_workshops
from workshops.actions import Quota, create_workshop, move_workshop, set_question, set_quotas
from workshops.calls.links import token_of
from workshops.models import State, WorkshopApplication
from workshops.panels.actions import enter_value, keep_check, keep_result
from workshops.panels.computing import compute
from workshops.panels.mailing import office_of
from workshops.panels.models import WorkshopDraw

STARTS = ("/workshops/{slug}/draw", "/workshops/{slug}/invitation", "/workshops/{slug}/desk/draw",
          "/workshops/{slug}/desk/invitations")
NUMBER = "AUTH0R0000"
SOURCE = {"source_ja": "宝くじの番号", "source_en": "A lottery"}
VALUE = {"value": "12345", "url": "https://example.jp/lottery", "answer_days": "7", "sure": "1"}
EASED = {"seats": "1", "reason": "Only one person applied.", "least_0": "0", "most_0": "1", "least_1": "0",
         "most_1": "1"}
QUOTAS = [{"feature": "age", "value": value, "min": 0, "max": 1} for value in ("young", "old")]
BODIES: dict[str, Any] = {
    "POST /workshops/{slug}/invitation/{token}": {"answer": "accepted"},
    "PUT /workshops/{slug}/desk/draw/source": SOURCE, "POST /workshops/{slug}/desk/draw/value": VALUE,
    "PUT /workshops/{slug}/desk/draw/quotas": EASED,
    "PUT /workshops/{slug}/desk/invitations/{number}": {"answer": "accepted"},
    "PUT /api/v1/workshops/{slug}/draw/source": SOURCE,
    "PUT /api/v1/workshops/{slug}/draw/value": {**VALUE, "answer_days": 7, "sure": True},
    "PUT /api/v1/workshops/{slug}/draw/quotas": {"seats": 1, "reason": EASED["reason"], "quotas": QUOTAS},
    "PUT /api/v1/workshops/{slug}/invitations/{number}": {"answer": "accepted"},
    "PUT /api/v1/workshops/{slug}/invitation": {"answer": "accepted"},
}
SLUGS = {"source": "park", "value": "closed-park", "quotas": "narrow-park"}


def make_draws(world: Any) -> None:
    """Beside the workshops whose call is not closed; one person applied to each, and the last of them was drawn."""
    make_workshops(world)
    for slug in ("closed-park", "narrow-park", "drawn-park"):
        world.db.write(lambda session, slug=slug: _make(world, session, slug))


def _make(world: Any, session: Any, slug: str) -> None:
    now, registry = world.now, world.services.registry
    desk, author = world.people["secretariat"], world.people["author"]
    process = session.scalar(select(Process.id).where(Process.slug == "workshops"))
    row = create_workshop(session, desk, process, slug, {
        "title": {"ja": "公園"}, "question": {"ja": "どうすれば?"}, "venue": {"ja": "ホール"}, "capacity": 4,
        "purpose": "watch", "retention_days": 30, "starts_at": now + timedelta(days=28),
        "ends_at": now + timedelta(days=29), "call_opens_at": now, "call_closes_at": now + timedelta(days=7)}, now=now)
    options = (("young", {"ja": "39歳以下"}), ("old", {"ja": "40歳以上"}))
    set_question(session, desk, row.id, "age", {"ja": "年齢"}, {"ja": "構成のため"}, options, now=now)
    least = 1 if slug == "narrow-park" else 0
    set_quotas(session, desk, row.id, [Quota(feature="age", value="old", minimum=least, maximum=4)], now=now)
    move_workshop(session, desk, row.id, State.RECRUITING, registry=registry, now=now)
    session.add(WorkshopApplication(
        workshop_id=row.id, account_id=author.id, email=author.email, email_confirmed_at=now, name="Author",
        answers={"age": "young"}, number=NUMBER, created_at=now, updated_at=now))
    move_workshop(session, desk, row.id, State.DRAWING, reason="All are here.", registry=registry, now=now)
    draw = session.get_one(WorkshopDraw, row.id)
    order = {"pool": draw.pool_csv, "quotas": draw.quotas_csv, "seats": draw.seats, "seed": ""}
    keep_check(session, row.id, draw.quotas_sha256, compute(order)["problem"], now=now)
    office = office_of(world.services)
    if slug == "drawn-park":
        enter_value(session, desk, row.id, "1", "https://example.jp/1", answer_days=7, now=now)
        told = compute({**order, "seed": draw.seed})
        keep_result(session, office, row.id, told["result"], told["engine"], now=now)
        world.things["invitation", "token"] = token_of(world.services.secret, row.id, NUMBER)


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of draws."""
    last = path.rpartition("/")[2]
    return {"slug": SLUGS.get(last, "drawn-park"), "number": NUMBER, "token": world.things["invitation", "token"]}[name]
