"""What happened to documents. A version's text is public and frozen: the log commits to its hash."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class DocumentCreated(Fact):
    TYPE = "document.created"
    AUDITED = True
    SAYS = N_("A document was begun")
    document_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class VersionOpened(Fact):
    """Somebody began to write the next version."""

    TYPE = "document.opened"
    document_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionDiscarded(Fact):
    TYPE = "document.discarded"
    document_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionPublished(Fact):
    """`in_force_from` is an ISO date for rules, else empty."""

    TYPE = "document.published"
    AUDITED = True
    SAYS = N_("A version of a document was published")
    document_id: int
    version_id: int
    number: int
    stage: str
    sha256: str
    in_force_from: str


@dataclass(frozen=True, kw_only=True)
class VersionAdopted(Fact):
    TYPE = "document.adopted"
    AUDITED = True
    SAYS = N_("A document was adopted")
    document_id: int
    version_id: int
    number: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class RuleInForce(Fact):
    """The day of a published version has come."""

    TYPE = "rule.in_force"
    AUDITED = True
    SAYS = N_("A version of a rule came into force")
    document_id: int
    version_id: int
    number: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class RuleSuperseded(Fact):
    TYPE = "rule.superseded"
    AUDITED = True
    SAYS = N_("A version of a rule gave way to the next one")
    document_id: int
    version_id: int
    number: int


EVENTS = (
    DocumentCreated,
    VersionOpened,
    VersionDiscarded,
    VersionPublished,
    VersionAdopted,
    RuleInForce,
    RuleSuperseded,
)
