"""Triggers that refuse a change, whoever asks the database: one declaration in the words of SQLite and of PostgreSQL.

Both ways to a schema take them from a package's `guards.py`: `create_all` by `listen`, the migration by `statements`.
They stop mistakes and careless scripts. Whoever owns the database can take them away; the audit log then tells.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import DDL, Table
from sqlalchemy import event as listening


@dataclass(frozen=True)
class Guard:
    """One refusal: of which statement, on which table, for which rows (`when`, which may ask other tables)."""

    name: str
    table: Table
    statement: str
    when: str
    message: str

    def sqlite(self) -> list[str]:
        """The trigger in SQLite's words; none for what SQLite cannot be asked to do anyway."""
        if self.statement == "TRUNCATE":
            return []
        when = f"WHEN {self.when} " if self.when else ""
        refusal = f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        return [f"CREATE TRIGGER {self.name} BEFORE {self.statement} ON {self.table.name} FOR EACH ROW {when}{refusal}"]

    def postgresql(self) -> list[str]:
        """A function of its own, for the condition of a trigger may not look at other tables there."""
        each = "STATEMENT" if self.statement == "TRUNCATE" else "ROW"
        row = "OLD" if self.statement == "DELETE" else "NEW"
        refusal = f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation';"
        body = f"IF {self.when} THEN {refusal} END IF; RETURN {row};" if self.when else f"{refusal} RETURN NULL;"
        return [
            f"CREATE OR REPLACE FUNCTION sanpo_{self.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body} END $$",
            f"CREATE TRIGGER {self.name} BEFORE {self.statement} ON {self.table.name} FOR EACH {each} "
            f"EXECUTE FUNCTION sanpo_{self.name}()",
        ]


def statements(guards: Iterable[Guard], dialect: str) -> list[str]:
    """What sets up every guard, for a migration on "sqlite" or "postgresql"."""
    return [text for guard in guards for text in getattr(guard, dialect)()]


def listen(guards: Iterable[Guard]) -> None:
    """Set each guard up with its table, where tables are made from the models."""
    for guard in guards:
        for dialect in ("sqlite", "postgresql"):
            for text in getattr(guard, dialect)():
                listening.listen(guard.table, "after_create", DDL(text).execute_if(dialect=dialect))
