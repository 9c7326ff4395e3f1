"""What happens to the city's frame."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class ProcessCreated(Fact):
    TYPE = "process.created"

    process_id: int


@dataclass(frozen=True, kw_only=True)
class ProcessChanged(Fact):
    TYPE = "process.changed"
    AUDITED = True
    SAYS = N_("A participation process was changed")

    process_id: int
    fields: str  # comma-separated names of what changed


@dataclass(frozen=True, kw_only=True)
class ProcessPublished(Fact):
    TYPE = "process.published"
    AUDITED = True
    SAYS = N_("A participation process was published")

    process_id: int


@dataclass(frozen=True, kw_only=True)
class ProcessArchived(Fact):
    TYPE = "process.archived"
    AUDITED = True
    SAYS = N_("A participation process was archived")

    process_id: int


@dataclass(frozen=True, kw_only=True)
class PhaseChanged(Fact):
    """A phase was added, changed or removed; what it opens and when is part of the public record."""

    TYPE = "phase.changed"
    AUDITED = True
    SAYS = N_("A phase of a participation process was changed")

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
    SAYS = N_("The names of the site, a living area or a category were changed")

    what: str  # site | area | category
    key: str
