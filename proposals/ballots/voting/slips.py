"""A filled-in paper: from what was typed to the choice as it is counted, with errors by field; nothing typed is lost.

A choice is JSON: "yes", "no" or "abstain"; a list of keys; {key: number}; or a list of lists of keys, the first place
first, where keys that share a place stand in one list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from markupsafe import Markup

from participation.policy import N_
from participation.web.facets import fits_words
from participation.web.fields import Field, FieldError, Integer
from proposals.ballots.voting.paper import Entry, Kind, Paper

Translate = Callable[..., str]
ANSWERS = {"yes": N_("Yes"), "no": N_("No"), "abstain": N_("I abstain")}
MOST_POINTS = 10**9  # of one option, where the rules set no limit
LONGEST = 100  # characters kept of a field; none needs more
WHOLE, ANSWER, FIND, AREA = "paper", "choice", "find", "area"


@dataclass
class Slip:
    """What a form shows: `typed` by the names of its controls, `choice` where it can be counted, `errors` where not."""

    paper: Paper
    translate: Translate
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    choice: Any = None

    @property
    def ok(self) -> bool:
        return not self.errors

    @property
    def fields(self) -> dict[str, Field]:
        """The controls that an error can lead to."""
        names = (WHOLE, ANSWER, *(entry.field for entry in self.paper.entries))
        return {name: Field("") for name in names}

    def label(self, name: str) -> str:
        if name in (WHOLE, ANSWER):
            return self.translate(N_("Your choice"))
        return self.paper.entry(name.removeprefix("option-")).title

    def fail(self, name: str, message: str, **values: Any) -> None:
        self.errors.setdefault(name, self.translate(message, **values))

    def value(self, entry: Entry) -> str:
        return self.typed.get(entry.field, "")

    def ties(self, entry: Entry) -> Markup:
        """The attributes that tie an entry's control to what stands below it."""
        wrong = entry.field in self.errors
        ids = [f"about-{entry.key}"] * bool(entry.about) + [f"{entry.field}-error"] * wrong
        if not ids:
            return Markup()
        invalid = Markup(' aria-invalid="true"') if wrong and self.paper.kind != Kind.SCORES else Markup()
        return Markup(' aria-describedby="{}"').format(" ".join(ids)) + invalid

    def shows(self, entry: Entry) -> bool:
        """Whether the search inside the paper leaves this entry in sight."""
        return self.typed.get(AREA, "") in ("", entry.area) and fits_words(self.typed.get(FIND, ""), [entry.words])

    @property
    def marked(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.paper.entries if self.value(entry))

    @property
    def spent(self) -> int:
        """Yen that the marked entries cost together."""
        return sum(entry.cost for entry in self.marked)

    @property
    def handed_out(self) -> int:
        """Points given so far, of those that can be read."""
        return sum(int(self.value(entry)) for entry in self.marked if self.value(entry).isdecimal())

    @property
    def lines(self) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """The choice to be said in words: places, scores or points with their entries."""
        if isinstance(self.choice, dict):
            ordered = sorted(self.choice.items(), key=lambda pair: -pair[1])
            return tuple((str(number), (self.paper.entry(key),)) for key, number in ordered)
        if self.paper.kind == Kind.RANKS:
            places = enumerate(places_of(self.choice), 1)
            return tuple((str(place), tuple(map(self.paper.entry, keys))) for place, keys in places)
        return tuple(("", (self.paper.entry(key),)) for key in self.choice or ())


def read_slip(paper: Paper, data: Mapping[str, Any], translate: Translate) -> Slip:
    """What was sent; fields of other names are left alone."""
    names = (ANSWER, FIND, AREA, *(entry.field for entry in paper.entries))
    typed = {name: str(data[name])[:LONGEST].strip() for name in names if data.get(name)}
    slip = Slip(paper, translate, typed)
    choice = READERS[paper.kind](slip)
    if slip.ok:
        slip.choice = choice
    return slip


def fill_slip(paper: Paper, choice: Any, translate: Translate) -> Slip:
    """A paper with an earlier choice on it, or an empty one."""
    typed: dict[str, str] = {}
    if isinstance(choice, str):
        typed[ANSWER] = choice
    elif isinstance(choice, dict):
        typed = {f"option-{key}": str(number) for key, number in choice.items()}
    elif choice and paper.kind == Kind.RANKS:
        typed = {f"option-{key}": str(place) for place, keys in enumerate(places_of(choice), 1) for key in keys}
    elif choice:
        typed = {f"option-{key}": "1" for key in choice}
    return Slip(paper, translate, typed, choice=choice)


def places_of(choice: Any) -> list[list[str]]:
    """The places of a ranked choice; where none can be shared it is one list."""
    return [[place] if isinstance(place, str) else place for place in choice or ()]


def _answer(slip: Slip) -> str:
    answer = slip.typed.get(ANSWER, "")
    if answer not in ANSWERS:
        slip.fail(ANSWER, N_("Please choose one of the options."))
    return answer


def _picks(slip: Slip) -> list[str]:
    _check_number(slip)
    if slip.paper.cap and slip.spent > slip.paper.cap:
        _say_what_is_over(slip)
    return sorted(entry.key for entry in slip.marked)


def _check_number(slip: Slip) -> None:
    """As many as the rules ask for."""
    paper, number = slip.paper, len(slip.marked)
    if number < paper.fewest:
        slip.fail(WHOLE, N_("Please choose at least %(fewest)s. You have chosen %(number)s."), fewest=paper.fewest,
                  number=number)  # fmt: skip
    if paper.most is not None and number > paper.most:
        slip.fail(WHOLE, N_(
            "Please choose at most %(most)s. You have chosen %(number)s, so please take away %(over)s."),
                  most=paper.most, number=number, over=number - paper.most)  # fmt: skip


def _say_what_is_over(slip: Slip) -> None:
    """Names the fewest that have to go: the cheapest one that is enough, or else the dearest ones together."""
    over = slip.spent - slip.paper.cap
    enough = sorted((entry.cost, entry.title) for entry in slip.marked if entry.cost >= over)
    away = [enough[0][1]] if enough else []
    if not enough:
        dearest = sorted(slip.marked, key=lambda entry: -entry.cost)
        while over > 0:
            over -= (entry := dearest.pop(0)).cost
            away.append(entry.title)
    slip.fail(
        WHOLE,
        N_("Your choice costs %(spent)s yen, which is %(over)s yen too much. It fits without: %(away)s."),
        spent=f"{slip.spent:,}",
        over=f"{slip.spent - slip.paper.cap:,}",
        away=tuple(away),
    )


def _points(slip: Slip) -> dict[str, int]:
    numbers = _numbers(slip, 0, slip.paper.total or MOST_POINTS)
    given = {key: number for key, number in numbers.items() if number}
    if slip.ok and not given:
        slip.fail(WHOLE, N_("Please give at least one point."))
    total = slip.paper.total
    if slip.ok and total is not None and sum(given.values()) > total:
        slip.fail(WHOLE, N_("You have %(total)s points and gave %(given)s, so please take away %(over)s."), total=total,
                  given=sum(given.values()), over=sum(given.values()) - total)  # fmt: skip
    if slip.ok:
        _check_number(slip)
    return given


def _scores(slip: Slip) -> dict[str, int]:
    numbers = _numbers(slip, slip.paper.bottom, slip.paper.top)
    if slip.ok and not numbers:
        slip.fail(WHOLE, N_("Please rate at least one option."))
    if slip.ok:
        _check_number(slip)
    return numbers


def _numbers(slip: Slip, least: int, most: int) -> dict[str, int]:
    rule, found = Integer("", min=least, max=most, required=False), {}
    for entry in slip.marked:
        try:
            found[entry.key] = rule.parse(slip.value(entry))
        except FieldError as error:
            slip.fail(entry.field, error.message, **error.values)
    return found


def _ranks(slip: Slip) -> list[Any]:
    """Places may have gaps; who shares a place stands in one list, in the order of keys, which means nothing."""
    numbers = _numbers(slip, 1, len(slip.paper.entries))
    if slip.ok and not numbers:
        slip.fail(WHOLE, N_("Please give at least one option a place."))
    placed = sorted(numbers, key=lambda key: (numbers[key], key))
    places = [list(keys) for _, keys in groupby(placed, key=lambda key: numbers[key])]
    if not slip.paper.equal:
        for shared in places:
            for key in shared[1:]:
                slip.fail(f"option-{key}", N_("Place %(place)s is given twice. Please give each place to one option."),
                          place=numbers[key])  # fmt: skip
    if slip.ok:
        _check_number(slip)
    return [keys[0] for keys in places] if slip.paper.flat else places


READERS: dict[Kind, Callable[[Slip], Any]] = {
    Kind.YES_NO: _answer,
    Kind.PICKS: _picks,
    Kind.POINTS: _points,
    Kind.SCORES: _scores,
    Kind.RANKS: _ranks,
}
