"""How long a signature holds. A pure function of what was signed, of the versions' days, and of the time.

Of several signatures the one of the latest version counts. It holds until the next version's renewal runs out: `days`
after the midnight on which that one came into force. So a new version never ends an agreement at once, and one that ran
out is not revived by a later version.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from participation.web.i18n import ZONE


@dataclass(frozen=True)
class Term:
    """A published version of a rule with its days."""

    version_id: int
    number: int
    begins: date
    days: int

    @property
    def from_(self) -> datetime:
        return datetime.combine(self.begins, time(), ZONE)

    @property
    def deadline(self) -> datetime:
        """By when whoever signed the version before must have signed this one."""
        return self.from_ + timedelta(days=self.days)


class Agreed(StrEnum):
    NEVER = "never"
    CURRENT = "current"  # the version in force is signed
    DUE = "due"  # an earlier one is, and its time is not over
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Agreement:
    """`version_id` is the signed version that holds (None: none does); `until` is when it ends or ended, if that is
    known, and `following` the version that had to be signed by then."""

    state: Agreed
    version_id: int | None = None
    until: datetime | None = None
    following: int | None = None

    @property
    def holds(self) -> bool:
        return self.state in (Agreed.CURRENT, Agreed.DUE)


def agreement(signed: Sequence[tuple[int, datetime]], terms: Sequence[Term], now: datetime) -> Agreement:
    """`signed`: (version id, when), `terms`: every published version of the rule. What was signed later than `now` is
    left out, so that the past can be asked too."""
    order = sorted(terms, key=lambda term: (term.begins, term.number))
    follower = dict(zip((term.version_id for term in order), order[1:], strict=False))
    mine = {version_id for version_id, at in signed if at <= now}
    if not mine:
        return Agreement(Agreed.NEVER)
    begun = [term for term in order if term.from_ <= now]
    last = next((term for term in reversed(begun) if term.version_id in mine), None)
    if last is None:
        return Agreement(Agreed.LAPSED)
    following = follower.get(last.version_id)
    if following is None:
        return Agreement(Agreed.CURRENT, last.version_id)
    if now >= following.deadline:
        return Agreement(Agreed.LAPSED, None, following.deadline, following.version_id)
    state = Agreed.CURRENT if last is begun[-1] else Agreed.DUE
    return Agreement(state, last.version_id, following.deadline, following.version_id)
