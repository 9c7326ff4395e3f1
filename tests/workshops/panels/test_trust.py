"""What was announced stays: the database refuses a change, and the audit log tells of one made all the same."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from tests.workshops.panels.scene import Scene
from workshops.panels.checking import broken_draws

TAMPERED = {
    "its seed is not the one that was promised": "UPDATE workshop_draw SET seed_secret = 'aa'",
    "its pool is not the one that was sealed": "UPDATE workshop_draw SET pool_csv = replace(pool_csv, 'old', 'young')",
    "its quotas or seats are not those that were sealed": "UPDATE workshop_draw SET seats = 3",
    "the source of its public number is not the one that was announced":
        """UPDATE workshop_draw SET source = '{"ja": "another"}'""",
    "its public number is not the one that was entered": "UPDATE workshop_draw SET source_value = '1'",
    "its result is not the one that was drawn": "UPDATE workshop_draw SET result = replace(result, '0003', '0000')",
}


def drop_guards(scene: Scene) -> None:
    """What whoever owns the database can do."""
    def work(session: Any) -> None:
        names = text("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'workshop_%'"
                     if scene.db.sqlite else "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c"
                     " ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relname LIKE 'workshop_%'")
        for name, table in session.execute(names).all():
            session.execute(text(f"DROP TRIGGER {name}" + ("" if scene.db.sqlite else f" ON {table}")))
    scene.db.write(work)


def test_nobody_changes_a_draw_and_whoever_owns_the_database_changes_it_not_unnoticed(
        scene: Scene, deliver: Any) -> None:
    number = scene.drawn(deliver)
    assert scene.ask(lambda session: list(broken_draws(session))) == []
    refused = (*TAMPERED.values(), "DELETE FROM workshop_draw", "DELETE FROM workshop_invitation",
               "UPDATE workshop_invitation SET number = 'SOMEBODY'")
    for statement in refused:
        with pytest.raises(DatabaseError, match="a draw stays as it was announced"):
            scene.db.write(lambda session, statement=statement: session.execute(text(statement)))
    drop_guards(scene)
    for said, statement in TAMPERED.items():
        with scene.db.engines.write.connect() as connection:
            connection.execute(text(statement))
            with Session(connection) as session:
                found = list(broken_draws(session))
            connection.rollback()
        assert f"draw of workshop day-1 (number {number}): {said}" in found
    scene.db.write(lambda session: session.execute(text("DELETE FROM workshop_draw")))
    gone = scene.ask(lambda session: list(broken_draws(session)))
    assert gone == [f"draw of workshop number {number} was promised, and is gone"]
