"""Who is told that a record is published: whoever took part, and whoever follows the workshop."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.policy import N_
from workshops.members import present_in
from workshops.models import Workshop, WorkshopMember


def record_rules() -> dict[str, NoticeRule]:
    return {"workshop.record_published": NoticeRule(_published, N_("The record of “%(title)s” can be read."))}


def _published(session: Session, event: StoredEvent) -> list[Wave]:
    workshop_id = event.body["workshop_id"]
    params = {"path": f"/workshops/{session.get_one(Workshop, workshop_id).slug}/record"}
    came = select(WorkshopMember.account_id).where(
        present_in(workshop_id), WorkshopMember.account_id.is_not(None)
    )
    return [
        Wave(came, workshop_id, workshop_id, direct=True, params=params),
        Wave(followers(workshop_id), workshop_id, workshop_id, params=params),
    ]
