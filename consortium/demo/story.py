"""The demo's data (demo/participation.yaml, demo/proposals/*.yaml) as objects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from participation.paths import DEMO

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
COUNCIL_FILE = DEMO / "kobe.yaml"


@dataclass(frozen=True)
class Person:
    key: str
    name: str
    area: str
    locale: str = "ja"
    verified: tuple[str, ...] = ()
    email: str | None = None  # people without one never sign in
    role: str = "citizen"
    label: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Phase:
    title: Mapping[str, str]
    text: Mapping[str, str]
    begins: int  # days from the day of loading
    ends: int
    opens: tuple[str, ...]


@dataclass(frozen=True)
class Process:
    slug: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    body: Mapping[str, str]
    supports_per_person: int | None
    phases: tuple[Phase, ...]
    followers: tuple[str, ...]  # keys of people
    followers_of_crowd: int

    def last_day(self, feature: str) -> int:
        """The last whole day on which a phase opens `feature`."""
        return max(phase.ends for phase in self.phases if feature in phase.opens) - 1


@dataclass(frozen=True)
class Proposal:
    """One entry of demo/proposals; `entry` keeps its keys as demo/README.md names them."""

    entry: Mapping[str, Any]

    @property
    def key(self) -> str:
        return str(self.entry["key"])

    @property
    def process(self) -> str:
        return str(self.entry.get("process", "kobe-vision"))

    @property
    def begins(self) -> int:
        return int(self.entry["published"] if "published" in self.entry else self.entry["draft"])

    @property
    def original(self) -> Mapping[str, str]:
        """Title and body as first published, in the language that it was written in."""
        return self.entry[self.entry["language"]]

    def all(self, key: str) -> list[dict[str, Any]]:
        return list(self.entry.get(key, ()))


@dataclass(frozen=True)
class Story:
    password: str
    accounts: tuple[Person, ...]  # those that somebody can sign in to
    people: tuple[Person, ...]  # authors and commenters
    crowd: tuple[Person, ...]  # citizens who support and follow
    processes: tuple[Process, ...]
    proposals: tuple[Proposal, ...]
    documents: Mapping[str, Sequence[int]] = field(default_factory=dict)  # days of the versions, by slug
    organisations: Sequence[Mapping[str, Any]] = ()  # as demo/README.md names their keys
    earlier: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)  # versions of rules, by slug
    measurements: Sequence[Mapping[str, Any]] = ()  # figures of KPIs, as demo/README.md names their keys
    groups: Sequence[Mapping[str, Any]] = ()  # working groups with their meetings
    consultations: Sequence[Mapping[str, Any]] = ()  # public comments, as demo/README.md names their keys

    services: Sequence[Mapping[str, Any]] = ()  # as demo/README.md names their keys
    purposes: Sequence[Mapping[str, Any]] = ()  # what services ask for, and what people said
    pilots: Sequence[Mapping[str, Any]] = ()  # as demo/pilots.yaml names their keys
    quarters: Sequence[Mapping[str, Any]] = ()  # quarterly reports, as demo/README.md names their keys
    datasets: Sequence[Mapping[str, Any]] = ()  # what services offer
    challenges: Sequence[Mapping[str, Any]] = ()  # with the sheets that answer them
    surveys: Sequence[Mapping[str, Any]] = ()  # as demo/surveys.yaml names their keys
    opinion_maps: Sequence[Mapping[str, Any]] = ()  # as demo/opinion_maps.yaml names their keys
    improvements: Sequence[Mapping[str, Any]] = ()  # what became of what users said
    ballots: Sequence[Mapping[str, Any]] = ()  # as demo/README.md names their keys
    workshops: Sequence[Mapping[str, Any]] = ()  # as demo/workshops.yaml names their keys
    workshop_days: Sequence[Mapping[str, Any]] = ()  # as demo/workshop_days.yaml names their keys

    @property
    def everybody(self) -> tuple[Person, ...]:
        return (*self.accounts, *self.people, *self.crowd)

    def process(self, slug: str) -> Process:
        return next(process for process in self.processes if process.slug == slug)


@cache
def read_story(folder: Path = DEMO) -> Story:
    frame, council = _read(folder / "participation.yaml"), _read(folder / "organisations.yaml")
    areas = [area["key"] for area in _read(folder / "kobe.yaml")["living_areas"]]
    entries = [entry for path in sorted((folder / "proposals").glob("*.yaml")) for entry in _read(path)]
    return Story(
        password=frame["password"],
        accounts=tuple(_person(entry) for entry in frame["accounts"]),
        people=tuple(_person(entry) for entry in frame["people"]),
        crowd=_crowd(frame["crowd"], areas),
        processes=tuple(_process(entry) for entry in frame["processes"]),
        proposals=tuple(Proposal(entry) for entry in entries),
        documents=frame.get("documents", {}),
        organisations=council["organisations"],
        earlier={rule["slug"]: rule["versions"] for rule in council["rules"]},
        measurements=_read(folder / "kpis.yaml"),
        groups=_read(folder / "groups.yaml"),
        consultations=_read(folder / "opinions.yaml"),
        services=_read(folder / "services.yaml"),
        purposes=_read(folder / "consents.yaml"),
        pilots=_read(folder / "pilots.yaml"),
        quarters=_read(folder / "segments.yaml"),
        datasets=_read(folder / "datasets.yaml"),
        challenges=_read(folder / "challenges.yaml"),
        surveys=_read(folder / "surveys.yaml"),
        opinion_maps=_read(folder / "opinion_maps.yaml"),
        improvements=_read(folder / "backlog.yaml"),
        ballots=_read(folder / "ballots.yaml"),
        workshops=_read(folder / "workshops.yaml"),
        workshop_days=_read(folder / "workshop_days.yaml"),
    )


def _read(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader)  # noqa: S506 (both loaders are safe ones)


def _person(entry: dict[str, Any]) -> Person:
    known = {key: value for key, value in entry.items() if key not in ("about", "verified")}
    return Person(**known, verified=tuple(entry.get("verified", ())))


def _crowd(words: dict[str, Any], areas: list[str]) -> tuple[Person, ...]:
    """Each pair of words is a nickname; neighbours in the list live in different areas."""
    names = [first + second for second, first in product(words["second"], words["first"])]
    return tuple(
        Person(f"crowd-{i}", name, areas[i % len(areas)], verified=("resident",) if i % 3 else ())
        for i, name in enumerate(names)
    )


def _process(entry: dict[str, Any]) -> Process:
    phases = tuple(
        Phase(phase["title"], phase["text"], phase["from"], phase["to"], tuple(phase["opens"]))
        for phase in entry["phases"]
    )
    kept = ("slug", "title", "summary", "body", "supports_per_person", "followers_of_crowd")
    return Process(**{key: entry[key] for key in kept}, phases=phases, followers=tuple(entry["followers"]))
