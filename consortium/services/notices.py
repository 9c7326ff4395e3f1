"""Followers of a service hear that it starts or ends."""

from sqlalchemy.orm import Session

from consortium.services.labels import STATES
from consortium.services.models import ServiceState, ServiceStep
from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_


def service_rules() -> dict[str, NoticeRule]:
    return {"service.moved": NoticeRule(_to_followers, N_("%(title)s: %(decision)s"), _reason)}


def _to_followers(session: Session, event: StoredEvent) -> list[Wave]:
    service_id = event.body["service_id"]
    params = {"decision": STATES[ServiceState(event.body["to"])], "step": event.body["step"]}
    return [Wave(followers(service_id), service_id, service_id, params=params)]


def _reason(session: Session, row: NoticeRow) -> str:
    step = session.get(ServiceStep, row.params.get("step", 0))
    return step.reason if step else ""
