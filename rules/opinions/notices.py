"""Who is told: followers that opinions are asked, and everybody who wrote what became of it, with the words."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.models import Notice
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_
from participation.web.i18n import translations
from rules.documents.models import Document
from rules.opinions.labels import OUTCOMES
from rules.opinions.models import Opinion, OpinionGroup, OpinionResponse, Outcome


def opinion_rules() -> dict[str, NoticeRule]:
    return {
        "public_comment.opened": NoticeRule(_to_followers, N_("Opinions are asked on “%(title)s”.")),
        "opinion.response_shown": NoticeRule(
            _to_writers, N_("The city answered your opinion on “%(title)s”."), response_text
        ),
    }


def _to_followers(session: Session, event: StoredEvent) -> list[Wave]:
    document_id, number = event.body["document_id"], event.body["number"]
    path = f"{_path(session, document_id)}/{number}"
    return [Wave(followers(document_id), document_id, document_id, params={"path": path})]


def _to_writers(session: Session, event: StoredEvent) -> list[Wave]:
    """Each is led to their own row."""
    body = event.body
    group_id = body["group_id"]
    wrote = select(Opinion.account_id).where(
        Opinion.group_id == group_id, Opinion.account_id.is_not(None), Opinion.withdrawn_at.is_(None)
    )
    path = f"{_path(session, body['document_id'])}/{body['version']}/responses#row-{group_id}"
    params = {"path": path, "group": group_id, "number": body["number"]}
    return [Wave(wrote, body["document_id"], body["document_id"], direct=True, params=params)]


def _path(session: Session, document_id: int) -> str:
    return f"/documents/{session.scalar(select(Document.slug).where(Document.id == document_id))}"


def response_text(session: Session, row: NoticeRow) -> str:
    """What the opinions share and the city's view, in the language of who is told."""
    response = session.get(OpinionResponse, (row.params.get("group", 0), row.params.get("number", 0)))
    if response is None:
        return ""
    reader = select(Account.locale).join(Notice, Notice.account_id == Account.id).where(Notice.id == row.id)
    locale = session.scalar(reader) or "ja"
    says = translations(locale).gettext(OUTCOMES[Outcome(response.outcome)])
    title = session.scalar(select(OpinionGroup.title).where(OpinionGroup.id == response.group_id))
    return "\n\n".join([*([title] if title else []), says, response.view.to(locale)])
