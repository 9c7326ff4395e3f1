"""Light voices as everybody reads them. No column that tells the account is selected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, false, func, literal, select
from sqlalchemy.orm import Session

from participation.policy import Actor
from participation.subjects import Subject
from participation.web.paging import Paging
from rules.opinions.labels import STANCES
from rules.opinions.models import Opinion, Stance
from rules.opinions.voices.models import Voice, VoiceLike

SORTS = ("newest", "liked")
ON_SECTION = 3  # voices that stand at a section; the others are a click away
WHOLE = "-"  # the filter's word for the whole text


@dataclass(frozen=True)
class VoiceView:
    """`stance` is a message id; `section` is None for the whole text."""

    id: int
    nickname: str
    body: str
    locale: str
    section: str | None
    stance: str
    likes: int
    at: datetime
    hidden: bool
    hidden_reason: str
    mine: bool
    liked: bool
    open: bool  # whether it can be liked still


@dataclass(frozen=True)
class Heard:
    """What stands at a section: the voices liked most, and how many there are."""

    voices: tuple[VoiceView, ...]
    count: int


def _shown(actor: Actor) -> Select[Any]:
    """One row per voice that was not withdrawn; `mine` and `liked` as this reader finds them."""
    mine = Subject.author_id == actor.id if actor.signed_in else false()
    liked = and_(VoiceLike.voice_id == Voice.id, VoiceLike.account_id == (actor.id or 0))
    return (
        select(
            Voice.id,
            Voice.nickname,
            Voice.likes_count,
            Opinion.body,
            Opinion.locale,
            Opinion.section_key,
            Opinion.stance,
            Opinion.sent_at,
            Subject.hidden_at,
            Subject.hidden_reason,
            mine.label("mine"),
            (VoiceLike.account_id.is_not(None) if actor.signed_in else literal(False)).label("liked"),
        )
        .select_from(Voice)
        .join(Opinion, Opinion.id == Voice.opinion_id)
        .join(Subject, Subject.id == Voice.id)
        .outerjoin(VoiceLike, liked)
        .where(Opinion.withdrawn_at.is_(None), Subject.published_at.is_not(None))
    )


def voices_at_sections(session: Session, actor: Actor, public_comment_id: int, *, is_open: bool) -> dict[str, Heard]:
    """By section, the whole text under "". One query, however many sections there are."""
    order = (Subject.hidden_at.is_not(None), Voice.likes_count.desc(), Voice.id.desc())
    place = func.row_number().over(partition_by=Opinion.section_key, order_by=order).label("place")
    count = func.count().over(partition_by=Opinion.section_key).label("count")
    ranked = _shown(actor).add_columns(place, count).where(Opinion.public_comment_id == public_comment_id).subquery()
    rows = session.execute(select(ranked).where(ranked.c.place <= ON_SECTION).order_by(ranked.c.place)).all()
    found: dict[str, list[VoiceView]] = {}
    for row in rows:
        found.setdefault(row.section_key or "", []).append(_view(row, is_open))
    counts = {row.section_key or "": row.count for row in rows}
    return {key: Heard(tuple(voices), counts[key]) for key, voices in found.items()}


def voices_page(
    session: Session, actor: Actor, public_comment_id: int, *, section: str, sort: str, paging: Paging, is_open: bool
) -> tuple[tuple[VoiceView, ...], int]:
    """A page of all voices (or those on one section, on the whole: "-") and how many there are. Two queries."""
    wanted = _shown(actor).where(Opinion.public_comment_id == public_comment_id)
    if section:
        on_it = Opinion.section_key.is_(None) if section == WHOLE else Opinion.section_key == section
        wanted = wanted.where(on_it)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    orders: dict[str, Iterable[Any]] = {
        "newest": (Voice.id.desc(),),
        "liked": (Voice.likes_count.desc(), Voice.id.desc()),
    }
    rows = session.execute(wanted.order_by(*orders[sort]).limit(paging.per_page).offset(paging.offset))
    return tuple(_view(row, is_open) for row in rows), total


def voice_view(session: Session, actor: Actor, voice_id: int, *, is_open: bool) -> VoiceView | None:
    """One voice; None for what is not there or was withdrawn."""
    row = session.execute(_shown(actor).where(Voice.id == voice_id)).first()
    return _view(row, is_open) if row else None


def place_of(session: Session, voice_id: int) -> tuple[int, int] | None:
    """(public comment, how many newer voices it has): where the voice stands in the list."""
    on = session.scalar(
        select(Opinion.public_comment_id).join(Voice, Voice.opinion_id == Opinion.id).where(Voice.id == voice_id)
    )
    if on is None:
        return None
    newer = (
        select(func.count())
        .select_from(Voice)
        .join(Opinion, Opinion.id == Voice.opinion_id)
        .where(Opinion.public_comment_id == on, Opinion.withdrawn_at.is_(None), Voice.id > voice_id)
    )
    return on, session.scalar(newer) or 0


def voice_of(session: Session, opinion_id: int) -> Voice | None:
    return session.scalar(select(Voice).where(Voice.opinion_id == opinion_id))


def _view(row: Any, is_open: bool) -> VoiceView:
    hidden = row.hidden_at is not None
    return VoiceView(
        id=row.id,
        nickname="" if hidden else row.nickname,
        body="" if hidden else row.body,
        locale=row.locale,
        section=row.section_key,
        stance=STANCES[Stance(row.stance)] if row.stance and not hidden else "",
        likes=row.likes_count,
        at=row.sent_at,
        hidden=hidden,
        hidden_reason=row.hidden_reason,
        mine=bool(row.mine),
        liked=bool(row.liked),
        open=is_open,
    )
