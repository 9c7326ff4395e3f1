"""Words: the same for what is written and for what is looked for."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.search.tokens import MAX_QUERY_WORDS, fold, holds, index_terms, query_words, runs, stem


def test_japanese_becomes_overlapping_pairs_and_the_last_character() -> None:
    assert index_terms("図書館") == ["図書", "書館", "館"]


def test_words_with_spaces_stay_whole() -> None:
    assert index_terms("Wi-Fi 5G, since 2024") == ["wi", "fi", "5g", "sinc", "2024"]


def test_a_mixed_word_is_cut_where_the_script_changes() -> None:
    assert index_terms("AIバス2台") == ["ai", "ばす", "す", "2", "台"]


@pytest.mark.parametrize(("written", "asked"), [
    ("ゴミ", "ごみ"), ("ｺﾞﾐ", "ゴミ"), ("ＫＯＢＥ", "kobe"), ("Kōbe", "Kobe"), ("３００円", "300円"), ("STRASSE", "straße"),
    ("buses", "bus"), ("bus", "buses"), ("services", "service"), ("parties", "party"), ("houses", "house"),
    ("カ\u3099ス", "ガス"),
])
def test_other_spellings_of_a_word_find_it(written: str, asked: str) -> None:
    folded = fold(f"あれ、{written} これ")
    (word, *rest) = query_words(asked)
    assert not rest or written == "３００円"
    assert holds(folded, word) and set(word.terms) <= set(index_terms(folded))


@pytest.mark.parametrize("word", ["bus", "news", "gas", "class", "its", "the", "use", "bee", "2020s"])
def test_short_words_keep_their_stem_in_both_directions(word: str) -> None:
    assert stem(stem(word)) == stem(word)


def test_a_query_is_cut_to_a_size_that_an_index_can_answer() -> None:
    assert len(query_words(" ".join(f"w{n}" for n in range(50)))) == MAX_QUERY_WORDS
    assert query_words("。、!?　") == ()


def test_a_single_character_is_looked_up_as_a_beginning() -> None:
    (word,) = query_words("駅")
    assert word.prefix and word.terms == ("駅",) and not word.needs_check


def test_words_of_three_characters_must_be_checked_in_the_text() -> None:
    (word,) = query_words("東京都")
    assert word.terms == ("東京", "京都") and word.needs_check
    assert not holds(fold("東京と京都"), word)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.data())
def test_whatever_part_of_a_text_is_asked_for_its_terms_are_in_the_index(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    found = runs(folded)
    if not found:
        return
    _start, _end, run, unspaced = data.draw(st.sampled_from(found))
    start = data.draw(st.integers(0, len(run) - 1)) if unspaced else 0
    end = data.draw(st.integers(start + 1, len(run))) if unspaced else len(run)
    for word in query_words(run[start:end]):
        assert holds(folded, word)
        if not word.prefix:
            assert set(word.terms) <= set(index_terms(text))
        else:
            assert any(term.startswith(word.run) for term in index_terms(text))
