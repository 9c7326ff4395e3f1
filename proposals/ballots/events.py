"""What happens to ballots. Bodies hold ids, numbers and digests; of a secret vote neither who nor what."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class BallotOpened(Fact):
    TYPE = "ballot.opened"
    AUDITED = True
    SAYS = N_("A ballot was opened.")
    ballot_id: int
    rules_sha256: str
    seed_sha256: str


@dataclass(frozen=True, kw_only=True)
class BallotChanged(Fact):
    """Between its opening and the first vote."""

    TYPE = "ballot.changed"
    AUDITED = True
    SAYS = N_("An open ballot for which nobody had voted yet was changed.")
    ballot_id: int
    rules_sha256: str


@dataclass(frozen=True, kw_only=True)
class VoteCast(Fact):
    TYPE = "ballot.vote_cast"
    AUDITED = True
    SAYS = N_("A vote was cast, or changed.")
    ballot_id: int
    first: bool


@dataclass(frozen=True, kw_only=True)
class BallotClosed(Fact):
    """The digests that `sanpo audit verify` holds against the rows."""

    TYPE = "ballot.closed"
    AUDITED = True
    SAYS = N_("A ballot was closed; its roll and its ballots were sealed.")
    ballot_id: int
    ballots: int
    roll_sha256: str
    ballots_sha256: str
    rules_sha256: str
    early: bool


@dataclass(frozen=True, kw_only=True)
class BallotCounted(Fact):
    TYPE = "ballot.counted"
    AUDITED = True
    SAYS = N_("The ballots of a closed ballot were counted.")
    ballot_id: int
    ballots: int
    eligible: int
    valid: bool
    tie_seed: str
    result_sha256: str


@dataclass(frozen=True, kw_only=True)
class BallotPublished(Fact):
    TYPE = "ballot.published"
    AUDITED = True
    SAYS = N_("The result of a ballot was published.")
    ballot_id: int
    result_sha256: str


@dataclass(frozen=True, kw_only=True)
class BallotCalledOff(Fact):
    TYPE = "ballot.called_off"
    AUDITED = True
    SAYS = N_("A ballot was called off.")
    ballot_id: int


@dataclass(frozen=True, kw_only=True)
class BallotPostponed(Fact):
    """`until`: the new close, in microseconds since 1970 (UTC)."""

    TYPE = "ballot.postponed"
    AUDITED = True
    SAYS = N_("The close of a ballot was put off, with a public reason.")
    ballot_id: int
    until: int
    rules_sha256: str


@dataclass(frozen=True, kw_only=True)
class BallotReminderDue(Fact):
    """The close is near: for the subscribers that tell people."""

    TYPE = "ballot.reminder_due"
    ballot_id: int


EVENTS = (
    BallotOpened,
    BallotChanged,
    VoteCast,
    BallotClosed,
    BallotCounted,
    BallotPublished,
    BallotCalledOff,
    BallotPostponed,
    BallotReminderDue,
)
