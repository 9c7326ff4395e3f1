"""The years that are asked for, and what follows from the steps of a report."""
from datetime import date, datetime, timedelta
from random import Random

import pytest

from participation.web.i18n import ZONE
from rules.checks.reporting.calendar import CORRECTION, Year, first_year, progress, years_asked, years_that_count

BEFORE = Year(2025).deadline - timedelta(days=30)
LATE = Year(2025).deadline + timedelta(days=1)


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=ZONE)


@pytest.mark.parametrize(("at", "years"), [
    (noon(2026, 3, 31), [2024]), (noon(2026, 4, 1), [2024, 2025]), (noon(2026, 6, 30), [2024, 2025]),
    (noon(2026, 7, 1), [2025]), (noon(2026, 12, 31), [2025]), (noon(2027, 1, 1), [2025]),
])
def test_the_last_year_whose_time_is_over_and_the_open_one_count(at: datetime, years: list[int]) -> None:
    assert [year.number for year in years_that_count(at)] == years


@pytest.mark.parametrize(("since", "years", "first"), [
    (date(2025, 3, 31), [2024, 2025], 2026), (date(2025, 4, 1), [2025], 2026), (date(2026, 3, 31), [2025], 2026),
    (date(2026, 4, 1), [], 2026), (None, [], 2026),
])
def test_a_year_is_asked_of_who_was_bound_before_it_ended(since: date | None, years: list[int], first: int) -> None:
    at = noon(2026, 5, 1)
    assert [year.number for year in years_asked(since, at)] == years
    assert first_year(since, at).number == first


@pytest.mark.parametrize(("steps", "state", "due", "in_time"), [
    ([], "draft", Year(2025).deadline, True),
    ([("submitted", BEFORE)], "submitted", Year(2025).deadline, True),
    ([("submitted", LATE)], "submitted", Year(2025).deadline, False),
    ([("submitted", BEFORE), ("returned", LATE)], "returned", LATE + CORRECTION, True),
    ([("submitted", BEFORE), ("returned", LATE), ("submitted", LATE + CORRECTION)],
     "submitted", LATE + CORRECTION, True),
    ([("submitted", LATE), ("returned", LATE)], "returned", Year(2025).deadline, False),
    ([("submitted", LATE), ("accepted", LATE)], "accepted", Year(2025).deadline, False),
])
def test_state_and_deadline_follow_from_the_steps(steps: list, state: str, due: datetime, in_time: bool) -> None:
    found = progress(Year(2025), steps)
    assert (found.state, found.due, found.in_time) == (state, due, in_time)


def test_a_returned_report_never_has_less_time_than_the_others() -> None:
    chance, after = Random(1), {"draft": ["submitted"], "submitted": ["returned"], "returned": ["submitted"]}
    for _ in range(200):
        steps: list[tuple[str, datetime]] = []
        at = Year(2025).opens_at
        for _ in range(chance.randrange(6)):
            at += timedelta(days=chance.randrange(40))
            steps.append((chance.choice(after[progress(Year(2025), steps).state]), at))
        found = progress(Year(2025), steps)
        assert found.due >= Year(2025).deadline
        assert not (found.state == "returned" and found.in_time) or found.due >= at + CORRECTION
