"""A desk at which documents are written, straight through the actions."""
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from participation.component import compose
from participation.db import Database
from participation.policy import Actor
from rules.documents import actions, writing
from rules.documents.models import Document, Kind, Section, Stage, Version
from tests.support.application import People
from tests.support.clock import TestClock

Texts = Sequence[tuple[str, str]]  # heading and body


class Desk:
    """`desk.vision("vision", stages=("first_draft",))`, `desk.do(action, …)`, `desk.ask(question, …)`."""

    def __init__(self, db: Database, clock: TestClock, person: People) -> None:
        from asgi import COMPONENTS
        self.db, self.clock, self.registry = db, clock, compose(COMPONENTS)
        self.secretary: Actor = person("Secretary", roles=("secretariat",))

    def do(self, action: Callable[..., Any], *arguments: Any, by: Actor | None = None, **named: Any) -> Any:
        """An action of the secretariat (or of `by`) in a transaction of its own, at the present time."""
        actor = by or self.secretary
        return self.db.write(lambda session: action(session, actor, *arguments, now=self.clock(), **named))

    def ask(self, question: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        with self.db.read() as session:
            return question(session, *arguments, **named)

    def begin(self, slug: str = "vision", kind: Kind = Kind.VISION, texts: Texts = (("目的", "よいまちにする。"),)) -> None:
        """A document whose first version is being written."""
        applies_to = "organisation" if kind == Kind.RULE else None
        title = {"ja": "まちの目指す姿", "en": "What the city aims for"}
        self.do(actions.create_document, kind=kind, slug=slug, title=title, applies_to=applies_to)
        for heading, body in texts:
            self.add(slug, heading, body)

    def add(self, slug: str, heading: str, body: str, **more: Any) -> str:
        return self.do(writing.add_section, slug, heading={"ja": heading}, body={"ja": body}, **more)

    def publish(self, slug: str = "vision", stage: Stage = Stage.FIRST_DRAFT, day: date | None = None) -> str:
        """Freeze the working version; returns its hash."""
        stage = Stage.DRAFT if day else stage
        return self.do(_published, slug, stage=stage, registry=self.registry, in_force_from=day)

    def next(self, slug: str = "vision") -> int:
        return self.do(actions.open_version, slug)

    def vision(self, slug: str = "vision", stages: Sequence[str] = ("first_draft",)) -> None:
        """A vision with a published version at each of these stages."""
        self.begin(slug)
        for number, stage in enumerate(stages):
            if number:
                self.next(slug)
            self.publish(slug, Stage(stage))

    def rule(self, slug: str = "participation", days: Sequence[date] = (date(2026, 4, 1),)) -> None:
        """A rule with a version from each of these days."""
        self.begin(slug, Kind.RULE, (("利用者中心", "会員は声を聞く。"), ("事前の同意", "会員は同意を得る。")))
        for number, day in enumerate(days):
            if number:
                self.next(slug)
            self.publish(slug, day=day)

    def text(self, slug: str = "vision", number: int = 1) -> list[tuple[str, str, str]]:
        """(key, heading, body) of a version, in order, as the database holds them."""
        with self.db.read() as session:
            rows = session.execute(
                select(Section.key, Section.heading, Section.body)
                .join(Version, Version.id == Section.version_id).join(Document, Document.id == Version.document_id)
                .where(Document.slug == slug, Version.number == number).order_by(Section.position))
            return [(key, heading["ja"], body.to("ja")) for key, heading, body in rows]


def _published(session: Any, actor: Actor, slug: str, **named: Any) -> str:
    return actions.publish(session, actor, slug, **named).sha256 or ""


@pytest.fixture
def desk(db: Database, clock: TestClock, person: People) -> Desk:
    return Desk(db, clock, person)
