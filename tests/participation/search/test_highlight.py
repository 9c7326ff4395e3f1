"""Marks over the writer's own text."""
from hypothesis import given
from hypothesis import strategies as st

from participation.search.highlight import excerpt, marked, plain
from participation.search.tokens import query_words


def marks(text: str, asked: str) -> list[str]:
    return [piece.text for piece in marked(text, query_words(asked)) if piece.marked]


def test_the_writers_spelling_is_marked_whatever_spelling_was_asked() -> None:
    assert marks("ｺﾞﾐ出し、ごみの日、ゴミ箱", "ごみ") == ["ｺﾞﾐ", "ごみ", "ゴミ"]
    assert marks("Night Buses of Kōbe", "bus kobe") == ["Buses", "Kōbe"]


def test_a_word_inside_another_spaced_word_is_not_marked() -> None:
    assert marks("a busy bus", "bus") == ["bus"]


def test_matches_that_touch_are_one_mark() -> None:
    assert marks("図書館前", "図書館 館前") == ["図書館前"]


def test_characters_that_change_their_length_keep_marks_in_place() -> None:
    assert marks("㍿の㌔と図書館", "図書館") == ["図書館"]
    assert marks("ﬃ ß 図書館", "図書館") == ["図書館"]


def test_an_excerpt_stands_around_the_first_match() -> None:
    pieces = excerpt("あ" * 300 + "図書館" + "い" * 300, query_words("図書館"), length=60)
    assert pieces[0].text == "…" and pieces[-1].text == "…"
    assert [piece.text for piece in pieces if piece.marked] == ["図書館"]
    assert len(plain(pieces)) == 62


def test_marks_of_markdown_are_left_out() -> None:
    text = "## 願い\n\n- **バス**を[ここ](https://example.test)に\n1. 朝\n- 夜"
    assert plain(excerpt(text, query_words("バス"))) == "願い バスをここに 朝 夜"


def test_an_excerpt_without_a_match_is_the_beginning() -> None:
    assert plain(excerpt("駅から\n\n団地まで", query_words("空港"))) == "駅から 団地まで"
    assert excerpt("", query_words("空港")) == ()


@given(st.text(max_size=80), st.text(max_size=12))
def test_the_pieces_joined_are_the_text(text: str, asked: str) -> None:
    assert plain(marked(text, query_words(asked))) == text


@given(st.text(max_size=400), st.text(max_size=12), st.integers(20, 100))
def test_an_excerpt_has_its_length(text: str, asked: str, length: int) -> None:
    assert len(plain(excerpt(text, query_words(asked), length))) <= length + 2
