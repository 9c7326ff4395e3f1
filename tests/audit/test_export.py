"""The exported log is checked without a database, and fails at the line that somebody changed."""

import io
import json

import pytest

from participation.audit import export
from participation.audit.examination import Broken
from tests.audit.log import Log


@pytest.fixture
def log(db, tmp_path):
    log = Log(db, tmp_path)
    log.grow(4, private={"why": "a neighbour asked"})
    log.grow(3)
    log.lay(2)
    log.number()
    return log


@pytest.fixture
def lines(log):
    file = io.StringIO()
    with log.db.read() as session:
        export.write_export(session, log.signer, log.now, file)
    return file.getvalue().splitlines()


def check(lines, keys=(), witnessed=()):
    return export.verify_export(io.StringIO("\n".join(lines) + "\n"), list(keys), list(witnessed))


def failure(lines, **more):
    with pytest.raises(Broken) as broken:
        check(lines, **more)
    return broken.value.entry, str(broken.value)


def test_an_export_holds_all_entries_under_a_head_of_its_own(lines, log):
    report = check(lines, [log.signer.verifier])
    assert (report.size, report.heads, report.newest.size) == (9, 3, 9)
    assert report.root == log.verify().root


def test_an_export_tells_no_private_part(lines):
    assert "neighbour" not in "\n".join(lines)


def changed(lines, seq, **values):
    found = next(at for at, line in enumerate(lines) if json.loads(line).get("seq") == seq)
    line = json.loads(lines[found])
    line["entry"] |= values
    return [*lines[:found], json.dumps(line), *lines[found + 1 :]]


def test_a_changed_entry_breaks_the_head_that_follows(lines):
    assert failure(changed(lines, 5, subject=1))[0] == 4
    assert failure(changed(lines, 8, subject=1))[0] == 7


def test_a_removed_entry_is_missing(lines):
    assert failure([line for line in lines if '"seq":2' not in line]) == (2, "entry 2 is missing")
    assert failure(lines[:-1]) == (8, "entry 8 is missing: a head over 9 entries was signed")


def test_exchanged_entries_are_named(lines):
    assert failure([*lines[:-2], lines[-1], lines[-2]])[0] == 7


def test_a_foreign_key_has_not_signed_it(lines, tmp_path, db):
    stranger = Log(db, tmp_path / "elsewhere").signer.verifier
    assert "no valid signature" in failure(lines, keys=[stranger])[1]


def test_a_head_from_another_history_is_contradicted(lines, log):
    other = log.signer.sign(4, b"x" * 32, log.now)
    assert failure(lines, witnessed=[other])[0] == 0


@pytest.mark.parametrize(
    "damaged",
    [
        [],
        ["{}"],
        ["no json"],
        ['{"format":"sanpo-audit-log","version":2}'],
        ['{"format":"sanpo-audit-log","version":1,"key":"x"}', '{"seq":0}'],
        ['{"format":"sanpo-audit-log","version":1,"key":7}', '{"seq":0}'],
        ['{"format":"sanpo-audit-log","version":1}', "[]"],
    ],
)
def test_any_other_file_is_refused_with_a_reason(damaged):
    entry, said = failure(damaged)
    assert said and entry <= 0


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        '{"seq":9}',
        '{"head":3}',
        '{"seq":9,"entry":{"at":1e400}}',
        '{"seq":9,"entry":{"at":999999999999999999999999}}',
        '{"seq":"9","entry":{"at":1}}',
        '{"seq":9,"entry":{"at":1,"body":"\\ud800"}}',
    ],
)
def test_a_line_that_is_no_entry_is_named(lines, line):
    assert failure([*lines, line])[1]
