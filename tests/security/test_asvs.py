"""The table of security requirements says what the tests show, and a word about each that no test shows."""
from tests.security.asvs import TABLE, marks, register, table

KNOWN, SHOWN = register(), marks()


def test_the_table_is_what_the_marks_of_the_tests_say() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(), "make asvs"


def test_every_mark_names_a_requirement_of_the_register() -> None:
    assert sorted(set(SHOWN) - set(KNOWN)) == []


def test_what_no_test_shows_has_a_reason_and_what_is_shown_needs_none() -> None:
    silent = [id for id, each in KNOWN.items() if id not in SHOWN and not each.remark]
    contradicted = [id for id, each in KNOWN.items() if id in SHOWN and each.kind in ("open", "none")]
    assert (silent, contradicted) == ([], [])
