"""What changed between two versions, and that it can be read."""
import random
import time

from rules.documents import writing
from rules.documents.comparison import Change, compare_sections, summary
from rules.documents.models import Stage
from rules.documents.reading import SectionView, Words


def sections(*pairs):
    return [SectionView(key, Words(key.upper()), Words(body), None) for key, body in pairs]


def test_sections_are_matched_by_their_keys():
    old = sections(("a", "ねこがいる。"), ("b", "消える"), ("c", "三"), ("d", "四"))
    new = sections(("c", "三"), ("a", "ねこがたくさんいる。"), ("e", "新しい"), ("d", "四"))
    found = compare_sections(old, new)
    assert [(each.key, str(each.change), each.moved, each.old, each.new) for each in found] == [
        ("c", "same", False, 3, 1), ("a", "changed", True, 1, 2), ("b", "removed", False, 2, None),
        ("e", "added", False, None, 3), ("d", "same", False, 4, 4)]
    assert found[1].body == (("same", "ねこが"), ("ins", "たくさん"), ("same", "いる。"))
    counted = summary(found)
    assert (counted.changed, counted.added, counted.removed, counted.moved, counted.same) == (1, 1, 1, 1, 2)


def test_the_fewest_sections_are_called_moved():
    keys = [f"s{number}" for number in range(30)]
    for seed in range(40):
        rng = random.Random(seed)
        after = keys[:]
        after.insert(rng.randrange(29), after.pop(rng.randrange(30)))
        found = compare_sections(sections(*((key, "x") for key in keys)), sections(*((key, "x") for key in after)))
        assert sum(each.moved for each in found) == (0 if after == keys else 1)
        assert {each.change for each in found} == {Change.SAME}


def long_texts(count, length, changes):
    """Texts of Japanese sentences, and the same with a few words of each exchanged."""
    rng = random.Random(4)
    letters = [chr(code) for code in range(0x3042, 0x3093)] * 3 + [chr(code) for code in range(0x4E00, 0x4E80)]
    olds = ["".join("".join(rng.choices(letters, k=39)) + "。" for _ in range(length // 40)) for _ in range(count)]
    news = list(olds)
    for _ in range(changes):
        places = [rng.randrange(length - 20) for _ in news]
        news = [text[:at] + "声で直した" + text[at + 9:] for text, at in zip(news, places, strict=True)]
    return olds, news


def test_two_hundred_sections_of_a_thousand_characters_are_compared_in_time():
    olds, news = long_texts(200, 1_000, changes=3)
    old, new = (sections(*((f"s{place}", text) for place, text in enumerate(texts))) for texts in (olds, news))
    began = time.process_time()
    found = compare_sections(old, new)
    assert time.process_time() - began < 0.3  # seconds of CPU
    assert summary(found).changed == 200


def test_the_page_says_each_change_in_words_too(desk, client):
    desk.begin(texts=[("目的", "猫が一匹います。"), ("方針", "消えます。")])
    desk.publish()
    desk.next()
    desk.do(writing.save_section, "vision", "s1", heading={"ja": "目的"}, body={"ja": "猫が二匹います。"}, seen=0)
    desk.do(writing.remove_section, "vision", "s2")
    desk.add("vision", "指標", "ふえます。")
    desk.publish(stage=Stage.DRAFT)
    page = client.open("/documents/vision/compare")
    assert "変更 1、追加 1、削除 1、移動 0、変更なし 0。" in page.text
    assert "(削除) 一 (変更ここまで)(追加) 二 (変更ここまで)" in page.text
    assert page.html.count("<ins>") == 3 and page.html.count("<del>") == 3  # with the legend's
    assert client.get("/documents/vision/compare?from=1&to=9").status == 404
    assert client.get("/documents/vision/compare?from=x").status == 200


def test_a_version_that_is_being_written_is_compared_for_the_secretariat_only(desk, client):
    desk.vision()
    desk.next()
    assert client.get("/documents/vision/compare?from=1&to=2").status == 404
    assert client.sign_in(desk.secretary).get("/documents/vision/compare?from=1&to=2").status == 200
