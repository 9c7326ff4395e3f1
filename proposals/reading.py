"""The page of one proposal: one row with what belongs to it, one query for its many small parts."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Float, Integer, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.db import UTCDateTime, look_up
from participation.policy import Actor, Verdict
from participation.spaces.models import Area, Category, Process
from participation.subjects import Subject
from proposals.labels import MOODS, STATES, journey
from proposals.models import Amendment, Answer, Picture, Proposal, ProposalAuthor
from proposals.policy import Standing, may_be_talked_about, may_edit, may_withdraw
from proposals.queries import STANDING_COLUMNS, standing_of


@dataclass(frozen=True)
class PictureView:
    id: int
    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Top:
    """What stands above the text; the same for every reader."""

    path: str
    title: str
    locale: str
    label: str
    mood: str
    party: str
    authors: tuple[str, ...]
    process: str
    process_slug: str
    category: str
    category_key: str
    area: str
    area_key: str
    published_at: datetime | None
    updated_at: datetime
    version: int
    comments_count: int
    journey: tuple[tuple[str, datetime | None, str], ...]


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    """What the page shows, and (with `kind`, `space_id`, `features`) what the blocks of other components look at."""

    id: int
    kind: str = "proposal"
    space_id: int
    standing: Standing
    title: str
    body: str
    locale: str
    state: str
    party: str
    author_id: int | None
    authors: tuple[str, ...]
    process: str
    process_slug: str
    category: str
    category_key: str
    area: str
    area_key: str
    lat: float | None
    lng: float | None
    created_at: datetime
    published_at: datetime | None
    updated_at: datetime
    supports_count: int
    comments_count: int
    followers_count: int
    pictures: tuple[PictureView, ...]
    journey: tuple[tuple[str, datetime | None, str], ...]
    features: frozenset[str]
    may_edit: Verdict
    may_withdraw: Verdict
    answered: dict[str, datetime] = field(default_factory=dict)
    amendments: int = 0
    merged_here: tuple[tuple[int, str], ...] = ()  # (id, title) of the proposals that went into this one

    @property
    def top(self) -> Top:
        return Top(**{field.name: getattr(self, field.name) for field in fields(Top)})

    @property
    def version(self) -> int:
        return self.standing.version

    @property
    def visible(self) -> bool:
        return self.standing.visible

    @property
    def hidden_reason(self) -> str:
        return self.standing.hidden_reason

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS.get(self.state, "")

    @property
    def path(self) -> str:
        return f"/proposals/{self.id}"


_PAGE = (
    select(
        *STANDING_COLUMNS,
        Subject.title,
        Subject.locale,
        Subject.created_at,
        Subject.comments_count,
        Subject.followers_count,
        Proposal.body,
        Proposal.party,
        Proposal.lat,
        Proposal.lng,
        Proposal.updated_at,
        Proposal.supports_count,
        Account.name.label("author"),
        Process.title.label("process"),
        Process.slug.label("process_slug"),
        Category.name.label("category"),
        Category.key.label("category_key"),
        Area.name.label("area"),
        Area.key.label("area_key"),
    )
    .join(Subject, Subject.id == Proposal.id)
    .join(Process, Process.id == Proposal.process_id)
    .outerjoin(Account, Account.id == Subject.author_id)
    .outerjoin(Category, Category.id == Proposal.category_id)
    .outerjoin(Area, Area.id == Proposal.area_id)
    .where(Proposal.id == bindparam("id"))
)
_ID = bindparam("id")
_PARTS = union_all(
    select(
        literal("picture").label("kind"),
        cast(Picture.id, Integer).label("number"),
        Picture.name.label("text"),
        Picture.alt.label("more"),
        Picture.width,
        Picture.height,
        cast(null(), UTCDateTime).label("at"),
        cast(Picture.position, Float).label("position"),
    ).where(Picture.proposal_id == _ID),
    select(
        literal("author"), ProposalAuthor.account_id, Account.name, literal(""), literal(0), literal(0),
        ProposalAuthor.accepted_at, literal(0.0),
    )
    .join(Account, Account.id == ProposalAuthor.account_id)
    .where(ProposalAuthor.proposal_id == _ID, ProposalAuthor.accepted_at.is_not(None)),
    select(
        literal("answer"), func.max(Answer.number), Answer.state, literal(""), literal(0), literal(0),
        func.max(Answer.at), literal(0.0),
    )
    .where(Answer.proposal_id == _ID)
    .group_by(Answer.state),
    select(
        literal("merged"), Proposal.id, Subject.title, literal(""), literal(0), literal(0), Proposal.updated_at,
        literal(0.0),
    )
    .join(Subject, Subject.id == Proposal.id)
    .where(Proposal.merged_into_id == _ID, Subject.hidden_at.is_(None)),
    select(
        literal("amendments"), func.count(), literal(""), literal(""), literal(0), literal(0),
        cast(null(), UTCDateTime), literal(0.0),
    )
    .select_from(Amendment)
    .where(Amendment.proposal_id == _ID),
).order_by("kind", "position", "number")  # fmt: skip


def proposal_page(session: Session, actor: Actor, proposal_id: int, now: datetime, locale: str) -> ProposalPage | None:
    """The page, or None where there is no such proposal; whether `actor` may read it says `may_read(view.standing)`.

    Two queries.
    """
    row = look_up(session, _PAGE, {"id": proposal_id, "now": now}).first()
    if row is None:
        return None
    case = standing_of(row)
    parts = look_up(session, _PARTS, {"id": proposal_id}).all()
    answered = {part.text: part.at for part in parts if part.kind == "answer"}
    return ProposalPage(
        standing=case,
        id=row.id,
        space_id=row.process_id,
        author_id=row.author_id,
        authors=(row.author or "", *(part.text for part in parts if part.kind == "author")),
        published_at=row.published_at,
        pictures=tuple(_picture(part) for part in parts if part.kind == "picture"),
        answered=answered,
        amendments=sum(part.number for part in parts if part.kind == "amendments"),
        merged_here=tuple((part.number, part.text) for part in parts if part.kind == "merged"),
        journey=tuple(journey(row.state, row.published_at, answered)),
        features=case.features,
        may_edit=may_edit(actor, case),
        may_withdraw=may_withdraw(actor, case),
        **_own(row, locale),
    )


OWN = (
    "title", "body", "locale", "state", "party", "process_slug", "lat", "lng", "created_at", "updated_at",
    "supports_count", "comments_count", "followers_count",
)  # fmt: skip


def _own(row: Any, locale: str) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in OWN}
    values |= {name: getattr(row, name).to(locale) if getattr(row, name) else "" for name in
               ("process", "category", "area")}  # fmt: skip
    return values | {"category_key": row.category_key or "", "area_key": row.area_key or ""}


def _picture(part: Any) -> PictureView:
    return PictureView(part.number, f"/media/{part.text}", part.more, part.width, part.height)


def takes_comments(session: Session, subject: Any) -> Verdict:
    """Whether people may still comment on it; no query for its page, which knows the state."""
    if isinstance(subject, ProposalPage):
        return may_be_talked_about(subject.standing.state)
    return may_be_talked_about(session.scalar(select(Proposal.state).where(Proposal.id == subject.id)) or "")
