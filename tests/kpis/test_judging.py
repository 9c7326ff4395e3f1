"""Every way of comparing at its boundaries, with negative numbers and with numbers that are missing."""
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from participation.kpis.judging import Aim, Comparator, Outcome, added_up, growth, judge, together
from participation.kpis.standing import Terms, standing_of, years_of

C = Comparator


def number(value: float | str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize(("comparator", "actual", "target", "high", "baseline", "kept"), [
    (C.AT_LEAST, 5, 5, None, None, True), (C.AT_LEAST, "4.9999", 5, None, None, False),
    (C.AT_LEAST, -100, -100, None, -215, True), (C.AT_LEAST, -101, -100, None, -215, False),
    (C.AT_MOST, 5, 5, None, None, True), (C.AT_MOST, "5.0001", 5, None, None, False),
    (C.AT_MOST, -6, -5, None, None, True),
    (C.BELOW, 100, 100, None, None, False), (C.BELOW, "99.9", 100, None, None, True),
    (C.BELOW, -1, 0, None, None, True),
    (C.MAINTAIN, 86027, None, None, 86027, True), (C.MAINTAIN, 86026, None, None, 86027, False),
    (C.MAINTAIN, 10, 10, None, 12, True), (C.MAINTAIN, 10, None, None, None, None),
    (C.INCREASE, "80.26", None, None, "80.26", False), (C.INCREASE, "80.27", None, None, "80.26", True),
    (C.INCREASE, -3, None, None, -4, True), (C.INCREASE, 3, None, None, None, None),
    (C.INCREASE_BY, 1, 1, None, None, True), (C.INCREASE_BY, "0.9", 1, None, None, False),
    (C.RANGE, 3, 3, 5, None, True), (C.RANGE, 5, 3, 5, None, True), (C.RANGE, "5.1", 3, 5, None, False),
    (C.RANGE, -4, -5, -3, None, True), (C.RANGE, 4, 3, None, None, None),
    (C.RANK, 100, 100, None, 167, True), (C.RANK, 101, 100, None, 167, False), (C.RANK, 1, 100, None, 167, True),
    *((each, None, 5, 6, 5, None) for each in C),
    *((each, 5, None, None, None, None) for each in C)])
def test_a_figure_is_judged_as_its_comparator_says(comparator, actual, target, high, baseline, kept) -> None:
    assert judge(comparator, number(actual), Aim(number(target), number(high)), number(baseline)) is kept


@pytest.mark.parametrize(("actual", "baseline", "percent"), [
    (110, 100, 10), (90, 100, -10), (-90, -100, 10), (5, None, 5), (5, 0, None), (10, -10, 200)])
def test_growth_is_positive_whenever_the_figure_went_up(actual, baseline, percent) -> None:
    assert growth(Decimal(actual), number(baseline)) == number(percent)


def test_years_are_added_up_only_when_none_is_missing() -> None:
    values = {2020: Decimal("0.1"), 2021: Decimal("0.2"), 2023: Decimal(-1)}
    assert added_up(values, 2020, 2021) == Decimal("0.3"), "exactly"
    asked = ((2020, 2023), (2024, 2023), (2023, 2023))
    assert [added_up(values, *years) for years in asked] == [None, None, -1]


def test_of_a_figure_in_parts_every_part_must_be_kept() -> None:
    assert [together(each) for each in ([True, True], [True, None], [None, False], [True, False], [])] == [
        True, None, False, False, None]


def terms(**values) -> Terms:
    return Terms(**{"comparator": C.AT_LEAST, "cumulative_years": None, "parts": ("",), "baseline": {},
                    "targets": {}, "running": 2026, **values})


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(some.dictionaries(some.integers(2018, 2026), some.integers(-9, 9)),
       some.dictionaries(some.integers(2018, 2030), some.integers(-9, 9)))
def test_a_target_holds_until_the_next_one(values: dict[int, int], targets: dict[int, int]) -> None:
    figures = {"": {year: Decimal(value) for year, value in values.items()}}
    aims = {(year, ""): Aim(Decimal(value)) for year, value in targets.items()}
    years = years_of(terms(targets=aims), figures, {})
    assert [each.year for each in years] == sorted({*values, *targets})
    for each in years:
        before = [year for year in targets if year <= each.year]
        if each.year not in values:
            assert each.outcome == Outcome.NO_DATA
        elif not before:
            assert each.outcome == Outcome.TO_COME
        elif values[each.year] >= targets[max(before)]:
            assert each.outcome == Outcome.MET
        else:
            running = each.year == 2026 == max(before)
            assert each.outcome == (Outcome.UNDER_WAY if running else Outcome.MISSED)
    now = standing_of(years)
    assert (now is None) == (not values)


def test_a_sum_over_years_is_judged_in_its_last_year_alone() -> None:
    aims, figures = {(2024, ""): Aim(Decimal(25))}, {"": {year: Decimal(5) for year in range(2019, 2026)}}
    found = {each.year: (each.lines[0].counted, each.outcome)
             for each in years_of(terms(targets=aims, cumulative_years=5), figures, {})}
    assert found[2019] == (None, Outcome.TO_COME), "before the five years"
    assert found[2022] == (15, Outcome.TO_COME) and found[2024] == (25, Outcome.MET)
    assert found[2025] == (None, Outcome.TO_COME), "after them"
