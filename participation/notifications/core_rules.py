"""Who is told of comments, moderation and processes."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.comments.models import Comment
from participation.events import StoredEvent
from participation.moderation.models import Appeal
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_
from participation.subjects import Subject


def core_rules() -> dict[str, NoticeRule]:
    return {
        "comment.written": NoticeRule(_commented, N_("%(who)s commented on “%(title)s”."), _comment_text),
        "moderation.hidden": NoticeRule(
            _to_author_of("hidden_id", "/appeal/{id}"),
            N_("The secretariat hid what you wrote (“%(title)s”). You can ask to have it shown again."),
            _hidden_reason,
        ),
        "moderation.restored": NoticeRule(
            _to_author_of("restored_id"), N_("What you wrote (“%(title)s”) is shown again."), _appeal_note
        ),
        "moderation.appeal_rejected": NoticeRule(
            _to_author_of("appealed_id"), N_("The secretariat answered your appeal (“%(title)s”)."), _appeal_note
        ),
        "process.published": NoticeRule(_followers_of_process, N_("“%(title)s” is open for everybody.")),
    }


def _commented(session: Session, event: StoredEvent) -> list[Wave]:
    """First whoever is answered, then the author of the thing, then those who follow it."""
    on_id, target = event.body["on_id"], event.body["comment_id"]
    waves = []
    if event.body["parent_id"] is not None:
        answered = select(Comment.author_id).where(Comment.id == event.body["parent_id"])
        waves.append(Wave(answered, on_id, target, direct=True))
    author = select(Subject.author_id).where(Subject.id == on_id, Subject.author_id.is_not(None))
    waves.append(Wave(author, on_id, target, direct=True))
    waves.append(Wave(followers(on_id), on_id, target))
    return waves


def _to_author_of(name: str, path: str = "") -> Callable[[Session, StoredEvent], list[Wave]]:
    def waves(session: Session, event: StoredEvent) -> list[Wave]:
        thing_id = event.body[name]
        author = select(Subject.author_id).where(Subject.id == thing_id, Subject.author_id.is_not(None))
        params = {"path": path.format(id=thing_id)} if path else {}
        return [Wave(author, thing_id, thing_id, direct=True, params=params)]

    return waves


def _followers_of_process(session: Session, event: StoredEvent) -> list[Wave]:
    process_id = event.body["process_id"]
    return [Wave(followers(process_id), process_id, process_id)]


def _comment_text(session: Session, row: NoticeRow) -> str:
    body = session.execute(
        select(Comment.body)
        .join(Subject, Subject.id == Comment.id)
        .where(Comment.id == row.target_id, Subject.hidden_at.is_(None))
    ).scalar()
    return body or ""


def _hidden_reason(session: Session, row: NoticeRow) -> str:
    return session.execute(select(Subject.hidden_reason).where(Subject.id == row.about_id)).scalar() or ""


def _appeal_note(session: Session, row: NoticeRow) -> str:
    newest = select(Appeal.note).where(Appeal.subject_id == row.about_id).order_by(Appeal.id.desc()).limit(1)
    return session.execute(newest).scalar() or ""
