"""Followers of a dataset hear that it was withdrawn, or is offered again."""

from sqlalchemy.orm import Session

from consortium.datasets.labels import STATES
from consortium.datasets.models import DatasetState, DatasetStep
from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_


def dataset_rules() -> dict[str, NoticeRule]:
    return {"dataset.moved": NoticeRule(_to_followers, N_("%(title)s: %(decision)s"), _reason)}


def _to_followers(session: Session, event: StoredEvent) -> list[Wave]:
    number = event.body["dataset_id"]
    params = {"decision": STATES[DatasetState(event.body["to"])], "step": event.body["step"]}
    return [Wave(followers(number), number, number, params=params)]


def _reason(session: Session, row: NoticeRow) -> str:
    step = session.get(DatasetStep, row.params.get("step", 0))
    return step.reason if step else ""
