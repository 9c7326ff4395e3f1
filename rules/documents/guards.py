"""Triggers that refuse to change a frozen version, whoever asks the database.

Both ways to a schema take them from here: `create_all` by the listeners below, the migration by `statements`. A backup
is restored with triggers silenced, as for the audit log; the hash then still tells.
"""

from dataclasses import dataclass

from sqlalchemy import DDL, Table
from sqlalchemy import event as listening

from rules.documents.models import Document, Section, Version

MESSAGE = "a published version stays as it is"
_FROZEN = "SELECT 1 FROM document_version WHERE published_at IS NOT NULL AND id ="
FUNCTION = f"""CREATE OR REPLACE FUNCTION sanpo_keep_version() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF TG_TABLE_NAME = 'document_section' THEN
  IF TG_OP <> 'INSERT' AND EXISTS ({_FROZEN} OLD.version_id) OR TG_OP <> 'DELETE' AND EXISTS ({_FROZEN} NEW.version_id)
  THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
ELSE
  RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW; END $$"""

_TEXT = "id, document_id, number, title, note, created_at, published_at, sha256, in_force_from"
_REPLACED = (
    "EXISTS (SELECT 1 FROM document_version WHERE published_at IS NOT NULL"
    " AND (id = NEW.id OR document_id = NEW.document_id AND number = NEW.number))"
)
_OLD, _NEW = f"EXISTS ({_FROZEN} OLD.version_id)", f"EXISTS ({_FROZEN} NEW.version_id)"


@dataclass(frozen=True)
class Guard:
    """One refusal: of which statement, on which table. `when` looks at the row only; `asks` at other tables too, which
    PostgreSQL leaves to the function."""

    name: str
    table: Table
    statement: str
    when: str = ""
    asks: str = ""
    sqlite_only: bool = False

    def sqlite(self) -> str:
        """The trigger in SQLite's words; "" for what SQLite cannot be asked to do anyway."""
        if self.statement == "TRUNCATE":
            return ""
        refusal = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.statement} ON {self.table.name} "
            f"FOR EACH ROW WHEN {self.when or self.asks} {refusal}"
        )

    def postgresql(self) -> str:
        """The trigger in PostgreSQL's words; needs FUNCTION. "" for what only SQLite knows."""
        if self.sqlite_only:
            return ""
        when = f"WHEN ({self.when}) " if self.when else ""
        each = "STATEMENT" if self.statement == "TRUNCATE" else "ROW"
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.statement} ON {self.table.name} FOR EACH {each} {when}"
            "EXECUTE FUNCTION sanpo_keep_version()"
        )


_document, _version, _section = Document.__table__, Version.__table__, Section.__table__
GUARDS = (
    # a stage moves on, and with it the moments at which it did
    Guard("document_version_stays", _version, f"UPDATE OF {_TEXT}", "OLD.published_at IS NOT NULL"),
    Guard("document_version_remains", _version, "DELETE", "OLD.published_at IS NOT NULL"),
    # INSERT OR REPLACE deletes without saying so
    Guard("document_version_is_not_replaced", _version, "INSERT", asks=_REPLACED, sqlite_only=True),
    Guard("document_section_stays", _section, "UPDATE", asks=f"{_OLD} OR {_NEW}"),
    Guard("document_section_remains", _section, "DELETE", asks=_OLD),
    Guard("document_section_comes_before", _section, "INSERT", asks=_NEW),
    Guard("document_keeps_its_name", _document, "UPDATE OF id, kind, slug", "OLD.newest > 0"),
    *(Guard(f"{table.name}_is_not_emptied", table, "TRUNCATE") for table in (_version, _section)),
)


def statements(dialect: str) -> list[str]:
    """The statements that set up every guard, for a migration on "sqlite" or "postgresql"."""
    if dialect == "postgresql":
        return [FUNCTION, *(text for guard in GUARDS if (text := guard.postgresql()))]
    return [text for guard in GUARDS if (text := guard.sqlite())]


def _listen() -> None:
    for table in {guard.table for guard in GUARDS}:
        listening.listen(table, "after_create", DDL(FUNCTION).execute_if(dialect="postgresql"))
    for guard in GUARDS:
        if guard.sqlite():
            listening.listen(guard.table, "after_create", DDL(guard.sqlite()).execute_if(dialect="sqlite"))
        if guard.postgresql():
            listening.listen(guard.table, "after_create", DDL(guard.postgresql()).execute_if(dialect="postgresql"))


_listen()
