"""The checks that there are: the modules of the folders that manifests name, found by themselves.

A module of such a folder is one check, and its name is the check's name. It holds
- `SAYS`: what is asked for, in plain words, a message id with the parameters in its places;
- `FOR`: the kinds of subjects that it can judge;
- `Parameters`: a frozen dataclass of the values that an article gives;
- `find(session, subjects, parameters, at)`: a Finding by the id of the subject, in a fixed number of queries. Whom it
  leaves out, of them nothing is known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from sqlalchemy.orm import Session

from participation.component import Registry
from participation.policy import N_
from rules.checks.parameters import WrongParameter, read_parameters
from rules.checks.port import CHECKS, Finding, RuleSubject, Sentence, SubjectKind, sentence

Find = Callable[[Session, Sequence[RuleSubject], Any, datetime], Mapping[int, Finding]]
OWN_KEYS = ("kind", "name", "scope")


class How(StrEnum):
    """How the keeping of an article is seen."""

    COMPUTED = "computed"
    SELF_REPORT = "self_report"


class Per(StrEnum):
    YEAR = "year"


@dataclass(frozen=True)
class SelfReportParameters:
    per: Per = Per.YEAR


SELF_REPORT_SAYS = N_("The member reports once in each fiscal year, and the secretariat reviews the report.")


@dataclass(frozen=True)
class Check:
    """A module of a folder."""

    name: str
    says: str
    kinds: tuple[SubjectKind, ...]
    parameters: type
    find: Find


@dataclass(frozen=True)
class Asked:
    """What an article asks for. `check` is None for a self-report, and for a name that no folder knows."""

    how: How
    name: str
    city: bool  # asked of the city as a whole
    check: Check | None = None
    parameters: Any = None

    @property
    def says(self) -> Sentence | None:
        """In plain words; None where nobody knows the check."""
        if self.how == How.SELF_REPORT:
            return sentence(SELF_REPORT_SAYS)
        return sentence(self.check.says, **asdict(self.parameters)) if self.check else None


def checks_of(registry: Registry) -> Mapping[str, Check]:
    """Every check by its name."""
    found: dict[str, Check] = {}
    for hook in registry.hooks(CHECKS):
        for name, check in _checks_in(hook()).items():
            if name in found:
                raise ValueError(f"two folders hold a check {name!r}")
            found[name] = check
    return found


def read_asked(data: Mapping[str, Any], known: Mapping[str, Check]) -> Asked:
    """What `check` of an article means. A computed check of an unknown name is no error: it may come with a later
    version, and until then there is no data.

    Raises:
        WrongParameter: a key or value of it cannot be used.
    """
    how = data.get("kind")
    if how not in list(How):
        raise WrongParameter("kind", f"expected one of {', '.join(How)}")
    if data.get("scope", SubjectKind.CITY) != SubjectKind.CITY:
        raise WrongParameter("scope", "expected city, or nothing")
    city = "scope" in data
    given = {key: value for key, value in data.items() if key not in OWN_KEYS}
    if how == How.SELF_REPORT:
        if city or "name" in data:
            raise WrongParameter("scope" if city else "name", "unknown here; a self-report takes: per")
        return Asked(How.SELF_REPORT, "", city=False, parameters=read_parameters(SelfReportParameters, given))
    name = data.get("name")
    if not isinstance(name, str) or not name:
        raise WrongParameter("name", "expected the name of a check")
    check = known.get(name)
    parameters = read_parameters(check.parameters, given) if check else None
    return Asked(How.COMPUTED, name, city, check, parameters)


def wrong_key(registry: Registry, data: Mapping[str, Any]) -> str:
    """What `read_asked` would refuse, by its key; empty where it would refuse nothing (hook of rules/documents)."""
    try:
        read_asked(data, checks_of(registry))
    except WrongParameter as error:
        return error.key
    return ""


@cache
def _checks_in(folder: str) -> Mapping[str, Check]:
    """The modules of a folder as checks; one that lacks a part is a programming error."""
    package = import_module(folder)
    names = sorted(each.name for each in iter_modules(package.__path__) if not each.name.startswith("_"))
    return {name: _check(name, import_module(f"{folder}.{name}")) for name in names}


def _check(name: str, module: Any) -> Check:
    missing = [part for part in ("SAYS", "FOR", "Parameters", "find") if not hasattr(module, part)]
    if missing:
        raise TypeError(f"{module.__name__} is no check: it lacks {', '.join(missing)}")
    return Check(name, module.SAYS, tuple(module.FOR), module.Parameters, module.find)
