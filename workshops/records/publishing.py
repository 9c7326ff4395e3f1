"""What a record still lacks, and what becomes public with it (hook `workshop_step` of workshops)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.events import record
from participation.policy import N_, Actor
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject
from workshops.boards.models import Team
from workshops.models import State, Workshop
from workshops.problems import Problem, Wrong
from workshops.records.events import RecordPublished
from workshops.records.models import PUBLIC_MARKS, Photo
from workshops.records.queries import PosterView, lessons, personas, photos, posters, story


@dataclass(frozen=True)
class Check:
    """Something that a record has to say, and whether it does; `needed` ones stop the publication."""

    label: str
    done: bool
    where: str  # the page where it can be dealt with
    needed: bool = True


def checks(session: Session, workshop: Workshop) -> tuple[Check, ...]:
    """The list that an organiser works through. Six queries."""
    edit, record_page = f"/workshops/{workshop.slug}/record/edit", f"/workshops/{workshop.slug}/record"
    own, unmarked = Team.workshop_id == workshop.id, N_("Every photo has its consent mark")
    shown, known, pictures = posters(session, own), personas(session, own), photos(session, workshop.id)
    return (
        Check(N_("The day is told"), bool(story(session, workshop.id)), edit),
        Check(N_("There is at least one concept poster"), bool(shown), record_page),
        Check(N_("Every poster says its concept, for whom it is, and the big idea"), _complete(shown), record_page),
        Check(N_("Every picture of a poster is described in words"), _described(shown), record_page),
        Check(N_("Every persona has a name"), all(each.name for each in known), record_page),
        Check(N_("At least one lesson is written down"), bool(lessons(session, workshop.id)), edit),
        Check(unmarked, all(each.consent for each in pictures), f"{edit}#photos", needed=False),
    )


def guard_publication(session: Session, actor: Actor | None, workshop: Workshop, to: State, now: datetime) -> None:
    """Before a record is published: nothing is missing; with it, its posters and marked photos become public.

    Raises:
        Wrong: what is missing.
    """
    if to != State.PUBLISHED:
        return
    missing = [each for each in checks(session, workshop) if each.needed and not each.done]
    if missing:
        raise Wrong(*(Problem("record", MISSING, {"what": (each.label,)}) for each in missing))
    shown = [each.id for each in posters(session, Team.workshop_id == workshop.id)]
    marked = (Photo.workshop_id == workshop.id, Photo.consent.in_(PUBLIC_MARKS))
    seen = session.scalars(select(Photo.id).where(*marked)).all()
    public = update(Subject).where(Subject.id.in_([*shown, *seen])).values(published_at=now)
    session.execute(public, execution_options={"synchronize_session": "fetch"})
    for poster in posters(session, Team.workshop_id == workshop.id):
        session.get_one(Subject, poster.id).title = poster.concept
        mark_for_indexing(session, poster.id, now)
    fact = RecordPublished(workshop_id=workshop.id, posters=len(shown), photos=len(seen))
    record(session, fact, actor=actor, subject_id=workshop.id, now=now)


def _complete(shown: tuple[PosterView, ...]) -> bool:
    return all(each.concept and each.for_whom and each.big_idea for each in shown)


def _described(shown: tuple[PosterView, ...]) -> bool:
    return all(each.picture_alt for each in shown if each.picture)


MISSING = N_("Still missing: %(what)s.")
