"""The team is told when something is made of what it drew; whoever follows the poster too."""

from sqlalchemy.orm import Session

from consortium.outcomes.labels import PATHS, TOLD
from consortium.outcomes.models import Into
from consortium.outcomes.sources import source_of
from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.policy import N_
from participation.subjects import Subject
from workshops.records.queries import team_accounts


def outcome_rules() -> dict[str, NoticeRule]:
    return {"poster.turned": NoticeRule(_turned, N_("“%(title)s” was taken further: %(what)s."))}


def _turned(session: Session, event: StoredEvent) -> list[Wave]:
    """Of a draft only the team hears. An improvement tells those whose voice it takes up by itself."""
    body = event.body
    into, target = Into(body["into"]), session.get(Subject, body["target_id"])
    source = source_of(session, body["source"], body["source_id"])
    if source is None or target is None:
        return []
    path = PATHS[into].format(target.id) if target.visible else source.path
    about = source.id if source.kind == "poster" else source.workshop_id
    params = {"what": TOLD[into], "path": path}
    waves = [] if into == Into.BACKLOG and source.kind == "poster" else [
        Wave(team_accounts(source.team_id), about, target.id, direct=True, params=params)
    ]
    return [*waves, *([Wave(followers(source.id), about, target.id, params=params)] if target.visible else [])]
