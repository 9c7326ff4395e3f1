"""Who is told of opinion maps, and who follows one by taking part."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.notifications.following import follow_by_taking_part, followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_
from participation.subjects import Subject
from proposals.opinion_maps.models import MapState, OpinionMap, OpinionStatement, StatementState

OPENED = N_("your opinion is asked for")
CLOSED = N_("closed; its map shows what all groups share")
ACCEPTED = N_("your statement was accepted; others vote on it now")
DECLINED = N_("your statement was declined")


def opinion_map_rules() -> dict[str, NoticeRule]:
    return {
        "opinion_map.moved": NoticeRule(_moved, N_("%(title)s: %(what)s")),
        "opinion_map.statement_decided": NoticeRule(_decided, N_("%(title)s: %(what)s"), _words),
    }


def whoever_votes_follows(session: Session, event: StoredEvent) -> None:
    follow_by_taking_part(session, event.actor_id, event.body["opinion_map_id"], event.at)


def _moved(session: Session, event: StoredEvent) -> list[Wave]:
    """Followers of the map; when it opens those of its process too."""
    number, opened = event.body["opinion_map_id"], event.body["to"] == MapState.OPEN
    process_id = session.scalar(select(OpinionMap.process_id).where(OpinionMap.id == number)) or 0
    params = {"what": OPENED if opened else CLOSED}
    about = (number, *((process_id,) if opened else ()))
    return [Wave(followers(each), number, number, params=params) for each in about]


def _decided(session: Session, event: StoredEvent) -> list[Wave]:
    number, statement_id = event.body["opinion_map_id"], event.body["statement_id"]
    author = select(Subject.author_id).where(Subject.id == statement_id, Subject.author_id.is_not(None))
    what = ACCEPTED if event.body["to"] == StatementState.ACCEPTED else DECLINED
    params = {"what": what, "statement": statement_id}
    return [Wave(author, number, number, direct=True, params=params)]


def _words(session: Session, row: NoticeRow) -> str:
    """The statement, and why it was declined."""
    found = session.get(OpinionStatement, row.params.get("statement", 0))
    return "" if found is None else "\n\n".join(text for text in (found.text.to("ja"), found.reason) if text)
