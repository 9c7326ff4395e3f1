"""Reads of posters, personas, photos and lessons; each a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.policy import Actor
from participation.subjects import Subject
from workshops.boards.models import Dot, Moment, Note, Persona, Poster, Section, Team
from workshops.boards.queries import draft_picture
from workshops.members import present_in
from workshops.models import Kind, State, Workshop, WorkshopMember
from workshops.records.drawing import Curve, Entry, draw_mood, in_order
from workshops.records.labels import CONSENTS
from workshops.records.models import PUBLIC_MARKS, Consent, Lesson, Photo, Record

MEDIA = "/media/{}"


@dataclass(frozen=True, kw_only=True)
class PosterView:
    """A concept poster with where it comes from."""

    id: int
    concept: str
    for_whom: str
    problem: str
    big_idea: str
    how: str
    locale: str
    picture: str  # name of the file, "" for none
    picture_alt: str
    picture_width: int
    picture_height: int
    note_id: int | None
    team_id: int
    team: str
    workshop_id: int
    slug: str
    workshop: Localized
    held_at: datetime | None
    dots: int
    comments: int
    visible: bool
    hidden_reason: str

    @property
    def path(self) -> str:
        return f"/posters/{self.id}"

    @property
    def picture_url(self) -> str:
        """Until it is public, an address that asks who takes part: whoever came by a personal link has no account."""
        if not self.picture:
            return ""
        return MEDIA.format(self.picture) if self.visible else draft_picture(self.id, self.picture)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """(name of the field, text) of everything that is filled in beside the concept."""
        names = ("for_whom", "problem", "big_idea", "how")
        return tuple((name, getattr(self, name)) for name in names if getattr(self, name))

    @property
    def fullness(self) -> str:
        """How much there is to read: roomy, usual or tight; on paper the letters are as large as that allows."""
        length = sum(len(text) for _, text in self.parts) + len(self.concept)
        if self.locale != "ja":
            length //= 2  # a Latin letter takes half the width
        return "roomy" if length < 260 else "usual" if length < 520 else "tight"


@dataclass(frozen=True, kw_only=True)
class PersonaView:
    id: int
    name: str
    age: str
    home: str
    occupation: str
    lifestyle: str
    health: str
    team_id: int
    team: str
    workshop_id: int
    day: tuple[Entry, ...]
    curve: Curve | None

    @property
    def path(self) -> str:
        return f"/personas/{self.id}"


@dataclass(frozen=True)
class IdeaView:
    id: int
    text: str
    team_id: int
    dots: int


@dataclass(frozen=True, kw_only=True)
class PhotoView:
    id: int
    name: str
    width: int
    height: int
    alt: str
    caption: str
    consent: Consent
    said_by: str
    public: bool

    @property
    def url(self) -> str:
        return MEDIA.format(self.name)

    @property
    def label(self) -> str:
        return CONSENTS[self.consent]

    @property
    def marked(self) -> bool:
        return self.consent in PUBLIC_MARKS


@dataclass(frozen=True)
class TeamView:
    """`named`: those of its members who agreed to stand in the record by name."""

    id: int
    name: str
    members: int
    named: tuple[str, ...]


def _rows() -> Select[Any]:
    dots = select(func.count()).where(Dot.poster_id == Poster.id).correlate(Poster).scalar_subquery()
    return (
        select(Poster, Subject, Team, Workshop, dots)
        .join(Subject, Subject.id == Poster.id)
        .join(Team, Team.id == Poster.team_id)
        .join(Workshop, Workshop.id == Team.workshop_id)
        .where(Poster.removed_at.is_(None))
    )


def posters(session: Session, *wanted: Any, order: Sequence[Any] = (), offset: int = 0, limit: int | None = None) -> (
    tuple[PosterView, ...]
):
    """Posters that fulfil all of `wanted`, whoever may read them; in the order of the teams. One query."""
    by = order or (Team.position, Team.id, Poster.position, Poster.id)
    rows = session.execute(_rows().where(*wanted).order_by(*by).offset(offset).limit(limit))
    return tuple(_poster(*row) for row in rows)


def poster(session: Session, poster_id: int, *, lock: bool = False) -> PosterView | None:
    """One poster, whoever may read it; `lock` keeps it until the end of the transaction. One query, or two."""
    if lock:
        session.execute(select(Poster.id).where(Poster.id == poster_id).with_for_update())
    found = posters(session, Poster.id == poster_id)
    return found[0] if found else None


def _poster(row: Poster, subject: Subject, team: Team, workshop: Workshop, dots: int) -> PosterView:
    texts = ("concept", "for_whom", "problem", "big_idea", "how", "note_id")
    pictures = ("picture", "picture_alt", "picture_width", "picture_height")
    return PosterView(
        id=row.id,
        **{name: getattr(row, name) for name in (*texts, *pictures)},
        locale=subject.locale,
        team_id=team.id,
        team=team.name,
        workshop_id=workshop.id,
        slug=workshop.slug,
        workshop=workshop.title,
        held_at=workshop.starts_at,
        dots=dots,
        comments=subject.comments_count,
        visible=subject.visible,
        hidden_reason=subject.hidden_reason,
    )


def personas(session: Session, *wanted: Any) -> tuple[PersonaView, ...]:
    """Personas with their days, in the order of the teams. Two queries."""
    rows = session.execute(
        select(Persona, Team)
        .join(Team, Team.id == Persona.team_id)
        .where(Persona.removed_at.is_(None), *wanted)
        .order_by(Team.position, Team.id, Persona.position, Persona.id)
    ).all()
    days: dict[int, list[Entry]] = defaultdict(list)
    mine = Moment.persona_id.in_([row.id for row, _ in rows])
    moments = select(Moment).where(mine, Moment.removed_at.is_(None)).order_by(Moment.position, Moment.id)
    for each in session.scalars(moments) if rows else ():
        if each.activity or each.words:
            days[each.persona_id].append(Entry(each.at, each.activity, each.feeling, each.words))
    return tuple(_persona(row, team, in_order(days[row.id])) for row, team in rows)


def _persona(row: Persona, team: Team, day: tuple[Entry, ...]) -> PersonaView:
    texts = {name: getattr(row, name) for name in ("name", "age", "home", "occupation", "lifestyle", "health")}
    where = {"team_id": team.id, "team": team.name, "workshop_id": team.workshop_id}
    return PersonaView(id=row.id, **texts, **where, day=day, curve=draw_mood(day))


def ideas(session: Session, workshop_id: int) -> tuple[IdeaView, ...]:
    """The ideas on all boards of a workshop, those with most dots first. One query."""
    dots = select(func.count()).where(Dot.note_id == Note.id).correlate(Note).scalar_subquery().label("dots")
    rows = session.execute(
        select(Note.id, Note.text, Note.team_id, dots)
        .join(Team, Team.id == Note.team_id)
        .outerjoin(Subject, Subject.id == Note.subject_id)
        .where(Team.workshop_id == workshop_id, Note.section == Section.IDEA)
        .where(Note.removed_at.is_(None), Note.text != "", Subject.hidden_at.is_(None))
        .order_by(dots.desc(), Team.position, Note.position, Note.id)
    )
    return tuple(IdeaView(*row) for row in rows)


def teams(session: Session, workshop_id: int) -> tuple[TeamView, ...]:
    """The teams with the names of those who agreed. Two queries."""
    known = session.scalars(select(Team).where(Team.workshop_id == workshop_id).order_by(Team.position, Team.id)).all()
    rows = session.execute(
        select(WorkshopMember.team_id, WorkshopMember.name, WorkshopMember.named)
        .where(WorkshopMember.workshop_id == workshop_id, WorkshopMember.kind == Kind.PARTICIPANT)
        .order_by(WorkshopMember.position, WorkshopMember.id)
    ).all()
    return tuple(
        TeamView(
            team.id,
            team.name,
            sum(row.team_id == team.id for row in rows),
            tuple(row.name for row in rows if row.team_id == team.id and row.named and row.name),
        )
        for team in known
    )


def photos(session: Session, workshop_id: int, *, only_public: bool = False) -> tuple[PhotoView, ...]:
    """The photos of a day, the oldest first. One query."""
    rows = session.execute(
        select(Photo, Subject)
        .join(Subject, Subject.id == Photo.id)
        .where(Photo.workshop_id == workshop_id)
        .order_by(Photo.id)
    )
    names = ("id", "name", "width", "height", "alt", "caption", "said_by")
    found = (
        PhotoView(**{name: getattr(row, name) for name in names}, consent=Consent(row.consent), public=subject.visible)
        for row, subject in rows
    )
    return tuple(each for each in found if each.public or not only_public)


def lessons(session: Session, workshop_id: int) -> tuple[Lesson, ...]:
    return tuple(session.scalars(select(Lesson).where(Lesson.workshop_id == workshop_id).order_by(Lesson.id)))


def story(session: Session, workshop_id: int) -> Localized:
    """What is told of the day; empty before anybody wrote it."""
    row = session.get(Record, workshop_id)
    return row.story if row else Localized()


def is_member(
    session: Session, actor: Actor, workshop_id: int, team_id: int | None = None, *, guest: int | None = None
) -> bool:
    """Whether this person takes part in the workshop, or sits in that team of it. `guest`: the member whom a personal
    link has let in."""
    if actor.id is None and guest is None:
        return False
    who = WorkshopMember.account_id == actor.id if actor.id is not None else WorkshopMember.id == guest
    mine = select(WorkshopMember.id).where(present_in(workshop_id), who)
    if team_id is not None:
        mine = mine.where(WorkshopMember.team_id == team_id)
    return session.execute(mine.limit(1)).first() is not None


def team_accounts(team_id: int) -> Select[tuple[int]]:
    """The accounts of a team's members. For notices."""
    return select(WorkshopMember.account_id).where(
        WorkshopMember.team_id == team_id, WorkshopMember.account_id.is_not(None)
    )


def published(workshop: Workshop) -> bool:
    return workshop.state == State.PUBLISHED
