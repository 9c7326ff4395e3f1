"""Which short titles a longer text speaks about, so that a voice finds the improvement that is there already."""
import pytest

from participation.search.queries import titles_within

TITLES = {1: "電話でも街灯の場所を知らせられる", 2: "公園の中の場所を地図で選べる", 3: "Report street lights by phone", 4: "ように"}


@pytest.mark.parametrize(("text", "found"), [
    ("街灯が切れている場所を、写真なしでも電話で知らせたいです。", [1]),
    ("I would like to report a broken street light by phone, without a picture.", [3]),
    ("直ったかどうかが、わかるようにしてください。", []),
    ("公園の地図で場所を選び、街灯のことを電話で話せるように。", [2, 1]), ("", [])])
def test_a_voice_finds_the_titles_whose_telling_words_it_has(text: str, found: list[int]) -> None:
    assert titles_within(text, TITLES, 5) == found
