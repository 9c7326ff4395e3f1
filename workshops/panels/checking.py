"""Whether draws are still what the audit log sealed: the hook of `sanpo audit verify` and of the page of the log."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.events import Event, canonical
from workshops.models import Workshop
from workshops.panels.events import PanelDrawn, PoolFrozen, QuotasEased, SeedCompleted, SeedPromised
from workshops.panels.models import WorkshopDraw
from workshops.panels.seeds import join_seed, sha256

_SEALS = (SeedPromised, PoolFrozen, QuotasEased, SeedCompleted, PanelDrawn)
Facts = dict[str, dict[str, Any]]


def broken_draws(session: Session) -> Iterator[str]:
    """A sentence for every draw whose rows are not what was recorded of them; nothing when all is well."""
    sealed = _recorded(session)
    rows = select(WorkshopDraw, Workshop.slug).join(Workshop, Workshop.id == WorkshopDraw.workshop_id)
    for draw, slug in session.execute(rows.order_by(WorkshopDraw.workshop_id)):
        for finding in _findings(draw, sealed.pop(draw.workshop_id, {})):
            yield f"draw of workshop {slug} (number {draw.workshop_id}): {finding}"
    for workshop_id in sorted(sealed):
        yield f"draw of workshop number {workshop_id} was promised, and is gone"


def _recorded(session: Session) -> dict[int, Facts]:
    """What the log says of each draw: the newest body of each kind."""
    found: dict[int, Facts] = {}
    kinds = [fact.TYPE for fact in _SEALS]
    rows = select(Event.type, Event.body).where(Event.type.in_(kinds), Event.leaf_hash.is_not(None))
    for kind, text in session.execute(rows.order_by(Event.id)):
        body = json.loads(text)
        found.setdefault(body["workshop_id"], {})[kind] = body
    return found


def _findings(draw: WorkshopDraw, facts: Facts) -> Iterator[str]:
    promised = facts.get(SeedPromised.TYPE, {}).get("seed_sha256")
    if promised != draw.seed_sha256 or sha256(draw.seed_secret) != promised:
        yield "its seed is not the one that was promised"
    yield from _pool(draw, facts)
    yield from _seed(draw, facts)
    drawn = facts.get(PanelDrawn.TYPE, {}).get("result_sha256", "")
    if drawn != draw.result_sha256 or drawn != (sha256(draw.result) if draw.result else ""):
        yield "its result is not the one that was drawn"


def _pool(draw: WorkshopDraw, facts: Facts) -> Iterator[str]:
    frozen = facts.get(PoolFrozen.TYPE)
    if (frozen is None) != (draw.frozen_at is None):
        yield "its pool was frozen, or stands open, against what the log says"
    if frozen is None or draw.frozen_at is None:
        return
    if not frozen["pool_sha256"] == draw.pool_sha256 == sha256(draw.pool_csv):
        yield "its pool is not the one that was sealed"
    quotas = facts.get(QuotasEased.TYPE, frozen)
    if not quotas["quotas_sha256"] == draw.quotas_sha256 == sha256(draw.quotas_csv) or quotas["seats"] != draw.seats:
        yield "its quotas or seats are not those that were sealed"
    if sha256(canonical(dict(draw.source))) != frozen["source_sha256"]:
        yield "the source of its public number is not the one that was announced"


def _seed(draw: WorkshopDraw, facts: Facts) -> Iterator[str]:
    completed = facts.get(SeedCompleted.TYPE, {}).get("seed_sha256")
    stands = sha256(draw.seed) if draw.entered_at else None
    if completed != stands or (completed and draw.seed != join_seed(draw.seed_secret, draw.source_value)):
        yield "its public number is not the one that was entered"
