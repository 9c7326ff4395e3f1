"""What was made of posters and ideas, and from which of them a thing came."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from consortium.outcomes.labels import LABELS, PATHS
from consortium.outcomes.models import Into, Outcome
from participation.db import Localized
from participation.policy import Actor
from participation.subjects import Subject
from workshops.boards.models import Note, Poster, Team
from workshops.models import State, Workshop, WorkshopMember
from workshops.records.port import Became, Key


@dataclass(frozen=True)
class Origin:
    """The poster or the idea that something was made of. `poster`: whether it is one."""

    title: str
    path: str
    poster: bool
    team: str
    workshop: Localized
    record: str


def became(
    session: Session, actor: Actor, posters: Sequence[int], notes: Sequence[int]
) -> Mapping[Key, tuple[Became, ...]]:
    """What everybody can open, and of drafts that there is one: for the team, who made it, and the secretariat. Two
    queries."""
    if not posters and not notes:
        return {}
    wanted = (
        select(Outcome, Subject, Team)
        .join(Subject, Subject.id == Outcome.target_id)
        .outerjoin(Poster, Poster.id == Outcome.poster_id)
        .outerjoin(Note, Note.id == Outcome.note_id)
        .join(Team, or_(Team.id == Poster.team_id, Team.id == Note.team_id))
        .where(or_(Outcome.poster_id.in_(posters), Outcome.note_id.in_(notes)), Subject.hidden_at.is_(None))
        .order_by(Outcome.id)
    )
    rows = session.execute(wanted).all()
    own = _own_teams(session, actor) if any(not subject.visible for _, subject, _ in rows) else frozenset()
    found: dict[Key, list[Became]] = defaultdict(list)
    for outcome, subject, team in rows:
        if subject.visible or team.id in own or outcome.made_by_id == (actor.id or 0) or actor.has("secretariat"):
            key = ("poster", outcome.poster_id) if outcome.poster_id else ("note", outcome.note_id)
            found[key].append(_became(outcome, subject))
    return {key: tuple(made) for key, made in found.items()}


def _became(outcome: Outcome, subject: Subject) -> Became:
    into = Into(outcome.kind)
    path = PATHS[into].format(subject.id) if subject.visible else ""
    return Became(LABELS[into], subject.title if subject.visible else "", subject.locale, path)


def _own_teams(session: Session, actor: Actor) -> frozenset[int | None]:
    if actor.id is None:
        return frozenset()
    return frozenset(session.scalars(select(WorkshopMember.team_id).where(WorkshopMember.account_id == actor.id)))


def origins(session: Session, target_id: int) -> tuple[Origin, ...]:
    """From which posters and ideas a thing was made, as far as everybody reads them. One query."""
    own = Subject.id == func.coalesce(Outcome.poster_id, Note.subject_id)
    wanted = (
        select(Outcome, Subject.title, Note.text, Team.name, Workshop.title, Workshop.slug)
        .outerjoin(Poster, Poster.id == Outcome.poster_id)
        .outerjoin(Note, Note.id == Outcome.note_id)
        .outerjoin(Subject, own)
        .join(Team, or_(Team.id == Poster.team_id, Team.id == Note.team_id))
        .join(Workshop, Workshop.id == Team.workshop_id)
        .where(Outcome.target_id == target_id, Workshop.state == State.PUBLISHED)
        .where(or_(Subject.id.is_(None), and_(Subject.published_at.is_not(None), Subject.hidden_at.is_(None))))
        .order_by(Outcome.id)
    )
    return tuple(_origin(*row) for row in session.execute(wanted))


def _origin(row: Outcome, title: str | None, text: str | None, team: str, workshop: Localized, slug: str) -> Origin:
    record = f"/workshops/{slug}/record"
    path = f"/posters/{row.poster_id}" if row.poster_id else f"{record}#idea-{row.note_id}"
    return Origin(title or text or "", path, row.poster_id is not None, team, workshop, record)
