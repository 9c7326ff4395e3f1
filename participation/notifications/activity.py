"""What happened lately, for everybody: from the events themselves, only on what the reader may open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from participation.comments.models import Comment
from participation.component import Registry
from participation.events import Event
from participation.policy import N_
from participation.subjects import Subject
from participation.web import Context, Response, get, page
from participation.web.paging import PER_PAGE, read_paging

LONGEST = 50  # pages; older news stand with the things themselves
NEWS: Mapping[str, str] = {
    "process.published": N_("A process began"),
    "proposal.published": N_("A new proposal"),
    "proposal.edited": N_("A proposal was changed"),
    "proposal.answered": N_("The city answered"),
    "proposal.merged": N_("Two proposals became one"),
    "amendment.accepted": N_("Other words were accepted"),
    "comment.written": N_("A new comment"),
}


@dataclass(frozen=True)
class News:
    says: str
    title: str
    url: str
    at: datetime


@dataclass(frozen=True)
class Activity:
    news: list[News]
    kinds: dict[str, str]
    kind: str
    page: int
    more: bool


def activity(ctx: Context) -> Response:
    """Newest first; `?kind=` narrows to one sort of event."""
    wanted = ctx.query.get("kind", "")
    kind = wanted if wanted in NEWS else ""
    paging = read_paging(ctx.query)
    number = min(paging.page, LONGEST)
    found = news(ctx.session, ctx.services.registry, [kind] if kind else list(NEWS), number)
    labelled = [News(ctx._(NEWS[item.says]), item.title, item.url, item.at) for item in found]
    labels = {key: ctx._(label) for key, label in NEWS.items()}
    more = len(labelled) > PER_PAGE and number < LONGEST
    return page(ctx, "notifications/activity.html", Activity(labelled[:PER_PAGE], labels, kind, number, more))


def news(session: Session, registry: Registry, types: list[str], number: int) -> list[News]:
    """A page of events and one more; `says` is the event's type. One query."""
    thing, about = aliased(Subject), aliased(Subject)
    rows = session.execute(
        select(Event.type, Event.at, thing.id, thing.kind, about.title)
        .join(thing, thing.id == Event.subject_id)
        .outerjoin(Comment, and_(thing.kind == "comment", Comment.id == thing.id))
        .join(about, about.id == func.coalesce(Comment.on_id, thing.id))
        .where(
            Event.type.in_(types),
            *(each.published_at.is_not(None) & each.hidden_at.is_(None) for each in (thing, about)),
            Comment.withdrawn_at.is_(None),
        )
        .order_by(Event.id.desc())
        .limit(PER_PAGE + 1)
        .offset((number - 1) * PER_PAGE)
    )
    return [
        News(row.type, row.title, registry.kinds[row.kind].path(row.id), row.at)
        for row in rows
        if row.kind in registry.kinds
    ]


ROUTES = (get("/activity", activity, cached=True),)
