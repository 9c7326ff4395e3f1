"""Telling services of new events: signed, in order, at least once, again after growing pauses.

The signature is HMAC-SHA-256 (RFC 2104) over the timestamp, a full stop and the body, so that neither can be exchanged;
docs/consents.md says how a receiver checks it.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.consents.events import WebhookSet
from participation.consents.feed import FeedEvent, as_json, events_after
from participation.consents.models import ConsentService, Webhook
from participation.consents.outgoing import NotAllowed, NotReached, send
from participation.consents.policy import may_manage
from participation.consents.queries import ServiceView
from participation.events import canonical, record
from participation.keys import keyed_hash
from participation.policy import Actor, ensure
from participation.services import Services
from participation.web.errors import NotFound

MAX_TRIES = 12  # within a day; then somebody has to look
LEASE = timedelta(seconds=60)
AT_ONCE = 5  # services per round of the worker


def set_webhook(session: Session, actor: Actor, service: ServiceView, url: str, *, secret: bytes, now: datetime) -> str:
    """Tell this address of what happens from now on, with a new secret; returns that, which is shown once."""
    ensure(may_manage(actor, service.controller_id))
    row = session.get(Webhook, service.id, with_for_update=True)
    if row is None:
        newest = session.get_one(ConsentService, service.id).last_number
        row = Webhook(service_id=service.id, generation=0, sent_number=newest)
        session.add(row)
    row.url, row.tries, row.due_at, row.error = url, 0, now, ""
    row.generation += 1
    session.flush()
    record(session, WebhookSet(service_id=service.id), actor=actor, subject_id=service.controller_id, now=now)
    return secret_of(secret, service.id, row.generation)


def remove_webhook(session: Session, actor: Actor, service: ServiceView, *, now: datetime) -> None:
    """Tell nobody any more; the feed stays. Raises NotFound."""
    ensure(may_manage(actor, service.controller_id))
    row = session.get(Webhook, service.id)
    if row is None:
        raise NotFound
    session.delete(row)
    record(session, WebhookSet(service_id=service.id), actor=actor, subject_id=service.controller_id, now=now)


def try_again(session: Session, actor: Actor, service: ServiceView, *, now: datetime) -> None:
    """Do not wait for the end of the pause. Raises NotFound."""
    ensure(may_manage(actor, service.controller_id))
    row = session.get(Webhook, service.id)
    if row is None:
        raise NotFound
    row.tries, row.due_at = 0, now


def secret_of(secret: bytes, service_id: int, generation: int) -> str:
    """The key by which a receiver checks signatures; follows from the platform's secret, so no table holds it."""
    return "whsec_" + keyed_hash(secret, f"consent-webhook:{service_id}", str(generation)).hex()


def sign(key: str, timestamp: int, body: bytes) -> str:
    """The value of the header Sanpo-Signature."""
    return "v1=" + hmac.new(key.encode(), f"{timestamp}.".encode() + body, sha256).hexdigest()


def deliver_webhooks(services: Services, now: datetime) -> None:
    """The worker's job: a few services a round, no transaction open while we wait for their answers."""
    due = (
        select(Webhook, ConsentService.key)
        .join(ConsentService, ConsentService.id == Webhook.service_id)
        .where(Webhook.due_at <= now, Webhook.tries < MAX_TRIES, Webhook.sent_number < ConsentService.last_number)
        .order_by(Webhook.due_at)
        .limit(AT_ONCE)
    )
    with services.db.read() as session:
        rows = session.execute(due).all()
    for hook, key in rows:
        if services.db.write(lambda session, hook=hook: _take(session, hook, now), wake=False):
            _deliver(services, hook, key, now)


def _take(session: Session, hook: Webhook, now: datetime) -> bool:
    """Of several workers one gets it, for as long as the lease lasts."""
    same = (Webhook.service_id == hook.service_id, Webhook.due_at == hook.due_at)
    taken = update(Webhook).where(*same).values(due_at=now + LEASE).returning(Webhook.service_id)
    return session.execute(taken, execution_options={"synchronize_session": False}).first() is not None


def _deliver(services: Services, hook: Webhook, key: str, now: datetime) -> None:
    with services.db.read() as session:
        events = events_after(session, hook.service_id, hook.sent_number)
    error = ""
    try:
        _post(services, hook, key, events, now)
    except (NotAllowed, NotReached) as failure:
        error = str(failure)[:300]
    services.db.write(lambda session: _note(session, hook, events, error, now), wake=False)


def _post(services: Services, hook: Webhook, key: str, events: tuple[FeedEvent, ...], now: datetime) -> None:
    body = canonical({"items": [as_json(event) for event in events], "service": key}).encode()
    timestamp = int(now.timestamp())
    signature = sign(secret_of(services.secret, hook.service_id, hook.generation), timestamp, body)
    said = {
        "Content-Type": "application/json",
        "User-Agent": "Sanpo",
        "Sanpo-Timestamp": str(timestamp),
        "Sanpo-Signature": signature,
    }
    send(hook.url, body, said, services.settings.webhook_hosts)


def _note(session: Session, hook: Webhook, events: tuple[FeedEvent, ...], error: str, now: datetime) -> None:
    """How it went; unless the address was changed while we waited."""
    if error:
        tries = hook.tries + 1
        values = {"tries": tries, "due_at": now + timedelta(seconds=10 * 2**tries), "error": error}
    else:
        values = {"tries": 0, "due_at": now, "error": "", "sent_at": now, "sent_number": events[-1].number}
    same = (Webhook.service_id == hook.service_id, Webhook.generation == hook.generation)
    session.execute(update(Webhook).where(*same).values(**values), execution_options={"synchronize_session": False})
