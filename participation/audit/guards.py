"""Triggers that refuse to change or remove what was recorded.

They stop mistakes and careless hands. Whoever owns the database can drop them: against that stands the tree itself.
Both ways to a schema take them from here: `create_all` by the listeners below, the migration by `statements`.
"""

from dataclasses import dataclass

from sqlalchemy import DDL, Table
from sqlalchemy import event as listening

from participation.audit.models import AuditHead, AuditNode
from participation.events import Event, EventPrivate

MESSAGE = "what the audit log has recorded stays as it is"
RECORDED = "id, uid, type, at, actor_ref, subject_id, body, commitment, leaf_hash"
FUNCTION = f"""CREATE OR REPLACE FUNCTION sanpo_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""


@dataclass(frozen=True)
class Guard:
    """One refusal: of which statement, on which table, and (with `when`) for which rows."""

    name: str
    table: Table
    statement: str
    when: str = ""

    def sqlite(self) -> str:
        """The trigger in SQLite's words; "" for what SQLite cannot be asked to do anyway."""
        if self.statement == "TRUNCATE":
            return ""
        when = f"WHEN {self.when} " if self.when else ""
        refusal = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        return f"CREATE TRIGGER {self.name} BEFORE {self.statement} ON {self.table.name} FOR EACH ROW {when}{refusal}"

    def postgresql(self) -> str:
        """The trigger in PostgreSQL's words; needs FUNCTION."""
        when = f"WHEN ({self.when}) " if self.when else ""
        each = "STATEMENT" if self.statement == "TRUNCATE" else "ROW"
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.statement} ON {self.table.name} FOR EACH {each} {when}"
            "EXECUTE FUNCTION sanpo_refuse_change()"
        )


_event, _private = Event.__table__, EventPrivate.__table__
_node, _head = AuditNode.__table__, AuditHead.__table__
GUARDS = (
    # An entry gets its number once; its person may be forgotten, never exchanged; its delivery is nobody's record.
    Guard("event_stays", _event, f"UPDATE OF {RECORDED}", "OLD.leaf_hash IS NOT NULL OR NEW.leaf_hash IS NOT NULL"),
    Guard("event_keeps_number", _event, "UPDATE OF seq", "OLD.seq IS NOT NULL"),
    Guard("event_keeps_actor", _event, "UPDATE OF actor_id", "OLD.leaf_hash IS NOT NULL AND NEW.actor_id IS NOT NULL"),
    Guard("event_remains", _event, "DELETE", "OLD.leaf_hash IS NOT NULL"),
    Guard("event_private_stays", _private, "UPDATE"),  # deleting a row is how a person is forgotten
    Guard("audit_node_stays", _node, "UPDATE"),
    Guard("audit_node_remains", _node, "DELETE"),
    Guard("audit_head_stays", _head, "UPDATE"),
    Guard("audit_head_remains", _head, "DELETE"),
    *(Guard(f"{table.name}_is_not_emptied", table, "TRUNCATE") for table in (_event, _private, _node, _head)),
)


def statements(dialect: str) -> list[str]:
    """The statements that set up every guard, for a migration on "sqlite" or "postgresql"."""
    if dialect == "postgresql":
        return [FUNCTION, *(guard.postgresql() for guard in GUARDS)]
    return [text for guard in GUARDS if (text := guard.sqlite())]


def removal(dialect: str) -> list[str]:
    """The statements that take every guard away again, for a migration that rebuilds a guarded table."""
    if dialect == "postgresql":
        return [f"DROP TRIGGER {guard.name} ON {guard.table.name}" for guard in GUARDS]
    return [f"DROP TRIGGER {guard.name}" for guard in GUARDS if guard.sqlite()]


def _listen() -> None:
    for table in {guard.table for guard in GUARDS}:
        listening.listen(table, "after_create", DDL(FUNCTION).execute_if(dialect="postgresql"))
    for guard in GUARDS:
        if guard.sqlite():
            listening.listen(guard.table, "after_create", DDL(guard.sqlite()).execute_if(dialect="sqlite"))
        listening.listen(guard.table, "after_create", DDL(guard.postgresql()).execute_if(dialect="postgresql"))


_listen()
