"""What is asked of the server: one kind of page at a time, then the mix of a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.bench.visitors import ANYBODY, Visitor
from consortium.bench.words import writers
from participation.subjects import Subject
from proposals.models import Proposal, State

COMMENTS = 200  # of the proposal that is read
ROUND = 400  # requests until a script begins again
POPULAR = 200  # proposals that are supported
SORTS = ("newest", "supported", "discussed", "active", "random")


@dataclass(frozen=True)
class Site:
    """What of the data a run needs to know."""

    proposals: int
    documents: int
    talked_about: int  # id of the proposal whose number of comments is next to `COMMENTS`
    comments: int  # how many it has
    popular: tuple[int, ...]  # open proposals, the most supported first


@dataclass
class Scenario:
    """`scripts` holds for each connection which of the `requests` (kind, text) it sends in which order."""

    key: str
    label: str
    requests: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[list[int]] = field(default_factory=list)

    def add(self, kind: str, text: str) -> int:
        self.requests.append((kind, text))
        return len(self.requests) - 1


def look_at(session: Session) -> Site:
    """Read what the scenarios need from the database."""
    near = func.abs(Subject.comments_count - COMMENTS)
    talked = select(Subject.id, Subject.comments_count).where(Subject.kind == "proposal").order_by(near, Subject.id)
    id, comments = session.execute(talked.limit(1)).one()
    popular = select(Proposal.id).where(Proposal.state == State.PUBLISHED).order_by(Proposal.supports_count.desc())
    return Site(
        proposals=session.scalar(select(func.count()).select_from(Proposal)) or 0,
        documents=session.scalar(select(func.count()).select_from(Subject)) or 0,
        talked_about=id,
        comments=comments,
        popular=tuple(session.scalars(popular.limit(POPULAR))),
    )


def same(key: str, label: str, connections: int, request: str) -> Scenario:
    """Everybody asks for the same."""
    return Scenario(key, label, [(key, request)], [[0]] * connections)


def different(key: str, label: str, connections: int, make: Callable[[int], str]) -> Scenario:
    """`make(n)` is the n-th of many different requests."""
    scenario = Scenario(key, label)
    scenario.scripts = [[scenario.add(key, make(c * ROUND + n)) for n in range(ROUND)] for c in range(connections)]
    return scenario


def cold_list(proposals: int) -> Callable[[int], str]:
    """Pages of the list that nobody has asked for since the last change: the address differs each time."""
    last = max(1, min(proposals // 20, 50))
    return lambda n: ANYBODY.get(f"/proposals?page={n % last + 1}&n={n}")


def searches(words: int, seed: int) -> Callable[[int], str]:
    writer = writers(Random(seed))["ja"]
    return lambda n: ANYBODY.get(f"/search?q={quote(writer.words(words))}")


def supporting(key: str, label: str, site: Site, people: Sequence[Visitor], *, api: bool) -> Scenario:
    """Everybody supports popular proposals and takes it back, in turn; popular ones more often (Zipf)."""
    scenario, random = Scenario(key, label), Random(7)
    for person in people:
        script = []
        for id in random.sample(site.popular, min(len(site.popular), 50)):
            give, take = (_by_api if api else _by_form)(person, id)
            script += [scenario.add(key, give), scenario.add(key, take)]
        scenario.scripts.append(script)
    return scenario


def _by_form(person: Visitor, id: int) -> tuple[str, str]:
    path = f"/proposals/{id}/support"
    return person.post(path), person.post(path, _method="DELETE")


def _by_api(person: Visitor, id: int) -> tuple[str, str]:
    path = f"/api/v1/proposals/{id}/support"
    return person.call("PUT", path), person.call("DELETE", path)


def civic_mix(site: Site, people: Sequence[Visitor]) -> Scenario:
    """The civic-bench mix of docs/performance.md: 40 % list, 30 % proposal, 10 % search, 10 % portal, 8 % support,
    2 % comment; 70 % of it anonymous."""
    scenario, random = Scenario("mix", "civic-bench mix"), Random(11)
    for person in people:
        scenario.scripts.append([_one_of_the_mix(scenario, site, person, random) for _ in range(ROUND)])
    return scenario


def _one_of_the_mix(scenario: Scenario, site: Site, person: Visitor, random: Random) -> int:
    lot = random.random()
    reader = person if random.random() < 2 / 9 else ANYBODY  # with the tenth that takes part: 30 % signed in
    id = site.popular[min(int(len(site.popular) * random.random() ** 2), len(site.popular) - 1)]
    if lot < 0.4:
        page = random.randint(1, max(1, min(site.proposals // 20, 50)))
        return scenario.add("list", reader.get(f"/proposals?page={page}&sort={random.choice(SORTS)}"))
    if lot < 0.7:
        return scenario.add("proposal", reader.get(f"/proposals/{id}"))
    if lot < 0.8:
        writer = writers(random)[random.choice(("ja", "en"))]
        return scenario.add("search", reader.get(f"/search?q={quote(writer.words(random.randint(1, 2)))}"))
    if lot < 0.9:
        return scenario.add("portal", reader.get(random.choice(("/", "/processes", "/audit"))))
    if lot < 0.98:
        return scenario.add("support", random.choice(_by_form(person, id)))
    text = writers(random)["ja"].text(2)
    return scenario.add("comment", person.post(f"/subjects/{id}/comments", body=text, alignment="for"))
