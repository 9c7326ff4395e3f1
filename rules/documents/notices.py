"""Who is told of what happens to a document: those who follow it."""

from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.policy import N_


def document_rules() -> dict[str, NoticeRule]:
    return {
        "document.published": NoticeRule(_to_followers, N_("A new version of “%(title)s” was published.")),
        "document.adopted": NoticeRule(_to_followers, N_("“%(title)s” was adopted.")),
        "rule.in_force": NoticeRule(_to_followers, N_("A new version of “%(title)s” is in force.")),
    }


def _to_followers(session: Session, event: StoredEvent) -> list[Wave]:
    document_id = event.body["document_id"]
    return [Wave(followers(document_id), document_id, document_id)]
