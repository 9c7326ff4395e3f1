"""The rows of a city of a given size, table by table. Ids: the process is 1, then the proposals, then the comments."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from consortium.bench.sizes import Size, shares
from consortium.bench.words import any_locale, writers
from participation.comments.models import Alignment
from proposals.models import State

Row = dict[str, Any]
PROCESS, AREAS, CATEGORIES = 1, 9, 8
DAYS = 90  # since the process began
ROOTS = 0.7  # share of the comments that answer no other
ALIGNMENTS = (Alignment.FOR, Alignment.FOR, Alignment.AGAINST, Alignment.NEUTRAL, None)
STEP = 7_919  # a prime: walks through all accounts before it meets one again, unless their number is a multiple of it


@dataclass
class City:
    """Everything that is written follows from the size, the seed and the moment."""

    size: Size
    now: datetime
    random: Random = field(default_factory=lambda: Random(2026))
    ranks: list[int] = field(init=False)  # by place of the proposal: how popular it is, from 0

    def __post_init__(self) -> None:
        self.ranks = list(range(self.size.proposals))
        self.random.shuffle(self.ranks)
        self.supports = shares(self.size.supports, self.size.proposals, self.size.accounts)
        self.comments = shares(self.size.comments, self.size.proposals, self.size.comments)
        self.writers = writers(self.random)

    def proposal_id(self, place: int) -> int:
        return PROCESS + 1 + place

    def published_at(self, place: int) -> datetime:
        """The higher the id, the newer."""
        return self.now - timedelta(days=DAYS) * (1 - place / self.size.proposals) * 0.95

    def state(self, place: int) -> State:
        return {7: State.ACCEPTED, 13: State.UNDER_REVIEW}.get(place % 20, State.PUBLISHED)

    def author(self, place: int) -> int:
        return place * STEP % self.size.accounts + 1

    def between(self, start: datetime) -> datetime:
        return start + (self.now - start) * self.random.random()


def accounts(city: City) -> Iterator[Row]:
    """People whom nobody can sign in as: without a password, at addresses that no mail can reach (RFC 2606)."""
    for number in range(1, city.size.accounts + 1):
        yield {
            "id": number,
            "email": f"person{number}@bench.invalid",
            "email_confirmed_at": city.now - timedelta(days=DAYS),
            "name": f"P{number}",
            "locale": "ja",
            "area_id": number % AREAS + 1,
            "ref": f"{city.random.getrandbits(128):032x}",
            "created_at": city.now - timedelta(days=DAYS),
        }


def proposal_subjects(city: City) -> Iterator[Row]:
    for place in range(city.size.proposals):
        locale = any_locale(city.random)
        yield _subject(
            city.proposal_id(place),
            "proposal",
            title=city.writers[locale].title(),
            locale=locale,
            at=city.published_at(place),
            author_id=city.author(place),
            comments_count=city.comments[city.ranks[place]],
        )


def proposals(city: City, locales: list[str]) -> Iterator[Row]:
    """`locales` are those of their titles."""
    for place, locale in enumerate(locales):
        at = city.published_at(place)
        yield {
            "id": city.proposal_id(place),
            "process_id": PROCESS,
            "state": city.state(place),
            "body": city.writers[locale].text(city.random.randint(6, 14)),
            "category_id": place % CATEGORIES + 1,
            "area_id": place % AREAS + 1,
            "published_at": at,
            "updated_at": at,
            "active_at": at,
            "supports_count": city.supports[city.ranks[place]],
            "version": 1,
            "party": "citizen",
        }


def answers(city: City) -> Iterator[Row]:
    for place in range(city.size.proposals):
        if city.state(place) == State.ACCEPTED:
            yield {
                "proposal_id": city.proposal_id(place),
                "number": 1,
                "state": State.ACCEPTED,
                "reasons": city.writers["ja"].text(3),
                "answered_by_id": 1,
                "at": city.between(city.published_at(place)),
            }


def supports(city: City) -> Iterator[Row]:
    step = STEP if city.size.accounts % STEP else 1
    for place in range(city.size.proposals):
        at, first = city.published_at(place), city.random.randrange(city.size.accounts)
        for number in range(city.supports[city.ranks[place]]):
            account_id = (first + number * step) % city.size.accounts + 1
            yield {"proposal_id": city.proposal_id(place), "account_id": account_id, "at": at}


def comments(city: City) -> Iterator[tuple[Row, Row]]:
    """(subject, comment) of each."""
    id = city.proposal_id(city.size.proposals)
    for place in range(city.size.proposals):
        roots: list[int] = []
        for _ in range(city.comments[city.ranks[place]]):
            root = city.random.choice(roots) if roots and city.random.random() > ROOTS else None
            yield _comment(city, id, place, root)
            if root is None:
                roots.append(id)
            id += 1


def _comment(city: City, id: int, place: int, root: int | None) -> tuple[Row, Row]:
    locale, at = any_locale(city.random), city.between(city.published_at(place))
    author_id = city.random.randrange(city.size.accounts) + 1
    return _subject(id, "comment", title="", locale=locale, at=at, author_id=author_id), {
        "id": id,
        "on_id": city.proposal_id(place),
        "parent_id": root,
        "root_id": root,
        "author_id": author_id,
        "body": city.writers[locale].text(city.random.randint(1, 4)),
        "alignment": None if root else city.random.choice(ALIGNMENTS),
        "at": at,
    }


def _subject(id: int, kind: str, *, at: datetime, comments_count: int = 0, **own: Any) -> Row:
    moments = {"created_at": at, "published_at": at}
    return {"id": id, "kind": kind, "space_id": PROCESS, "comments_count": comments_count, **moments, **own}
