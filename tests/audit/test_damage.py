"""Random edits by raw SQL, each in one value of one row: every one of them is found."""

import random

import pytest
from sqlalchemy.orm import Session

from participation.audit import guards
from participation.audit.examination import Broken
from participation.audit.verification import verify_database
from tests.audit.log import Log
from tests.support.databases import on_sqlite

COVERED = {
    "event": ("uid", "type", "at", "actor_ref", "subject_id", "body", "commitment", "leaf_hash", "seq"),
    "event_private": ("uid", "salt", "body"),
    "audit_node": ("number", "hash"),
    "audit_head": ("size", "root", "at", "note"),
}


def damaged(value, chance):
    """The value with one byte, one character or one step changed."""
    if isinstance(value, int):
        return value + chance.choice((-1000, 1000))
    at = chance.randrange(len(value))
    if isinstance(value, bytes):
        return value[:at] + bytes([value[at] ^ 1 << chance.randrange(8)]) + value[at + 1 :]
    return value[:at] + chance.choice([char for char in "05az{ \n\u3042" if char != value[at]]) + value[at + 1 :]


def edit(connection, chance):
    """Change one covered value of one row; what was done."""
    table = chance.choice(list(COVERED))
    column = chance.choice(COVERED[table])
    rows = connection.exec_driver_sql(f"SELECT rowid, {column} FROM {table}").all()
    row, value = chance.choice(rows)
    changed = damaged(value, chance)
    while column == "at" and changed[10] != " ":  # with any sign between day and hour it is the same moment
        changed = damaged(value, chance)
    connection.exec_driver_sql(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (changed, row))
    return f"{table}.{column} of row {row}: {value!r} -> {changed!r}"


def holds(connection, key):
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        try:
            verify_database(session, [key])
        except Broken:
            return False
        return True


@on_sqlite
@pytest.mark.parametrize("seed", range(3))
def test_every_edit_is_found(db, tmp_path, seed):
    log, chance, missed = Log(db, tmp_path), random.Random(seed), []
    log.grow(5, private={"why": "a neighbour asked"})
    log.grow(8, private={"why": "a neighbour asked"})
    with db.engines.write.connect() as connection, connection.begin():
        for statement in guards.removal("sqlite"):
            connection.exec_driver_sql(statement)
        assert holds(connection, log.signer.verifier)
        for _ in range(100):
            with connection.begin_nested() as savepoint:
                done = edit(connection, chance)
                if holds(connection, log.signer.verifier):
                    missed.append(done)
                savepoint.rollback()
    assert missed == []
