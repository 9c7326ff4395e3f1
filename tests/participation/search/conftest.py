"""The engines under test, and a kind of subject that needs nothing but its row."""
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.app import make_services
from participation.component import Component, SubjectKind
from participation.db import Database
from participation.policy import Actor
from participation.search.actions import mark_for_indexing
from participation.search.models import SearchEntry
from participation.search.port import SearchDocument, SearchEngine
from participation.search.postgres_engine import PostgresEngine
from participation.search.whoosh_engine import WhooshEngine
from participation.services import Services
from participation.settings import Settings
from participation.subjects import Subject, create_subject
from tests.support.clock import TestClock


@pytest.fixture
def index(engine: str, fresh_databases: Any, tmp_path: Path) -> Iterator[SearchEngine]:
    """An empty, ready index of the engine that goes with each database."""
    if engine == "sqlite":
        made: SearchEngine = WhooshEngine(tmp_path / "search")
        made.rebuild([])
        yield made
        return
    database = Database(fresh_databases.make("postgres").replace("postgresql://", "postgresql+psycopg://"))
    made = PostgresEngine(database)
    made.rebuild([])
    yield made
    database.close()


def note_document(session: Session, note_id: int) -> SearchDocument | None:
    """A note's first line is its title, the rest its text; one that begins with "withdrawn" is no longer found."""
    subject = session.get(Subject, note_id, populate_existing=True)
    title, _, body = subject.title.partition("\n")
    if title.startswith("withdrawn"):
        return None
    if title == "unreadable":
        raise LookupError(title)
    return SearchDocument(subject_id=note_id, kind=subject.kind, locale=subject.locale, title=title, body=body,
                          process_id=subject.space_id, published_at=subject.published_at)


def may_see_diary(session: Session, actor: Actor, diary_id: int) -> bool:
    return actor.id is not None and session.get(Subject, diary_id).author_id == actor.id


NOTES = Component(name="notes", subject_kinds=(
    SubjectKind("note", "Note", lambda note_id: f"/notes/{note_id}", document=note_document),
    SubjectKind("diary", "Diary", lambda diary_id: f"/diaries/{diary_id}", document=note_document,
                may_see=may_see_diary),
))


@pytest.fixture
def services(settings: Settings, clock: TestClock) -> Iterator[Services]:
    from asgi import COMPONENTS
    made = make_services(settings, [*COMPONENTS, NOTES], clock=clock)
    yield made
    made.db.close()


@pytest.fixture
def lose_index(services: Services) -> Callable[[], None]:
    """Takes the whole index away behind the engine's back."""
    def lose() -> None:
        if services.db.sqlite:
            rmtree(services.settings.data / "search")
        else:
            services.db.write(lambda session: session.execute(delete(SearchEntry)))
    return lose


@pytest.fixture
def write(services: Services, clock: TestClock) -> Callable[..., int]:
    """`write("Title\\nText")` publishes a note as its action would and answers its id."""
    def publish(text: str, *, kind: str = "note", published: bool = True, **fields: Any) -> int:
        def work(session: Session) -> int:
            subject = create_subject(session, kind, title=text, now=clock(), published=published, **fields)
            mark_for_indexing(session, subject.id, clock())
            return subject.id
        clock.advance(minutes=1)
        return services.db.write(work)
    return publish


@pytest.fixture
def change(services: Services, clock: TestClock) -> Callable[..., None]:
    """`change(id, title=…)` sets fields of a subject and marks it; `marked=False` forgets to."""
    def change(subject_id: int, *, marked: bool = True, **fields: Any) -> None:
        def work(session: Session) -> None:
            subject = session.get_one(Subject, subject_id)
            for name, value in fields.items():
                setattr(subject, name, value)
            if marked:
                mark_for_indexing(session, subject_id, clock())
        services.db.write(work)
    return change
