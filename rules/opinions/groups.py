"""Groups of opinions with their newest response: the rows of the desk and of the table. Names stand nowhere in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.policy import N_
from participation.subjects import Subject
from participation.web.i18n import translations
from rules.opinions.models import Opinion, OpinionGroup, OpinionResponse, Outcome, Stance
from rules.opinions.voices.models import Voice

HIDDEN = N_("The secretariat has hidden these words. Reason: %(reason)s")


@dataclass(frozen=True)
class Line:
    """One opinion with the words of the table; `hidden` says why moderation took them out of sight, if it did."""

    id: int
    section: str | None
    text: str
    locale: str
    stance: Stance | None
    kind: str
    source: str
    sent_at: datetime
    hidden: str = ""


@dataclass(frozen=True)
class Answer:
    number: int
    outcome: Outcome
    view: Localized
    sections: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class Group:
    """`number` counts the rows of the table from 1."""

    id: int
    number: int
    title: str
    lines: tuple[Line, ...]
    answer: Answer | None

    @property
    def sections(self) -> tuple[str, ...]:
        """Keys of the sections on which the opinions are; "" for the whole, each once."""
        return tuple(dict.fromkeys(line.section or "" for line in self.lines))

    @property
    def words(self) -> str:
        """What the row is about, in one line."""
        return self.title or self.lines[0].text


def groups_of(session: Session, public_comment_id: int) -> tuple[Group, ...]:
    """All groups that hold an opinion that was not withdrawn, in the order in which they came. Three queries."""
    lines = _lines(session, public_comment_id)
    answers = _answers(session, public_comment_id)
    groups = session.execute(
        select(OpinionGroup.id, OpinionGroup.title)
        .where(OpinionGroup.public_comment_id == public_comment_id)
        .order_by(OpinionGroup.id)
    )
    found = [row for row in groups if row.id in lines]
    return tuple(
        Group(row.id, number, row.title, tuple(lines[row.id]), answers.get(row.id))
        for number, row in enumerate(found, 1)
    )


def as_shown(group: Group, locale: str) -> Group:
    """The group as everybody reads it: in place of hidden words stands why they are hidden."""
    if not any(line.hidden for line in group.lines):
        return group
    says = translations(locale).gettext(HIDDEN)
    lines = (
        replace(line, text=says % {"reason": line.hidden}, locale=locale) if line.hidden else line
        for line in group.lines
    )
    return replace(group, lines=tuple(lines))


def history_of(session: Session, group_id: int) -> tuple[Answer, ...]:
    """All responses that a group was given, the newest first."""
    wanted = select(OpinionResponse).where(OpinionResponse.group_id == group_id)
    return tuple(_answer(row) for row in session.scalars(wanted.order_by(OpinionResponse.number.desc())))


def unanswered(session: Session, public_comment_ids: Sequence[int]) -> dict[int, int]:
    """How many opinions wait for a response, by public comment. One query."""
    rows = session.execute(
        select(Opinion.public_comment_id, func.count())
        .outerjoin(OpinionResponse, OpinionResponse.group_id == Opinion.group_id)
        .where(
            Opinion.public_comment_id.in_(public_comment_ids),
            Opinion.withdrawn_at.is_(None),
            OpinionResponse.group_id.is_(None),
        )
        .group_by(Opinion.public_comment_id)
    )
    return {row[0]: row[1] for row in rows}


def _lines(session: Session, public_comment_id: int) -> dict[int, list[Line]]:
    rows = session.execute(
        select(
            Opinion.group_id,
            Opinion.id,
            Opinion.section_key,
            Opinion.body,
            Opinion.wording,
            Opinion.locale,
            Opinion.stance,
            Opinion.kind,
            Opinion.source,
            Opinion.sent_at,
            Subject.hidden_reason,
        )
        .outerjoin(Voice, Voice.opinion_id == Opinion.id)
        .outerjoin(Subject, and_(Subject.id == Voice.id, Subject.hidden_at.is_not(None)))
        .where(Opinion.public_comment_id == public_comment_id, Opinion.withdrawn_at.is_(None))
        .order_by(Opinion.id)
    )
    lines = defaultdict(list)
    for row in rows:
        stance, text = Stance(row.stance) if row.stance else None, row.wording or row.body
        hidden = "" if row.wording else row.hidden_reason or ""
        line = Line(row.id, row.section_key, text, row.locale, stance, row.kind, row.source, row.sent_at, hidden)
        lines[row.group_id].append(line)
    return dict(lines)


def _answers(session: Session, public_comment_id: int) -> dict[int, Answer]:
    wanted = (
        select(OpinionResponse)
        .join(OpinionGroup, OpinionGroup.id == OpinionResponse.group_id)
        .where(OpinionGroup.public_comment_id == public_comment_id)
        .order_by(OpinionResponse.number)
        .execution_options(populate_existing=True)
    )
    return {row.group_id: _answer(row) for row in session.scalars(wanted)}


def _answer(row: OpinionResponse) -> Answer:
    return Answer(row.number, Outcome(row.outcome), row.view, tuple(row.sections), row.at)
