"""Membership is what decisions, signatures and dates imply, whatever order they came in."""
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from consortium.membership.models import Stage
from consortium.membership.standing import Standing, standing
from rules.signing.validity import Agreed, Agreement, Term, agreement

FIRST = date(2026, 4, 1)


def noon(day: int) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), UTC) + timedelta(hours=3)  # in Japan


@dataclass
class Model:
    """Walked day by day, as somebody with a calendar on the wall would: one agreement at most, and its end."""

    holds: bool = False
    ever: bool = False
    current: int = 0
    signed: int = 0
    end: int | None = None
    begins: dict[int, tuple[int, int]] = field(default_factory=dict)  # day: (version, days to sign it)

    def morning(self, day: int) -> None:
        if day in self.begins:
            self.current, days = self.begins[day]
            if self.holds and self.end is None:
                self.end = day + days
        if self.end is not None and day >= self.end:
            self.holds, self.end = False, None

    def sign(self) -> None:
        self.holds = self.ever = True
        self.signed, self.end = self.current, None


TERMS = some.lists(some.tuples(some.integers(0, 40), some.integers(1, 30)), min_size=1, max_size=5,
                   unique_by=lambda pair: pair[0])


@settings(max_examples=400, deadline=None, database=None, derandomize=True)
@given(TERMS, some.sets(some.integers(0, 80), max_size=6))
def test_an_agreement_is_what_a_calendar_on_the_wall_says(days: list[tuple[int, int]], signing: set[int]) -> None:
    terms = [Term(number, number, FIRST + timedelta(days=begins), length)
             for number, (begins, length) in enumerate(sorted(days), 1)]
    model = Model(begins={begins: (number, length) for number, (begins, length) in enumerate(sorted(days), 1)})
    signed: list[tuple[int, datetime]] = []
    for day in range(90):
        model.morning(day)
        if day in signing and model.current:
            signed.append((model.current, noon(day)))
            model.sign()
        found = agreement(signed, terms, noon(day))
        if model.holds:
            wanted = Agreed.CURRENT if model.signed == model.current else Agreed.DUE
            assert (found.state, found.version_id) == (wanted, model.signed)
            assert found.until is None or found.until > noon(day)
        else:
            assert (found.state, found.version_id) == (Agreed.LAPSED if model.ever else Agreed.NEVER, None)
        assert agreement(signed, terms, noon(day - 1)).holds == agreement(
            [each for each in signed if each[1] <= noon(day - 1)], terms, noon(day - 1)).holds  # the past can be asked


@settings(max_examples=60, deadline=None)
@given(some.sampled_from(Stage), some.sampled_from(Agreed))
def test_decisions_come_before_signatures(stage: Stage, state: Agreed) -> None:
    held = Agreement(state, 1 if state in (Agreed.CURRENT, Agreed.DUE) else None)
    expected = {Agreed.NEVER: "approved", Agreed.CURRENT: "member", Agreed.DUE: "member", Agreed.LAPSED: "lapsed"}
    assert standing(stage, held) == Standing(expected[state] if stage == Stage.APPROVED else stage.value)
