"""Where the story is played: one transaction, and the ids of what came to be in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.council.documents import DocumentEntry
from consortium.demo.story import Person, Proposal, Story
from participation.component import Registry
from participation.policy import Actor
from participation.spaces.models import Area, Category


@dataclass
class Stage:
    session: Session
    story: Story
    registry: Registry
    today: date
    actors: dict[str, Actor] = field(default_factory=dict)  # by the key of the person
    processes: dict[str, int] = field(default_factory=dict)  # by slug
    proposals: dict[str, int] = field(default_factory=dict)  # by key
    comments: dict[tuple[str, int], int] = field(default_factory=dict)  # by the proposal's key and number
    amendments: dict[tuple[str, int], int] = field(default_factory=dict)
    opinions: dict[tuple[str, int, int], list[int]] = field(default_factory=dict)  # groups by slug, version and row
    voices: dict[tuple[str, int, int, int], int] = field(default_factory=dict)  # by slug, version, row and place in it
    documents: dict[str, DocumentEntry] = field(default_factory=dict)  # of the council file, by slug
    organisations: dict[str, int] = field(default_factory=dict)  # by key
    services: dict[str, int] = field(default_factory=dict)  # by key
    pilots: dict[str, int] = field(default_factory=dict)  # by key
    said: dict[str, int] = field(default_factory=dict)  # words about services, by key
    items: dict[str, int] = field(default_factory=dict)  # improvements, by key
    datasets: dict[str, int] = field(default_factory=dict)  # by key
    challenges: dict[str, int] = field(default_factory=dict)  # by key
    sheets: dict[tuple[str, str], int] = field(default_factory=dict)  # by the keys of challenge and organisation
    surveys: dict[str, int] = field(default_factory=dict)  # by key
    groups: dict[str, int] = field(default_factory=dict)  # by key
    seats: dict[tuple[str, str], int] = field(default_factory=dict)  # of people in groups, by the keys of both
    meetings: dict[tuple[str, int], int] = field(default_factory=dict)  # by the group's key and place in its list
    drafts: dict[str, int] = field(default_factory=dict)  # the meeting whose minutes wait, by the group's key
    tasks: dict[tuple[str, int, int], int] = field(default_factory=dict)  # by group, meeting and place in its list
    ballots: dict[str, int] = field(default_factory=dict)  # by slug
    workshops: dict[str, int] = field(default_factory=dict)  # by slug
    secret: bytes = b""  # of the platform, which seals signatures
    uploads: Path | None = None  # the folder for pictures; None: the story is played without them

    def __post_init__(self) -> None:
        self.areas: dict[str, int] = dict(self.session.execute(select(Area.key, Area.id)).all())
        self.categories: dict[str, int] = dict(self.session.execute(select(Category.key, Category.id)).all())
        self.people: dict[str, Person] = {person.key: person for person in self.story.everybody}
        self.told: dict[str, Proposal] = {proposal.key: proposal for proposal in self.story.proposals}


@dataclass(frozen=True)
class Turn:
    """One scene being played: who, on what, with which details, when."""

    stage: Stage
    key: str  # the acting person's
    on: str  # the key of the proposal (the slug of the process)
    detail: Mapping[str, Any]
    now: datetime

    @property
    def session(self) -> Session:
        return self.stage.session

    @property
    def actor(self) -> Actor:
        return self.stage.actors[self.key]

    @property
    def proposal(self) -> Proposal:
        return self.stage.told[self.on]

    @property
    def proposal_id(self) -> int:
        return self.stage.proposals[self.on]
