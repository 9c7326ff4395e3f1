"""What every search engine does: the definition of the port."""
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.search.port import WINDOW, Query, SearchEngine
from participation.search.tokens import fold, runs
from tests.participation.search.corpus import ALL, BUS, BUSES, COMMENT, LIBRARY, RUBBISH, START, document


@pytest.fixture
def filled(index: SearchEngine) -> SearchEngine:
    index.put(ALL)
    return index


@pytest.fixture
def ask(index: SearchEngine) -> Callable:
    """Subject ids found, best first."""
    return lambda text, **more: [hit.subject_id for hit in index.search(Query(text=text, **more)).hits]


def test_what_was_put_comes_back_whole(filled: SearchEngine) -> None:
    assert filled.search(Query(text="ごみ")).hits == (RUBBISH,)
    assert filled.search(Query(text="midnight")).hits == (BUSES,)


def test_what_a_thing_belongs_to_is_shown_but_not_searched(filled: SearchEngine, ask: Callable) -> None:
    assert COMMENT.subject_id not in ask("九時")
    assert COMMENT in filled.search(Query(text="賛成")).hits


def test_every_word_must_be_there_in_title_or_body(filled: SearchEngine, ask: Callable) -> None:
    assert ask("図書館 バス") == [LIBRARY.subject_id]
    assert ask("図書館 空港") == []
    assert ask("wifi") == [] and ask("WI-FI") == [BUSES.subject_id]


def test_a_title_that_holds_the_word_comes_first_then_the_newer(filled: SearchEngine, ask: Callable) -> None:
    assert ask("バス") == [BUS.subject_id, LIBRARY.subject_id]
    assert ask("図書館") == [LIBRARY.subject_id, COMMENT.subject_id]
    assert ask("バス", sort="newest") == [LIBRARY.subject_id, BUS.subject_id]
    assert ask("バス", sort="oldest") == [BUS.subject_id, LIBRARY.subject_id]


def test_a_longer_word_is_not_found_by_its_pairs_alone(index: SearchEngine, ask: Callable) -> None:
    index.put([document(1, "東京と京都"), document(2, "東京都")])
    assert ask("東京都") == [2]
    assert index.search(Query(text="東京都")).total == 1


def test_a_single_character_finds_it_anywhere(filled: SearchEngine, ask: Callable) -> None:
    assert sorted(ask("駅")) == [BUS.subject_id, COMMENT.subject_id]
    assert ask("館") == [LIBRARY.subject_id, COMMENT.subject_id]


def test_facets_count_what_each_choice_would_give(filled: SearchEngine) -> None:
    everything = filled.search(Query(text="図書館")).facets
    assert everything["kind"] == {"proposal": 1, "comment": 1} and everything["process_id"] == {10: 2}
    chosen = filled.search(Query(text="図書館", filters={"kind": frozenset({"comment"})}))
    assert [hit.subject_id for hit in chosen.hits] == [COMMENT.subject_id] and chosen.total == 1
    assert chosen.facets["kind"] == {"proposal": 1, "comment": 1}
    assert chosen.facets["state"] == {}


def test_filters_take_any_of_their_values_and_all_of_the_facets(filled: SearchEngine, ask: Callable) -> None:
    assert sorted(ask("バス", filters={"area_id": frozenset({1, 2})})) == [1, 2]
    assert ask("バス", filters={"area_id": frozenset({1}), "state": frozenset({"accepted"})}) == []


def test_pages_follow_one_another(index: SearchEngine) -> None:
    index.put([document(n, f"提案その{n}") for n in range(1, 46)])
    found = [hit.subject_id for page in range(3) for hit in index.search(Query(text="提案"), offset=20 * page).hits]
    assert found == list(range(45, 0, -1))
    assert index.search(Query(text="提案")).total == 45
    assert index.search(Query(text="提案"), offset=60).hits == ()


def test_a_document_put_again_replaces_the_first(filled: SearchEngine, ask: Callable) -> None:
    filled.put([document(1, "動く図書室")])
    assert ask("坂のまち") == [] and ask("図書室") == [1]


def test_what_is_removed_is_gone(filled: SearchEngine, ask: Callable) -> None:
    filled.put([], gone=[LIBRARY.subject_id, 4711])
    assert ask("図書館") == [COMMENT.subject_id]
    assert filled.search(Query(text="図書館")).facets["kind"] == {"comment": 1}


def test_rebuilding_forgets_what_is_no_longer_there(filled: SearchEngine, ask: Callable) -> None:
    seen: list[int] = []
    assert filled.rebuild(iter([BUS, RUBBISH]), seen.append) == 2
    assert seen[-1] == 2 and ask("図書館") == [] and ask("バス") == [BUS.subject_id]


def test_an_empty_index_answers(index: SearchEngine, ask: Callable) -> None:
    assert index.unready() is None
    assert ask("バス") == [] and ask("") == [] and index.similar("バスを走らせたい", kind="proposal") == ()


def test_many_small_changes_keep_every_document(index: SearchEngine) -> None:
    for number in range(1, 41):
        index.put([document(number, f"提案その{number}"), document(1000, f"いつも新しい提案{number}")])
    found = index.search(Query(text="提案"), limit=100)
    assert found.total == 41 and {hit.subject_id for hit in found.hits} == {*range(1, 41), 1000}


def test_past_the_window_the_total_is_a_lower_bound(index: SearchEngine) -> None:
    index.rebuild(document(n, "", f"自転車道の{n}") for n in range(1, WINDOW + 21))
    found = index.search(Query(text="自転車"))
    assert found.total == WINDOW and found.more and found.hits[0].subject_id == WINDOW + 20
    assert not index.search(Query(text="自転車", filters={"kind": frozenset({"comment"})})).more


def test_a_near_duplicate_title_finds_what_is_there(filled: SearchEngine) -> None:
    (first, *_rest) = filled.similar("坂のまちに小さいバスがほしい", kind="proposal")
    assert first.document == BUS and 0.34 <= first.share <= 1
    assert filled.similar("図書館を夜九時まで", kind="proposal")[0].document == LIBRARY
    assert filled.similar("空港の騒音をへらす", kind="proposal") == ()
    assert filled.similar("", kind="proposal") == ()


def test_the_same_title_has_the_whole_share(filled: SearchEngine) -> None:
    assert filled.similar(BUS.title, kind="proposal")[0].share == pytest.approx(1)


TEXTS = st.text(alphabet=st.sampled_from("図書館駅前バスごみカート坂道ー々、。 　\nabcs12Éß-ｶﾞ"), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6), st.data())
def test_any_part_of_a_document_finds_it(index: SearchEngine, texts: list, data: st.DataObject) -> None:
    index.rebuild(document(number, title, body) for number, (title, body) in enumerate(texts, 1))
    number = data.draw(st.integers(1, len(texts)))
    found = runs(fold("\n".join(texts[number - 1])))
    if not found:
        return
    _start, _end, run, unspaced = data.draw(st.sampled_from(found))
    start = data.draw(st.integers(0, len(run) - 1)) if unspaced else 0
    end = data.draw(st.integers(start + 1, len(run))) if unspaced else len(run)
    hits = index.search(Query(text=run[start:end]), limit=10).hits
    assert number in [hit.subject_id for hit in hits]
    if unspaced:
        assert all(run[start:end] in fold(f"{hit.title}\n{hit.body}") for hit in hits)


def test_times_keep_their_microseconds(index: SearchEngine) -> None:
    moment = START + timedelta(microseconds=123457)
    index.put([document(1, "提案", published_at=moment)])
    assert index.search(Query(text="提案")).hits[0].published_at == moment
