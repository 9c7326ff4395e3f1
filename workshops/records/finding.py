"""What search knows of posters, who may see what is not public yet, and which files are needed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import Actor
from participation.search.port import SearchDocument
from participation.subjects import Subject
from workshops.boards.models import Poster, Team
from workshops.models import State, Workshop
from workshops.records.models import Photo, PosterFile
from workshops.records.policy import may_read_record
from workshops.records.queries import is_member, poster


def poster_document(session: Session, poster_id: int) -> SearchDocument | None:
    """A public poster with the question that it answers. Two queries."""
    view = poster(session, poster_id)
    if view is None or not view.visible:
        return None
    workshop, subject = session.get_one(Workshop, view.workshop_id), session.get_one(Subject, poster_id)
    return SearchDocument(
        subject_id=poster_id,
        kind="poster",
        locale=view.locale,
        title=view.concept,
        body="\n".join(text for _, text in view.parts),
        published_at=subject.published_at or workshop.updated_at,
        process_id=workshop.process_id,
    )


def readable_posters(session: Session, actor: Actor, ids: Sequence[int]) -> Sequence[int]:
    """Those of some visible posters whose record is public. One query."""
    wanted = (
        select(Poster.id)
        .join(Team, Team.id == Poster.team_id)
        .join(Workshop, Workshop.id == Team.workshop_id)
        .join(Subject, Subject.id == Workshop.id)
        .where(Poster.id.in_(ids), Poster.removed_at.is_(None), Workshop.state == State.PUBLISHED)
        .where(Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
    )
    return session.scalars(wanted).all()


def may_see_poster(session: Session, actor: Actor, poster_id: int) -> bool:
    """Whether the actor may open a poster that is not public (yet)."""
    view = poster(session, poster_id)
    return view is not None and _inside(session, actor, view.workshop_id)


def may_see_photo(session: Session, actor: Actor, photo_id: int) -> bool:
    """A photo that is not public: those who organise the workshop or look after the platform; no other member."""
    photo = session.get(Photo, photo_id)
    if photo is None:
        return False
    workshop = session.get_one(Workshop, photo.workshop_id)
    return bool(may_read_record(actor, workshop, visible=False, member=False))


def _inside(session: Session, actor: Actor, workshop_id: int) -> bool:
    workshop, member = session.get_one(Workshop, workshop_id), is_member(session, actor, workshop_id)
    return bool(may_read_record(actor, workshop, visible=False, member=member))


def where(session: Session, names: Sequence[str]) -> list[tuple[str, int]]:
    """(name, subject id) of the posters and photos that show one of these files, and of the posters printed in one."""
    kept = (
        select(Poster.picture, Poster.id).where(Poster.picture.in_(names), Poster.picture != ""),
        select(Photo.name, Photo.id).where(Photo.name.in_(names)),
        select(PosterFile.name, PosterFile.poster_id).where(PosterFile.name.in_(names)),
    )
    return [(name, subject_id) for wanted in kept for name, subject_id in session.execute(wanted)]
