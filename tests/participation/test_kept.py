"""What is kept for everybody is right at once after a change, and holds nothing of the reader it was made for."""
from datetime import timedelta

from participation.kept import FRESH, Kept, moment


def test_a_value_is_made_once_for_a_moment_and_anew_for_the_next(now):
    kept, made = Kept(10), []

    def make() -> int:
        made.append(1)
        return len(made)

    first, next_version = moment(1, now), moment(2, now)
    assert [kept.recall(first, "a", make), kept.recall(first, "a", make), kept.recall(first, "b", make)] == [1, 1, 2]
    assert [kept.recall(next_version, "a", make), kept.recall(first, "a", make)] == [3, 4]


def test_a_moment_ends_by_the_clock_too(now):
    assert moment(1, now) != moment(1, now + timedelta(seconds=FRESH))


def test_without_a_moment_nothing_is_kept():
    kept = Kept(10)
    assert [kept.recall(None, "a", lambda: 1), kept.recall(None, "a", lambda: 2)] == [1, 2]


def test_no_more_is_kept_than_asked_for(now):
    kept, at = Kept(1), moment(1, now)
    assert [kept.recall(at, key, lambda: value) for key, value in (("a", 1), ("b", 2), ("b", 3))] == [1, 2, 3]


def test_two_readers_share_a_list_but_for_their_names(client, person):
    pages = []
    for name in ("Hanako of the hill", "Taro of the shore"):
        client.sign_in(person(name=name))
        pages.append(client.open("/proposals?lang=en").text)
    assert "Hanako of the hill" in pages[0] and "Taro of the shore" in pages[1]
    assert "Hanako of the hill" not in pages[1]
    assert pages[0].replace("Hanako of the hill", "Taro of the shore") == pages[1]
