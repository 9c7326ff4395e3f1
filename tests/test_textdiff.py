"""What changed between two texts is said so that a person can read it."""
import random
import time

import pytest

from participation.textdiff import changed, compare


@pytest.mark.parametrize(("old", "new", "parts"), [
    ("same", "same", [("same", "same")]),
    ("歩いて十五分の上り坂です", "歩いて十五分ほどの上り坂です", [("same", "歩いて十五分"), ("ins", "ほど"), ("same", "の上り坂です")]),
    ("The bus comes twice an hour.", "The bus comes four times an hour.",
     [("same", "The bus comes "), ("del", "twice"), ("ins", "four times"), ("same", " an hour.")]),
    ("電動カートを走らせる", "電動バスを走らせる", [("same", "電動"), ("del", "カート"), ("ins", "バス"), ("same", "を走らせる")]),
    ("", "new", [("ins", "new")]),
    ("gone", "", [("del", "gone")]),
])
def test_a_change_is_cut_at_words(old: str, new: str, parts: list) -> None:
    assert compare(old, new) == parts


def test_white_space_alone_is_no_change() -> None:
    assert not changed(compare("one  two\nthree", "one two\n\n three "))


def test_what_agrees_by_chance_is_counted_as_changed() -> None:
    assert compare("猫の手", "犬小屋の裏庭") == [("del", "猫の手"), ("ins", "犬小屋の裏庭")]


def test_both_texts_can_be_read_from_the_parts() -> None:
    rng = random.Random(7)
    words = ["坂", "の", "上", "カート", "bus", " ", "\n", "12", "を", "。"]
    for _ in range(300):
        old, new = ("".join(rng.choices(words, k=rng.randrange(40))) for _ in range(2))
        parts = compare(old, new)
        squeezed = ["".join("".join(text for kind, text in parts if kind in kinds).split())
                    for kinds in (("same", "del"), ("same", "ins"))]
        assert squeezed == ["".join(old.split()), "".join(new.split())]


def test_white_space_beside_a_change_does_not_widen_it() -> None:
    assert compare("坂の 上 までバス。", "坂の  上 まで電車。") == [("same", "坂の  上 まで"), ("del", "バス"), ("ins", "電車"), ("same", "。")]
    assert compare("いち。\n\nに。さん。", "いち。 に。四。") == [("same", "いち。 に。"), ("del", "さん"), ("ins", "四"), ("same", "。")]


def test_texts_written_anew_stand_one_after_the_other_where_that_is_asked_for() -> None:
    old, new = "坂道に手すりをつける。夜も明るくする。", "バスを一時間に四本走らせ、運賃を下げる。"
    assert compare(old, new, alike=0.15) == [("del", old), ("ins", new)]
    assert compare(old, new)[-1] == ("same", "る。")
    kept = new + "夜も明るくする。"  # a sentence of the old text: that is shown
    assert compare(old, kept, alike=0.15)[-1] == ("same", "る。夜も明るくする。")


def test_two_quite_different_long_texts_are_compared_in_time() -> None:
    rng = random.Random(7)
    letters = [chr(code) for code in range(0x3042, 0x3093)] + ["坂", "道", "買", "物"]
    old, new = ("".join(rng.choices(letters, k=5_000)) for _ in range(2))
    began = time.process_time()
    compare(old, new)
    assert time.process_time() - began < 1
