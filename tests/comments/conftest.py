"""A public thing to comment on, in a process whose phases can be chosen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from participation.component import SubjectKind
from participation.spaces.models import Phase, Process
from participation.subjects import Subject, create_subject


@pytest.fixture
def services(services):
    """The application's own kinds and one more, so that the tests need no other package."""
    kind = SubjectKind("thing", "Thing", lambda thing_id: f"/things/{thing_id}", comment_feature="comment")
    registry = replace(services.registry, kinds={**services.registry.kinds, "thing": kind})
    return replace(services, registry=registry)


@pytest.fixture
def make_thing(db, now) -> Callable[..., Subject]:
    """`make_thing(features=("comment",), visible=True)`: a subject in a process of its own."""

    def make(features: tuple[str, ...] = ("comment",), *, visible: bool = True) -> Subject:
        def work(session):
            process = create_subject(session, "process", title="Process", now=now, published=True)
            slug, title = f"process-{process.id}", {"ja": "Process"}
            session.add(Process(id=process.id, slug=slug, title=title, state="published", updated_at=now))
            session.flush()
            start = now - timedelta(days=1)
            session.add(Phase(process_id=process.id, title=title, starts_at=start, features=list(features)))
            return create_subject(session, "thing", title="Thing", now=now, space_id=process.id, published=visible)

        return db.write(work)

    return make
