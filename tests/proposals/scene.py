"""A process and its proposals, straight in the database, for the tests of what happens to proposals."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from participation.db import Database
from participation.policy import Actor
from participation.spaces.models import Phase, Process
from participation.subjects import create_subject
from proposals.models import Proposal, ProposalAuthor, ProposalVersion, State
from tests.proposals.doors import Doors
from tests.support.application import Acting, People
from tests.support.client import Client
from tests.support.clock import TestClock

OPEN = ("propose", "support", "amend", "comment")


class Scene(Acting):
    """`scene.process(cap=3)`, `scene.proposal(author)`: each returns an id."""

    def __init__(self, db: Database, clock: TestClock, person: People) -> None:
        super().__init__(db, clock, person)
        self.numbers = 0
        self.current: int | None = None

    def process(self, features: Sequence[str] = OPEN, *, cap: int | None = None, state: str = "published") -> int:
        """A process whose one phase began yesterday and opens `features`; it becomes the current one."""
        self.numbers += 1
        number, now = self.numbers, self.clock()

        def make(session: Any) -> int:
            subject = create_subject(session, "process", title="Vision", now=now, published=state == "published")
            session.add(Process(id=subject.id, slug=f"process-{number}", title={"ja": "ビジョン", "en": "Vision"},
                                state=state, support_cap=cap, updated_at=now))
            session.flush()
            session.add(Phase(process_id=subject.id, title={"ja": "意見", "en": "Voices"},
                              starts_at=now - timedelta(days=1), features=list(features)))
            return subject.id

        self.current = self.db.write(make)
        return self.current

    def proposal(self, author: Actor | None = None, *, state: State | str = State.PUBLISHED, process: int | None = None,
                 title: str = "A seat at every bus stop", body: str = "Old people wait long.\n\nThey need a seat.",
                 co_authors: Sequence[Actor] = (), at: datetime | None = None) -> int:
        """A proposal of the current process (one is made if there is none)."""
        author = author or self.person()
        now = at or self.clock()
        process = process or self.current or self.process()
        public = state != State.DRAFT

        def make(session: Any) -> int:
            subject = create_subject(session, "proposal", title=title, now=now, space_id=process, author_id=author.id,
                                     published=public)
            session.add(Proposal(id=subject.id, process_id=process, state=State(state), body=body, updated_at=now,
                                 published_at=now if public else None, version=1 if public else 0))
            session.flush()
            if public:
                session.add(ProposalVersion(proposal_id=subject.id, number=1, title=title, body=body,
                                            editor_id=author.id, at=now))
            for person in co_authors:
                session.add(ProposalAuthor(proposal_id=subject.id, account_id=person.id, invited_at=now,
                                           accepted_at=now))
            return subject.id

        return self.db.write(make)

    def set(self, model: Any, key: Any, **values: Any) -> None:
        """Change columns of a row, as time or another part of the platform would have."""
        self.db.write(lambda session: [setattr(session.get(model, key), name, value)
                                       for name, value in values.items()] and None)


@pytest.fixture
def scene(db: Database, clock: TestClock, person: People) -> Scene:
    return Scene(db, clock, person)


@pytest.fixture
def doors(client: Client) -> Doors:
    return Doors(client)
