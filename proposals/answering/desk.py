"""The secretariat's list: what waits for an answer first, the longest wait on top."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from participation.component import MenuItem
from participation.policy import N_, ensure, has_role
from participation.spaces.models import Category, Process
from participation.spaces.queries import places
from participation.subjects import Subject
from participation.web import Context, Response, get, page
from participation.web.i18n import ZONE
from participation.web.paging import Pager, Paging, make_pager, read_paging
from proposals.labels import MOODS, STATES
from proposals.listing import SHOWN
from proposals.models import Answer, Proposal, State

WAITING = (State.PUBLISHED, State.UNDER_REVIEW)
SHOW = {
    "waiting": N_("Waiting for an answer"),
    "due": N_("A report is due"),
    "answered": N_("Answered"),
    "all": N_("All"),
}


@dataclass(frozen=True, kw_only=True)
class DeskItem:
    id: int
    title: str
    locale: str
    state: str
    category: str
    process: str
    supports_count: int
    comments_count: int
    published_at: datetime
    days_waited: int | None  # None once answered
    report_due: date | None  # the day that the newest answer promised, if it has passed

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS.get(self.state, "")


@dataclass(frozen=True, kw_only=True)
class DeskPage:
    items: tuple[DeskItem, ...]
    pager: Pager
    show: str
    process: str
    category: str
    shows: list[tuple[str, str]]
    processes: list[tuple[str, str]]
    categories: list[tuple[str, str]]


_PROMISED = (
    select(Answer.next_report_on)
    .where(Answer.proposal_id == Proposal.id)
    .order_by(Answer.number.desc())
    .limit(1)
    .scalar_subquery()
)
_ROWS = (
    select(
        Proposal.id,
        Subject.title,
        Subject.locale,
        Proposal.state,
        Category.name.label("category"),
        Process.title.label("process"),
        Proposal.supports_count,
        Subject.comments_count,
        Proposal.published_at,
        _PROMISED.label("promised"),
    )
    .join(Subject, Subject.id == Proposal.id)
    .join(Process, Process.id == Proposal.process_id)
    .outerjoin(Category, Category.id == Proposal.category_id)
    .order_by(case((Proposal.state.in_(WAITING), 0), else_=1), Proposal.published_at, Proposal.id)
)


def desk_list(
    session: Session, wanted: list[ColumnElement[bool]], paging: Paging, today: date, locale: str
) -> tuple[tuple[DeskItem, ...], int]:
    """A page of the list, and how many there are in all. Two queries."""
    rows = session.execute(_ROWS.where(*wanted).limit(paging.per_page).offset(paging.offset)).all()
    counted = select(func.count()).select_from(Proposal).join(Subject, Subject.id == Proposal.id)
    total = session.scalar(counted.join(Process, Process.id == Proposal.process_id).where(*wanted)) or 0
    return tuple(_item(row, today, locale) for row in rows), total


def conditions(show: str, today: date) -> list[ColumnElement[bool]]:
    """`show` is a key of SHOW; hidden proposals are moderation's business."""
    states = WAITING if show == "waiting" else [state for state in SHOWN if state not in WAITING or show == "all"]
    wanted: list[ColumnElement[bool]] = [Proposal.state.in_(states), Subject.hidden_at.is_(None)]
    if show == "due":
        wanted.append(_PROMISED < today)
    return wanted


def index(ctx: Context) -> Response:
    ensure(has_role(ctx.actor, "secretariat", "auditor"))
    today, paging = ctx.now.astimezone(ZONE).date(), read_paging(ctx.query)
    show = ctx.query.get("show", "waiting")
    show = show if show in SHOW else "waiting"
    offered = places(ctx.session, ctx.locale)
    wanted = conditions(show, today)
    for name, column, options in (
        ("process", Proposal.process_id, offered.processes),
        ("category", Proposal.category_id, offered.categories),
    ):
        chosen = next((option.id for option in options if option.key == ctx.query.get(name)), None)
        wanted += [] if chosen is None else [column == chosen]
    items, total = desk_list(ctx.session, wanted, paging, today, ctx.locale)
    view = DeskPage(
        items=items,
        pager=make_pager(paging, total),
        show=show,
        process=ctx.query.get("process", ""),
        category=ctx.query.get("category", ""),
        shows=[(key, ctx._(label)) for key, label in SHOW.items()],
        processes=[(option.key, option.name) for option in offered.processes],
        categories=[(option.key, option.name) for option in offered.categories],
    )
    return page(ctx, "proposals/desk.html", view)


_WAITING = (
    select(func.count(), func.min(Proposal.published_at))
    .join(Subject, Subject.id == Proposal.id)
    .where(Proposal.state.in_(WAITING), Subject.hidden_at.is_(None))
)


def waiting(session: Session, now: datetime) -> list[tuple[str, int, int, str]]:
    """For the secretariat's overview: how many proposals wait, and the longest wait in days."""
    count, since = session.execute(_WAITING).one()
    return [(N_("Proposals without an answer"), count, (now - since).days if since else 0, "/secretariat/proposals")]


def _item(row: Any, today: date, locale: str) -> DeskItem:
    waiting = row.state in WAITING
    return DeskItem(
        id=row.id,
        title=row.title,
        locale=row.locale,
        state=row.state,
        category=row.category.to(locale) if row.category else "",
        process=row.process.to(locale),
        supports_count=row.supports_count,
        comments_count=row.comments_count,
        published_at=row.published_at,
        days_waited=(today - row.published_at.astimezone(ZONE).date()) // timedelta(days=1) if waiting else None,
        report_due=row.promised if row.promised is not None and row.promised < today else None,
    )


MENU = (
    MenuItem("desk-proposals", N_("Answers"), "/secretariat/proposals", order=20, place="desk", roles=("secretariat",)),
)
ROUTES = (get("/secretariat/proposals", index),)
