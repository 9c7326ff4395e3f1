"""The mood curve keeps to what the team said."""
import re

from workshops.records.drawing import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Entry, draw_mood, in_order


def entries(*said: tuple[str, int]) -> list[Entry]:
    return [Entry(at, "", feeling) for at, feeling in said]


def test_moments_come_by_the_clock_and_one_without_a_time_stays_where_it_was_written() -> None:
    day = [Entry("09:00", "b", 0), Entry("", "c", 0), Entry("07:00", "a", 0)]
    assert [each.activity for each in in_order(day)] == ["a", "b", "c"]


def test_a_curve_goes_through_each_moment_and_never_beyond_what_was_felt() -> None:
    curve = draw_mood(entries(("06:00", 2), ("06:05", -2), ("12:00", -2), ("12:10", 1), ("23:00", 2)))
    assert curve is not None
    numbers = [float(part) for part in re.findall(r"-?[0-9.]+", curve.path)]
    xs, ys = numbers[::2], numbers[1::2]
    assert (min(ys), max(ys)) == (TOP, HEIGHT - BOTTOM)
    assert (xs[0], xs[-1]) == (LEFT, WIDTH - RIGHT)
    places = [dot.x for dot in curve.dots]
    assert places == sorted(places)
    assert all(b - a >= 21 for a, b in zip(places, places[1:], strict=False))


def test_days_without_times_are_drawn_in_even_steps_and_a_single_moment_not_at_all() -> None:
    curve = draw_mood(entries(("", 0), ("", 1), ("", 0)))
    assert curve is not None
    assert [dot.x for dot in curve.dots] == [LEFT, (LEFT + WIDTH - RIGHT) / 2, WIDTH - RIGHT]
    assert [dot.label for dot in curve.dots] == ["1", "2", "3"]
    assert draw_mood(entries(("08:00", 1))) is None
