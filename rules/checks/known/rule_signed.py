"""The organisation has agreed to a rule, and its signature holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participation.policy import N_
from rules.checks.port import Evidence, Finding, RuleSubject, State, SubjectKind, evidence, found
from rules.signing.queries import book_of
from rules.signing.validity import Agreed, Agreement

SAYS = N_("The version in force of the rule “%(rule)s” is signed, in time after each new version.")
FOR = (SubjectKind.ORGANISATION,)


@dataclass(frozen=True)
class Parameters:
    rule: str  # the key of a rule


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """Two queries. Where there is no such rule, nothing is known."""
    book = book_of(session, parameters.rule)
    if not book.terms:
        return {}
    see = (evidence(f"/rules/{parameters.rule}/signatures", N_("Who has signed, and when")),)
    return {each.id: _judge(book.agreement(each.id, at), see) for each in subjects}


def _judge(held: Agreement, see: tuple[Evidence, ...]) -> Finding:
    if held.state == Agreed.CURRENT:
        return found(State.KEPT, N_("The version in force is signed."), see=see)
    if held.state == Agreed.DUE:
        return found(State.DUE, N_("An earlier version is signed; the new one has to be."), by=held.until, see=see)
    if held.state == Agreed.LAPSED:
        return found(State.BROKEN, N_("The signature has lapsed: a new version was not signed in time."), see=see)
    return found(State.BROKEN, N_("The rule has never been signed."), see=see)
