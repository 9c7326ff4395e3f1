"""Who is told: followers that opinions are asked, and everybody who wrote what became of it, with the words."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.models import Notice
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_
from participation.web.i18n import ZONE, translations
from rules.documents.models import Document
from rules.opinions.labels import OUTCOMES
from rules.opinions.models import Opinion, OpinionDraft, OpinionGroup, OpinionResponse, Outcome, PublicComment
from rules.opinions.times.models import PublicCommentChange

TIMES = N_("Opinions are taken from %(start)s to %(end)s.")


def opinion_rules() -> dict[str, NoticeRule]:
    return {
        "public_comment.opened": NoticeRule(_to_followers, N_("Opinions are asked on “%(title)s”.")),
        "public_comment.extended": NoticeRule(
            _to_all_concerned, N_("There is more time for opinions on “%(title)s”."), change_text
        ),
        "public_comment.corrected": NoticeRule(
            _to_all_concerned, N_("The announcement of the public comment on “%(title)s” was corrected."), change_text
        ),
        "public_comment.called_off": NoticeRule(
            _to_all_concerned, N_("The public comment on “%(title)s” was called off."), change_text
        ),
        "opinion.response_shown": NoticeRule(
            _to_writers, N_("The city answered your opinion on “%(title)s”."), response_text
        ),
    }


def _to_followers(session: Session, event: StoredEvent) -> list[Wave]:
    document_id, number = event.body["document_id"], event.body["number"]
    path = f"{_path(session, document_id)}/{number}"
    return [Wave(followers(document_id), document_id, document_id, params={"path": path})]


def _to_all_concerned(session: Session, event: StoredEvent) -> list[Wave]:
    """Whoever writes or has written, directly; then whoever follows the document."""
    body = event.body
    on, document_id = body["public_comment_id"], body["document_id"]
    wrote = select(Opinion.account_id).where(
        Opinion.public_comment_id == on, Opinion.account_id.is_not(None), Opinion.withdrawn_at.is_(None)
    )
    writes = select(OpinionDraft.account_id).where(OpinionDraft.public_comment_id == on)
    newest = select(func.max(PublicCommentChange.number)).where(
        PublicCommentChange.public_comment_id == on, PublicCommentChange.at <= event.at
    )
    number = session.scalar(newest) or 0
    params = {"path": f"{_path(session, document_id)}/{body['version']}", "public_comment": on, "number": number}
    waves = ((wrote, True), (writes, True), (followers(document_id), False))
    return [Wave(who, document_id, document_id, direct=direct, params=params) for who, direct in waves]


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


def change_text(session: Session, row: NoticeRow) -> str:
    """The times as they stand and the reason, in the language of who is told."""
    on = row.params.get("public_comment", 0)
    change = session.get(PublicCommentChange, (on, row.params.get("number", 0)))
    comment = session.get(PublicComment, on)
    if change is None or comment is None:
        return ""
    locale = _locale_of(session, row)
    moments = (comment.opens_at, comment.closes_at)
    start, end = (moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") for moment in moments)
    times = "" if comment.called_off_at else translations(locale).gettext(TIMES) % {"start": start, "end": end}
    return "\n\n".join(part for part in (times, change.reason.to(locale)) if part)


def response_text(session: Session, row: NoticeRow) -> str:
    """What the opinions share and the city's view, in the language of who is told."""
    response = session.get(OpinionResponse, (row.params.get("group", 0), row.params.get("number", 0)))
    if response is None:
        return ""
    locale = _locale_of(session, row)
    says = translations(locale).gettext(OUTCOMES[Outcome(response.outcome)])
    title = session.scalar(select(OpinionGroup.title).where(OpinionGroup.id == response.group_id))
    return "\n\n".join([*([title] if title else []), says, response.view.to(locale)])


def _locale_of(session: Session, row: NoticeRow) -> str:
    """The language of who is told."""
    reader = select(Account.locale).join(Notice, Notice.account_id == Account.id).where(Notice.id == row.id)
    return session.scalar(reader) or "ja"
