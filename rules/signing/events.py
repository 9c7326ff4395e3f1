"""What happens to the agreement of organisations with rules."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class RuleSigned(Fact):
    """The log commits to the text (`sha256`) and to the whole evidence record, without holding a name."""

    TYPE = "rule.signed"
    AUDITED = True
    SAYS = N_("An organisation signed a rule")
    organisation_id: int
    document_id: int
    version_id: int
    number: int
    sha256: str
    evidence_sha256: str


@dataclass(frozen=True, kw_only=True)
class RenewalTermSet(Fact):
    TYPE = "rule.renewal_term_set"
    AUDITED = True
    SAYS = N_("It was set how long members have to sign a new version of a rule")
    document_id: int
    version_id: int
    days: int


@dataclass(frozen=True, kw_only=True)
class RenewalDue(Fact):
    """An organisation has to sign a newer version. `days` is the mark that was reached: so many days are left at most;
    0: the time is over; -1: it has just begun."""

    TYPE = "rule.renewal_due"
    organisation_id: int
    document_id: int
    version_id: int
    days: int


EVENTS = (RuleSigned, RenewalTermSet, RenewalDue)
