"""What a check says, and of whom. docs/checks.md shows how to add one; hooks of a manifest, by these names:

`rule_checks`    () -> the dotted name of a folder whose modules are checks.
`rule_subjects`  (session, at) -> those who are bound by rules: organisations, services. A fixed number of queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from participation.db import Localized
from participation.policy import N_
from participation.web.i18n import show_date, show_number, translations

CHECKS, SUBJECTS = "rule_checks", "rule_subjects"


class State(StrEnum):
    KEPT = "kept"
    DUE = "due"  # something is to be done, and its time is not over
    BROKEN = "broken"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"  # there are no records yet by which it could be seen


class SubjectKind(StrEnum):
    """Whom a check is about. The city stands for everybody together; its id is 0."""

    ORGANISATION = "organisation"
    SERVICE = "service"
    CITY = "city"


LABELS = {
    State.KEPT: N_("Kept"),
    State.DUE: N_("Due"),
    State.BROKEN: N_("Broken"),
    State.NOT_APPLICABLE: N_("Not applicable"),
    State.NO_DATA: N_("No data yet"),
}


@dataclass(frozen=True)
class Sentence:
    """A message id with what stands in its %(places)s: texts, numbers, days, moments, texts by language. It is put into
    words where it is shown, in the reader's language."""

    message: str
    values: tuple[tuple[str, object], ...] = ()

    def to(self, locale: str) -> str:
        text = translations(locale).gettext(self.message)
        return text % {name: _word(value, locale) for name, value in self.values} if self.values else text


def sentence(message: str, **values: object) -> Sentence:
    return Sentence(message, tuple(values.items()))


@dataclass(frozen=True)
class Evidence:
    """Where a reader sees it for themselves: a link of this platform, or an address elsewhere."""

    label: Sentence
    url: str


@dataclass(frozen=True)
class Finding:
    """What a check found of one subject at one time. `due` is by when something has to be done, if that is known."""

    state: State
    says: Sentence
    due: datetime | None = None
    evidence: tuple[Evidence, ...] = ()


def found(
    state: State, message: str, *, by: datetime | None = None, see: Iterable[Evidence] = (), **values: object
) -> Finding:
    """A finding in one line: `found(State.KEPT, N_("Answered in time: %(n)s of %(all)s"), n=4, all=5)`."""
    return Finding(state, sentence(message, **values), by, tuple(see))


def evidence(url: str, message: str, **values: object) -> Evidence:
    return Evidence(sentence(message, **values), url)


@dataclass(frozen=True, kw_only=True)
class RuleSubject:
    """Somebody or something that rules bind.

    `exempt` says why they bind it not (a member that left, say), and then no check is asked about it. `since` is the
    day from which they bind it. `group` is what the board can be filtered by; `party` is citizen,
    city or company, or nothing for what belongs to several.
    """

    kind: SubjectKind
    id: int
    slug: str
    name: Localized
    path: str
    group: str = ""
    group_label: str = ""  # message id
    party: str = ""
    standing: str = ""  # message id: what else is to be known of it
    mood: str = ""
    since: date | None = None
    exempt: Sentence | None = None


SubjectHook = Callable[[Session, datetime], Iterable[RuleSubject]]


def _word(value: object, locale: str) -> object:
    if isinstance(value, date):  # a datetime is one too
        return show_date(value, locale).striptags()
    if isinstance(value, Localized):
        return value.to(locale)
    return show_number(value, locale) if isinstance(value, int | float) else value
