"""What a check says of those whom a rule binds, and that nobody keeps an article without a record."""
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from consortium.council.located import FileError
from consortium.council.shape import read_council
from consortium.membership.actions import leave
from participation.component import compose
from participation.policy import Actor
from rules.checks.library import checks_of, read_asked
from rules.checks.parameters import WrongParameter
from rules.checks.port import State, SubjectKind, found
from tests.checks.scene import Board, subject

SIGNED = {"kind": "computed", "name": "rule_signed", "rule": "participation"}
NAMES = ("rule_signed", "a_check_of_later")


def known() -> Any:
    from asgi import COMPONENTS
    return checks_of(compose(COMPONENTS))


def test_a_member_keeps_what_it_signed_and_is_due_and_broken_by_the_dates(board: Board) -> None:
    board.rule(SIGNED)
    one, who = board.table.member()
    board.table.sign(one, who)
    states = [board.find()[one.id].state]
    board.table.next_version(board.table.today)
    states.append(board.find()[one.id].state)
    due = board.find()[one.id].due
    board.table.clock.advance(days=61)
    states.append(board.find()[one.id].state)
    assert states == [State.KEPT, State.DUE, State.BROKEN]
    assert due is not None and due - board.table.clock() < timedelta(0)


def test_a_rule_binds_neither_who_is_not_yet_a_member_nor_who_left(board: Board) -> None:
    board.rule(SIGNED)
    waiting, _ = board.table.member()
    gone, who = board.table.member()
    board.table.sign(gone, who)
    founder = board.table.council.again(Actor(id=who.id - 1))
    assert board.find()[gone.id].state == State.KEPT
    board.table.council.do(leave, founder, gone.id, "事業を終えた")
    states = {key: (value.state, value.says.to("en")) for key, value in board.find().items()}
    assert states == {
        waiting.id: (State.NOT_APPLICABLE, "It is not a member yet, so the rules do not bind it."),
        gone.id: (State.NOT_APPLICABLE, "It left the council, so the rules no longer bind it."),
    }


@pytest.mark.parametrize(("check", "says"), [
    ({}, "The article does not say how its keeping is seen."),
    ({"kind": "computed", "name": "of_later", "days": 3}, "The check “of_later” comes with a later version"),
    ({"kind": "computed", "name": "rule_signed"}, "The values of this check cannot be used"),
    ({"kind": "computed", "name": "rule_signed", "rule": "nowhere"}, "There are no records yet"),
    ({"kind": "computed", "name": "rule_signed", "rule": "nowhere", "scope": "city"}, "is not made for this"),
])
def test_what_cannot_be_checked_is_no_data_with_the_reason(board: Board, check: dict, says: str) -> None:
    board.rule(SIGNED, slug="participation")
    one, who = board.table.member()
    board.table.sign(one, who)
    board.rule(check, slug="other")
    answer = board.find(1)[one.id]
    assert answer.state == State.NO_DATA
    assert says in answer.says.to("en")


def test_a_check_asks_the_same_number_of_questions_however_many_members_there_are(
        board: Board, count_queries: Any) -> None:
    board.rule(SIGNED)
    counts = []
    for _ in range(2):
        for _ in range(3):
            board.table.sign(*board.table.member())
        with count_queries(board.table.council.db) as count:
            board.find()
        counts.append(count.total)
    assert counts[0] == counts[1]


def test_every_check_speaks_of_nobody_it_has_no_records_of(board: Board) -> None:
    """Asked about subjects that no record knows, no check says `kept`, whatever its parameters are."""
    people = [subject(number) for number in (901, 902)]
    for name, check in known().items():
        for kind in check.kinds:
            asked = [subject(each.id, kind) for each in people]
            answer = board.table.ask(check.find, asked, example_of(check.parameters), board.table.clock())
            assert (name, State.KEPT) not in {(name, each.state) for each in answer.values()}
            assert set(answer) <= {each.id for each in asked}


def example_of(parameters: type) -> Any:
    """Usable values for the parameters of any check."""
    from typing import get_args, get_type_hints
    values: dict[str, Any] = {}
    for name, hint in get_type_hints(parameters, include_extras=True).items():
        limits, plain = get_args(hint)[1:], (get_args(hint) or (hint,))[0]
        values[name] = plain(limits[0].low) if limits else "nobody" if plain is str else next(iter(plain), None) if (
            hasattr(plain, "__members__")) else plain(1)
    return parameters(**values)


@pytest.mark.parametrize(("check", "key"), [
    ({}, "kind"),
    ({"kind": "guess"}, "kind"),
    ({"kind": "computed"}, "name"),
    ({"kind": "computed", "name": "x", "scope": "country"}, "scope"),
    ({"kind": "computed", "name": "rule_signed"}, "rule"),
    ({"kind": "computed", "name": "rule_signed", "rule": 3}, "rule"),
    ({"kind": "computed", "name": "rule_signed", "rule": "a", "days": 3}, "days"),
    ({"kind": "self_report", "per": "week"}, "per"),
    ({"kind": "self_report", "name": "x"}, "name"),
])
def test_a_wrong_value_is_named(check: dict, key: str) -> None:
    with pytest.raises(WrongParameter) as wrong:
        read_asked(check, known())
    assert wrong.value.key == key


def test_a_council_file_with_a_wrong_check_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "council.yaml"
    path.write_text(
        "city: {ja: 甲市}\nrules:\n  - key: p\n    title: {ja: 甲}\n    applies_to: organisation\n"
        "    effective: 2021-04-01\n    articles:\n      - key: a1\n        heading: {ja: 一}\n        body: {ja: 守る}\n"
        "        check:\n          kind: computed\n          name: rule_signed\n          rule: 7\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"council.yaml:14: rules\[0\].articles\[0\].check.rule: expected a text"):
        read_council(path, known())


def test_a_sentence_is_put_into_the_readers_language_when_it_is_shown(board: Board) -> None:
    finding = found(State.DUE, "%(who)s: %(n)s until %(day)s", who=subject(7).name, n=1234, day=board.table.today)
    assert finding.says.to("en").startswith("Example 7: 1,234 until ")
    assert finding.says.to("ja").startswith("例7: 1,234")
    assert {each.kind for each in board.subjects()} <= set(SubjectKind)
