"""Writing a record: what is told of the day, lessons, photos with their marks, pictures of posters.

Each: ensure, change, record. What changes after the publication stands in the audit log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.events import record
from participation.pictures import StoredPicture
from participation.policy import N_, Actor, ensure
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound
from workshops.actions import held
from workshops.boards.models import Note, Poster, Team
from workshops.models import Workshop
from workshops.problems import Problem, Wrong
from workshops.records.events import RecordChanged
from workshops.records.models import PUBLIC_MARKS, Consent, Lesson, Photo, PosterFile, Record
from workshops.records.policy import may_keep, may_picture
from workshops.records.queries import is_member, published

MOST_PHOTOS, MOST_LESSONS = 40, 30
NO_ALT = N_("Please say what it shows, for people who cannot see it.")
NO_ASKER = N_("Please say who asked the people on it.")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What is said of a photo. `said_by`: who asked the people on it."""

    alt: str
    caption: str = ""
    consent: Consent = Consent.UNMARKED
    said_by: str = ""


def write_story(
    session: Session, actor: Actor, workshop_id: int, story: Mapping[str, str], *, now: datetime
) -> None:
    """What is told of the day, instead of what was told before."""
    row = held(session, workshop_id)
    ensure(may_keep(actor, row))
    kept = session.get(Record, workshop_id) or Record(workshop_id=workshop_id)
    kept.story, kept.updated_at = Localized(story), now
    session.add(kept)
    _changed(session, actor, row, "story", now)


def add_lesson(session: Session, actor: Actor, workshop_id: int, text: Mapping[str, str], *, now: datetime) -> Lesson:
    row = held(session, workshop_id)
    ensure(may_keep(actor, row))
    mine = select(Lesson.id).where(Lesson.workshop_id == workshop_id)
    if len(session.scalars(mine).all()) >= MOST_LESSONS:
        raise Wrong(Problem("text_ja", N_("A record holds up to %(most)s lessons."), {"most": MOST_LESSONS}))
    lesson = Lesson(workshop_id=workshop_id, text=Localized(text), added_at=now)
    session.add(lesson)
    session.flush()
    _changed(session, actor, row, "lesson", now)
    return lesson


def drop_lesson(session: Session, actor: Actor, workshop_id: int, lesson_id: int, *, now: datetime) -> None:
    row = held(session, workshop_id)
    ensure(may_keep(actor, row))
    gone = delete(Lesson).where(Lesson.workshop_id == workshop_id, Lesson.id == lesson_id).returning(Lesson.id)
    if session.execute(gone, execution_options={"synchronize_session": False}).first() is None:
        raise NotFound
    _changed(session, actor, row, "lesson", now)


def add_photo(
    session: Session, actor: Actor, workshop_id: int, picture: StoredPicture, mark: Mark, *, now: datetime
) -> Photo:
    """Keep a photo of the day. It is public only where its mark allows and the record is published.

    Raises:
        Wrong: it is there already, nobody says what it shows or who asked, or there are too many.
    """
    row = held(session, workshop_id)
    ensure(may_keep(actor, row))
    there = session.scalars(select(Photo.name).where(Photo.workshop_id == workshop_id)).all()
    if picture.name in there:
        raise Wrong(Problem("picture", N_("This photo is there already.")))
    if len(there) >= MOST_PHOTOS:
        raise Wrong(Problem("picture", N_("A record holds up to %(most)s photos."), {"most": MOST_PHOTOS}))
    subject = create_subject(session, "workshop_photo", title=mark.alt, author_id=actor.id, space_id=row.id, now=now)
    photo = Photo(id=subject.id, workshop_id=workshop_id, name=picture.name, added_at=now)
    photo.width, photo.height, photo.consent = picture.width, picture.height, Consent.UNMARKED
    session.add(photo)
    _mark(session, actor, row, photo, mark, now)
    return photo


def mark_photo(session: Session, actor: Actor, photo_id: int, mark: Mark, *, now: datetime) -> None:
    """Say anew what a photo shows and whether it may be seen: effective at once, also when the record is published."""
    row, photo = _photo(session, actor, photo_id)
    _mark(session, actor, row, photo, mark, now)


def drop_photo(session: Session, actor: Actor, photo_id: int, *, now: datetime) -> None:
    """Take a photo away for good; its file is cleared away later. Its number stays known as that of a hidden thing."""
    row, photo = _photo(session, actor, photo_id)
    session.delete(photo)
    session.execute(update(Subject).where(Subject.id == photo_id).values(published_at=None, title=""))
    session.flush()
    _changed(session, actor, row, "photo", now)


def set_picture(
    session: Session, actor: Actor, poster_id: int, picture: StoredPicture | None, alt: str, *, now: datetime,
    guest: int | None = None,
) -> None:  # fmt: skip
    """The picture of a poster, or none. A poster that was printed is printed anew. `guest`: the member whom a personal
    link has let in.

    Raises:
        NotFound, Refused: see `may_picture`. Wrong: nobody says what it shows.
    """
    poster = session.get(Poster, poster_id, with_for_update=True, populate_existing=True)
    team = session.get(Team, poster.team_id) if poster else None
    if poster is None or team is None or poster.removed_at is not None:
        raise NotFound
    row = held(session, team.workshop_id)
    ensure(may_picture(actor, row, member=is_member(session, actor, row.id, team.id, guest=guest)))
    if picture is not None and not alt:
        raise Wrong(Problem("alt", NO_ALT))
    poster.picture, poster.picture_alt = (picture.name, alt) if picture else ("", "")
    poster.picture_width, poster.picture_height = (picture.width, picture.height) if picture else (0, 0)
    poster.changed_at, team.version = now, team.version + 1
    session.execute(delete(PosterFile).where(PosterFile.poster_id == poster_id))
    session.flush()
    _changed(session, actor, row, "picture", now)


def make_idea_known(session: Session, note_id: int, *, locale: str, now: datetime) -> int:
    """The subject of an idea of a published record, made when it is first taken further. The note is locked."""
    note = session.get_one(Note, note_id)
    if note.subject_id is None:
        row = session.get_one(Workshop, session.get_one(Team, note.team_id).workshop_id)
        about = {"space_id": row.process_id, "locale": locale, "published": True}
        note.subject_id = create_subject(session, "idea", title=note.text, now=now, **about).id
        session.flush()
    return note.subject_id


def _mark(session: Session, actor: Actor, row: Workshop, photo: Photo, mark: Mark, now: datetime) -> None:
    if not mark.alt:
        raise Wrong(Problem("alt", NO_ALT))
    if mark.consent == Consent.EVERYBODY_AGREED and not mark.said_by:
        raise Wrong(Problem("said_by", NO_ASKER))
    if photo.consent != mark.consent or photo.said_by != mark.said_by:
        photo.marked_by_id, photo.marked_at = actor.id, now
    photo.alt, photo.caption, photo.consent, photo.said_by = mark.alt, mark.caption, mark.consent, mark.said_by
    shown = now if published(row) and mark.consent in PUBLIC_MARKS else None
    session.execute(update(Subject).where(Subject.id == photo.id).values(title=mark.alt, published_at=shown))
    session.flush()
    _changed(session, actor, row, "photo", now)


def _photo(session: Session, actor: Actor, photo_id: int) -> tuple[Workshop, Photo]:
    photo = session.get(Photo, photo_id, with_for_update=True, populate_existing=True)
    if photo is None:
        raise NotFound
    row = held(session, photo.workshop_id)
    ensure(may_keep(actor, row))
    return row, photo


def _changed(session: Session, actor: Actor, row: Workshop, what: str, now: datetime) -> None:
    if published(row):
        record(session, RecordChanged(workshop_id=row.id, what=what), actor=actor, subject_id=row.id, now=now)
        mark_for_indexing(session, row.id, now)
