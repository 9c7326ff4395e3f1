"""What happens to the city's frame."""

from dataclasses import dataclass

from participation.events import Fact


@dataclass(frozen=True, kw_only=True)
class ProcessCreated(Fact):
    TYPE = "process.created"

    process_id: int


@dataclass(frozen=True, kw_only=True)
class ProcessChanged(Fact):
    TYPE = "process.changed"
    AUDITED = True

    process_id: int
    fields: str  # comma-separated names of what changed


@dataclass(frozen=True, kw_only=True)
class ProcessPublished(Fact):
    TYPE = "process.published"
    AUDITED = True

    process_id: int


@dataclass(frozen=True, kw_only=True)
class ProcessArchived(Fact):
    TYPE = "process.archived"
    AUDITED = True

    process_id: int


@dataclass(frozen=True, kw_only=True)
class PhaseChanged(Fact):
    """A phase was added, changed or removed; what it opens and when is part of the public record."""

    TYPE = "phase.changed"
    AUDITED = True

    process_id: int
    phase_id: int
    change: str  # added | changed | removed
    starts_at: str
    ends_at: str
    features: str


@dataclass(frozen=True, kw_only=True)
class FrameChanged(Fact):
    """The site's names, a living area or a category was changed."""

    TYPE = "frame.changed"
    AUDITED = True

    what: str  # site | area | category
    key: str
