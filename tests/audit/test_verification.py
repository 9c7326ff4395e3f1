"""Whoever changes, removes, adds or moves a row is found, and the first entry that fails is named."""

import pytest
from sqlalchemy import text

from tests.audit.log import Log


@pytest.fixture
def log(db, tmp_path):
    log = Log(db, tmp_path)
    for _ in range(3):
        log.grow(4, private={"why": "a neighbour asked"})
    return log


def test_an_untouched_log_holds(log):
    report = log.verify()
    assert (report.size, report.heads, report.erased, report.waiting) == (12, 3, 0, 0)


def test_an_empty_log_holds(db, tmp_path):
    assert Log(db, tmp_path).verify().size == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET body = '{\"stone\":99}' WHERE seq = 5",
        "UPDATE event SET body = '{ \"stone\":1}' WHERE seq = 5",
        "UPDATE event SET body = 'no json' WHERE seq = 5",
        "UPDATE event SET type = 'test.stone_lost' WHERE seq = 5",
        "UPDATE event SET at = '2020-01-01 00:00:00.000000' WHERE seq = 5",
        "UPDATE event SET actor_ref = NULL WHERE seq = 5",
        "UPDATE event SET subject_id = 10 WHERE seq = 5",
        "UPDATE event SET commitment = NULL WHERE seq = 5",
        "UPDATE event SET uid = 'another' WHERE seq = 5",
        "UPDATE event SET leaf_hash = NULL WHERE seq = 5",
        "UPDATE event SET leaf_hash = (SELECT e.leaf_hash FROM event e WHERE e.seq = 6) WHERE seq = 5",
        "UPDATE event SET seq = NULL WHERE seq = 5",
        "DELETE FROM event WHERE seq = 5",
        "DELETE FROM event WHERE seq >= 5",
        "DELETE FROM event_private WHERE uid = (SELECT uid FROM event WHERE seq = 5)",
        "UPDATE event_private SET body = '{\"why\":\"bribed\"}' WHERE uid = (SELECT uid FROM event WHERE seq = 5)",
        "UPDATE event_private SET salt = uid_salt.salt FROM event_private uid_salt "
        "WHERE event_private.uid = (SELECT uid FROM event WHERE seq = 5) "
        "AND uid_salt.uid = (SELECT uid FROM event WHERE seq = 6)",
        "DELETE FROM audit_node WHERE number = 10",
        "UPDATE audit_node SET hash = (SELECT n.hash FROM audit_node n WHERE n.number = 0) WHERE number = 10",
    ],
)
def test_a_changed_row_is_named(log, change):
    log.tamper(change)
    entry, message = log.failure()
    assert entry == 5
    assert "entry 5" in message


def test_two_entries_that_changed_places_are_named(log):
    log.tamper(
        "UPDATE event SET seq = -1 WHERE seq = 2",
        "UPDATE event SET seq = 2 WHERE seq = 8",
        "UPDATE event SET seq = 8 WHERE seq = -1",
    )
    assert log.failure() == (2, "entry 2 is not the one that the tree was built over")


def test_a_number_that_moved_leaves_a_hole(log):
    log.tamper("UPDATE event SET seq = seq + 100 WHERE seq >= 7")
    assert log.failure() == (7, "entry 7 is missing")


def test_entries_cut_off_together_with_their_nodes_are_missed_by_the_head(log):
    log.tamper("DELETE FROM event WHERE seq >= 10", "DELETE FROM audit_node WHERE number > 18")
    assert log.failure() == (10, "entry 10 is missing: a head over 12 entries was signed")


def rewrite(log, keep):
    """Change entry 5 and rebuild leaf and tree over it, as a clever owner would; `keep` heads stay."""
    log.tamper(
        "UPDATE event SET seq = NULL",
        "DELETE FROM audit_node",
        f"DELETE FROM audit_head WHERE size > {keep}",
    )
    with log.db.engines.write.begin() as connection:
        forged = connection.execute(text("SELECT uid FROM event ORDER BY id LIMIT 1 OFFSET 5")).scalar_one()
        connection.execute(text("DELETE FROM event WHERE uid = :uid"), {"uid": forged})
    log.number()


def test_a_tree_rebuilt_over_changed_entries_contradicts_the_signed_heads(log):
    rewrite(log, keep=12)
    entry, message = log.failure()
    assert entry == 4
    assert message.startswith("an entry from 4 to 7 is not the one over which the head of 8 entries was signed")


def test_even_the_owner_of_the_key_is_found_by_whoever_kept_a_head(log):
    with log.db.read() as session:
        kept = session.execute(text("SELECT note FROM audit_head WHERE size = 8")).scalar_one()
    rewrite(log, keep=4)
    log.sign()
    assert log.failure() is None
    assert log.failure(witnessed=[kept])[0] == 4


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE audit_head SET note = replace(note, 'at 2026', 'at 2025') WHERE size = 8", "differs from its signed"),
        ("UPDATE audit_head SET root = (SELECT hash FROM audit_node WHERE number = 0) WHERE size = 8", "differs from"),
        ("UPDATE audit_head SET note = 'nothing' WHERE size = 8", "cannot be read"),
    ],
)
def test_a_changed_head_is_named(log, change, said):
    log.tamper(change)
    _, message = log.failure()
    assert "head of 8 entries" in message
    assert said in message


def test_a_changed_event_that_waits_for_its_number_is_named(log):
    log.lay(1)
    assert log.verify().waiting == 1
    log.tamper("UPDATE event SET body = '{\"stone\":5}' WHERE seq IS NULL")
    assert "waits for its number" in log.failure()[1]


def test_an_entry_dated_before_a_head_that_it_follows_is_pointed_out(log):
    log.now = log.now.replace(year=2025)
    log.lay(2)
    log.number()
    assert log.verify().backdated == 12
