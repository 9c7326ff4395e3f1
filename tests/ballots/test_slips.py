"""A filled-in paper: what was typed becomes a choice or an error at its field, and stays typed either way."""
from typing import Any

import pytest

from proposals.ballots.voting.paper import Entry, Kind, Paper
from proposals.ballots.voting.slips import Slip, fill_slip, read_slip

ENTRIES = (Entry(key="bench", title="Benches", cost=400, area="Suma"), Entry(key="lamp", title="Lamps", cost=700),
           Entry(key="tree", title="Trees", cost=250, summary="Shade at the station"))


def say(message: str, **values: Any) -> str:
    shown = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return message % shown


def read(kind: Kind, typed: dict[str, str], **rules: Any) -> Slip:
    return read_slip(Paper(kind=kind, entries=ENTRIES, **rules), typed, say)


@pytest.mark.parametrize(("kind", "rules", "typed", "choice"), [
    (Kind.PICKS, {}, {"option-tree": "1", "option-bench": "1"}, ["bench", "tree"]),
    (Kind.PICKS, {"cap": 1000, "most": 2}, {"option-lamp": "1", "option-tree": "1"}, ["lamp", "tree"]),
    (Kind.POINTS, {"total": 10}, {"option-lamp": "７", "option-tree": "3", "option-bench": "0"}, {"lamp": 7, "tree": 3}),
    (Kind.SCORES, {"top": 5}, {"option-lamp": "0", "option-tree": "5"}, {"lamp": 0, "tree": 5}),
    (Kind.SCORES, {"bottom": -2, "top": 2}, {"option-lamp": "-2"}, {"lamp": -2}),
    (Kind.RANKS, {}, {"option-tree": "1", "option-lamp": "3"}, [["tree"], ["lamp"]]),
    (Kind.RANKS, {"flat": True}, {"option-tree": "1", "option-lamp": "3"}, ["tree", "lamp"]),
    (Kind.RANKS, {}, {"option-tree": "2", "option-bench": "2", "option-lamp": "1"},
     [["lamp"], ["bench", "tree"]]),
])
def test_a_paper_is_read_and_filled_in_again(kind: Kind, rules: Any, typed: dict[str, str], choice: Any) -> None:
    slip = read(kind, typed, **rules)
    assert (slip.errors, slip.choice) == ({}, choice)
    again = fill_slip(slip.paper, choice, say)
    assert read_slip(slip.paper, again.typed, say).choice == choice


@pytest.mark.parametrize("answer", ["yes", "no", "abstain"])
def test_one_of_three_answers(answer: str) -> None:
    slip = read_slip(Paper(kind=Kind.YES_NO), {"choice": answer}, say)
    assert slip.choice == answer == fill_slip(slip.paper, answer, say).typed["choice"]


@pytest.mark.parametrize(("kind", "rules", "typed", "errors"), [
    (Kind.YES_NO, {}, {"choice": "maybe"}, {"choice": "Please choose one of the options."}),
    (Kind.PICKS, {}, {}, {"paper": "Please choose at least 1. You have chosen 0."}),
    (Kind.PICKS, {"most": 1}, {"option-lamp": "1", "option-tree": "1"},
     {"paper": "Please choose at most 1. You have chosen 2, so please take away 1."}),
    (Kind.PICKS, {"cap": 1000}, {"option-lamp": "1", "option-tree": "1", "option-bench": "1"},
     {"paper": "Your choice costs 1,350 yen, which is 350 yen too much. It fits without: Benches."}),
    (Kind.PICKS, {"cap": 300}, {"option-lamp": "1", "option-tree": "1", "option-bench": "1"},
     {"paper": "Your choice costs 1,350 yen, which is 1,050 yen too much. It fits without: Lamps, Benches."}),
    (Kind.POINTS, {"total": 10}, {"option-lamp": "8", "option-tree": "4"},
     {"paper": "You have 10 points and gave 12, so please take away 2."}),
    (Kind.POINTS, {"total": 10}, {"option-lamp": "many"}, {"option-lamp": "Please write a whole number."}),
    (Kind.SCORES, {"top": 5}, {"option-tree": "6"}, {"option-tree": "Please write a number from 0 to 5."}),
    (Kind.SCORES, {}, {}, {"paper": "Please rate at least one option."}),
    (Kind.RANKS, {"flat": True}, {"option-tree": "2", "option-lamp": "2"},
     {"option-tree": "Place 2 is given twice. Please give each place to one option."}),
    (Kind.RANKS, {"most": 1}, {"option-tree": "2", "option-lamp": "1"},
     {"paper": "Please choose at most 1. You have chosen 2, so please take away 1."}),
])
def test_what_breaks_a_rule_is_said_at_its_field_and_stays_typed(
        kind: Kind, rules: Any, typed: dict[str, str], errors: dict[str, str]) -> None:
    slip = read(kind, typed, **rules)
    assert (slip.errors, slip.choice, slip.typed) == (errors, None, typed)


def test_a_search_inside_the_paper_takes_no_mark_away() -> None:
    slip = read(Kind.PICKS, {"option-lamp": "1", "find": "ＳＨＡＤＥ"})
    assert [entry.key for entry in ENTRIES if slip.shows(entry)] == ["tree"]
    assert [entry.key for entry in slip.marked] == ["lamp"]


def test_what_is_no_field_of_the_paper_is_left_alone() -> None:
    slip = read(Kind.PICKS, {"option-lamp": "1", "option-other": "1", "csrf": "x", "step": "check"})
    assert (slip.choice, slip.typed) == (["lamp"], {"option-lamp": "1"})
