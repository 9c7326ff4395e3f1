"""The database itself refuses to change what was recorded."""

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from participation.events import Event, record
from tests.audit.log import Log, StoneSeen


@pytest.fixture
def log(db, tmp_path):
    log = Log(db, tmp_path)
    log.grow(3, private={"why": "a neighbour asked"})
    log.db.write(lambda session: record(session, StoneSeen(stone=1), actor=None, now=log.now))
    return log


def run(log, statement):
    with log.db.engines.write.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.asvs("16.4.2")
@pytest.mark.parametrize(
    "statement",
    [
        *(f"UPDATE event SET {column} = NULL WHERE seq = 1" for column in ("actor_ref", "subject_id", "commitment")),
        *(f"UPDATE event SET {column} = 'x' WHERE seq = 1" for column in ("uid", "type", "body")),
        "UPDATE event SET at = '2020-01-01 00:00:00' WHERE seq = 1",
        "UPDATE event SET leaf_hash = NULL WHERE seq = 1",
        "UPDATE event SET leaf_hash = uid::bytea WHERE seq IS NULL",
        "UPDATE event SET id = 99 WHERE seq = 1",
        "UPDATE event SET seq = 99 WHERE seq = 1",
        "UPDATE event SET actor_id = 99 WHERE seq = 1",
        "DELETE FROM event WHERE seq = 1",
        "UPDATE event_private SET body = 'x'",
        "UPDATE audit_node SET hash = (SELECT leaf_hash FROM event WHERE seq = 1)",
        "DELETE FROM audit_node",
        "UPDATE audit_head SET note = 'x'",
        "DELETE FROM audit_head",
    ],
)
def test_a_record_is_neither_changed_nor_removed(log, statement):
    if log.db.sqlite:
        statement = statement.replace("uid::bytea", "x'00'")
    with pytest.raises(DBAPIError, match="stays as it is"):
        run(log, statement)
    assert log.failure() is None


def test_delivery_is_marked_and_a_person_is_forgotten(log):
    log.db.write(lambda session: session.execute(update(Event).values(delivered_at=log.now)))
    run(log, "UPDATE event SET actor_id = NULL")
    assert log.failure() is None


def test_what_is_not_audited_may_be_cleared_away(log):
    run(log, "DELETE FROM event WHERE leaf_hash IS NULL")
    assert log.verify().size == 3


@pytest.mark.parametrize("engine", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
@pytest.mark.parametrize("table", ["event", "event_private", "audit_node", "audit_head"])
def test_a_table_of_the_log_is_not_emptied_at_a_stroke(log, table):
    with pytest.raises(DBAPIError, match="stays as it is"):
        run(log, f"TRUNCATE {table}")
