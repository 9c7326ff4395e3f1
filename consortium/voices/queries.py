"""Voices behind things, and the people behind voices."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from consortium.feedback.models import Feedback
from consortium.voices.labels import LABELS, NAMED, PATHS
from consortium.voices.models import VoiceLink
from participation.accounts.models import Account
from participation.comments.models import Comment
from participation.notifications.models import Follow
from participation.subjects import Subject
from participation.surveys.models import SurveyWords
from proposals.models import ProposalAuthor
from rules.opinions.models import Opinion
from rules.opinions.voices.models import Voice as LightVoice
from workshops.boards.models import Note, Poster
from workshops.models import WorkshopMember


@dataclass(frozen=True)
class VoiceView:
    """Somebody's words as everybody may read them. `title` is that of the page on which they stand; `author` is empty
    where the words are shown without a name."""

    id: int
    kind: str
    title: str
    words: str
    locale: str
    author: str
    author_id: int | None  # for policies and notices; no page shows it
    at: datetime

    @property
    def path(self) -> str:
        return PATHS[self.kind].format(self.id)

    @property
    def label(self) -> str:
        return LABELS[self.kind]


_space = aliased(Subject)
WORDS = case(
    (Subject.kind == "comment", Comment.body),
    (Subject.kind == "feedback", Feedback.body),
    (Subject.kind == "survey_answer", SurveyWords.body),
    (Subject.kind == "poster", Subject.title + literal(": ") + func.coalesce(Poster.big_idea, "")),
    (
        Subject.kind == "voice",
        case((Opinion.withdrawn_at.is_not(None), ""), (Opinion.wording != "", Opinion.wording), else_=Opinion.body),
    ),
    else_=Subject.title,
)
_AUTHOR = case(
    (Subject.kind.in_(NAMED), func.coalesce(Account.name, "")),
    (Subject.kind == "voice", LightVoice.nickname),
    else_="",
)
SHOWN = and_(
    Subject.kind.in_(PATHS),
    Subject.published_at.is_not(None),
    Subject.hidden_at.is_(None),
    or_(Subject.space_id.is_(None), and_(_space.published_at.is_not(None), _space.hidden_at.is_(None))),
    WORDS != "",
)
COLUMNS = (
    Subject.id,
    Subject.kind,
    Subject.title,
    WORDS.label("words"),
    Subject.locale,
    _AUTHOR.label("author"),
    Subject.author_id,
    Subject.published_at,
)


def with_words(statement: Select[Any]) -> Select[Any]:
    """A select that has `Subject`, with the tables that hold the words of each kind, of what everybody may read."""
    return (
        statement.outerjoin(Account, Account.id == Subject.author_id)
        .outerjoin(Comment, Comment.id == Subject.id)
        .outerjoin(Feedback, Feedback.subject_id == Subject.id)
        .outerjoin(SurveyWords, SurveyWords.id == Subject.id)
        .outerjoin(Poster, Poster.id == Subject.id)
        .outerjoin(LightVoice, LightVoice.id == Subject.id)
        .outerjoin(Opinion, Opinion.id == LightVoice.opinion_id)
        .outerjoin(_space, _space.id == Subject.space_id)
        .where(SHOWN)
    )


def voices_of(session: Session, target_ids: Sequence[int]) -> dict[int, tuple[VoiceView, ...]]:
    """The voices behind each of the things, in the order in which they were linked; hidden and withdrawn words are left
    out, and things without any. One query."""
    wanted = with_words(
        select(VoiceLink.target_id, *COLUMNS)
        .select_from(VoiceLink)
        .join(Subject, Subject.id == VoiceLink.source_id)
        .where(VoiceLink.target_id.in_(target_ids))
        .order_by(VoiceLink.at, VoiceLink.source_id)
    )
    found: dict[int, list[VoiceView]] = defaultdict(list)
    for target_id, *row in session.execute(wanted):
        found[target_id].append(VoiceView(*row))
    return {target_id: tuple(rows) for target_id, rows in found.items()}


def voice(session: Session, source_id: int) -> VoiceView | None:
    """Words that could be linked, if everybody may read them. One query."""
    row = session.execute(with_words(select(*COLUMNS).select_from(Subject).where(Subject.id == source_id))).first()
    return VoiceView(*row) if row else None


def voice_counts(session: Session, target_ids: Sequence[int]) -> dict[int, int]:
    """How many voices each of the things has. One query."""
    rows = session.execute(
        select(VoiceLink.target_id, func.count())
        .where(VoiceLink.target_id.in_(target_ids))
        .group_by(VoiceLink.target_id)
    )
    return {target_id: count for target_id, count in rows}


def authors_behind(target_id: int) -> Select[tuple[int]]:
    """The accounts whose words are behind a thing: authors, co-authors of proposals, teams of
    posters and ideas. For notices."""
    of_target = (VoiceLink.target_id == target_id,)
    first = select(Subject.author_id).join(VoiceLink, VoiceLink.source_id == Subject.id).where(*of_target)
    joined = select(ProposalAuthor.account_id).join(VoiceLink, VoiceLink.source_id == ProposalAuthor.proposal_id)
    joined = joined.where(*of_target, ProposalAuthor.accepted_at.is_not(None))
    drew = _team_of(Poster).join(VoiceLink, VoiceLink.source_id == Poster.id).where(*of_target)
    thought = _team_of(Note).join(VoiceLink, VoiceLink.source_id == Note.subject_id).where(*of_target)
    first = first.where(Subject.author_id.is_not(None))
    return select(Account.id).where(or_(*(Account.id.in_(each) for each in (first, joined, drew, thought))))


def _team_of(card: type[Poster] | type[Note]) -> Select[tuple[int | None]]:
    """The accounts of the teams that drew posters, or wrote down ideas."""
    made = select(WorkshopMember.account_id).join(card, card.team_id == WorkshopMember.team_id)
    return made.where(WorkshopMember.account_id.is_not(None))


def authors_of(source_id: int) -> Select[tuple[int]]:
    """The accounts whose words these are. For notices."""
    first = select(Subject.author_id).where(Subject.id == source_id, Subject.author_id.is_not(None))
    joined = select(ProposalAuthor.account_id).where(
        ProposalAuthor.proposal_id == source_id, ProposalAuthor.accepted_at.is_not(None)
    )
    team = (_team_of(Poster).where(Poster.id == source_id), _team_of(Note).where(Note.subject_id == source_id))
    return select(Account.id).where(or_(*(Account.id.in_(each) for each in (first, joined, *team))))


def followers_behind(target_id: int) -> Select[tuple[int]]:
    """The accounts that follow a voice behind a thing: supporters of a proposal do. For notices."""
    return (
        select(Follow.account_id)
        .join(VoiceLink, VoiceLink.source_id == Follow.subject_id)
        .where(VoiceLink.target_id == target_id, Follow.ended_at.is_(None))
    )


def people_behind(session: Session, target_id: int) -> tuple[int, ...]:
    """The accounts of `authors_behind`, in order. One query."""
    return tuple(session.scalars(authors_behind(target_id).order_by(Account.id)))
