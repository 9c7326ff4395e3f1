"""Triggers that refuse to change what people said, and the words that they said it to. They stop mistakes and careless
hands; against whoever owns the database stands the audit log, in which every consent is committed to."""

from sqlalchemy import DDL
from sqlalchemy import event as listening

from participation.consents.models import ConsentEvent, PurposeVersion

MESSAGE = "a consent, and the words of a published purpose, stay as they are"
WORDS = "id, purpose_id, number, title, summary, categories, reason, retention, retention_days, third_parties, effect"
FROZEN = f"{WORDS}, sha256, published_at"
FUNCTION = f"""CREATE OR REPLACE FUNCTION sanpo_keep_consent() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
_PUBLISHED = "OLD.state IN ('published', 'retired')"
_UNDONE = "NEW.state NOT IN ('published', 'retired')"
_BACK = f"{_PUBLISHED} AND {_UNDONE} OR OLD.state = 'retired' AND NEW.state <> 'retired'"
# INSERT OR REPLACE deletes without saying so, so SQLite is asked at every insert too
_SAME = "id = NEW.id OR code = NEW.code OR service_id = NEW.service_id AND number = NEW.number"
# (name, table, statement, for which rows)
_GUARDS = (
    ("consent_event_stays", "consent_event", "UPDATE", ""),
    ("consent_event_remains", "consent_event", "DELETE", ""),
    ("purpose_words_stay", "purpose_version", f"UPDATE OF {FROZEN}", _PUBLISHED),
    ("purpose_state_stays", "purpose_version", "UPDATE OF state", _BACK),
    ("purpose_words_remain", "purpose_version", "DELETE", _PUBLISHED),
)
SQLITE = [
    *(
        f"CREATE TRIGGER {name} BEFORE {statement} ON {table} FOR EACH ROW {f'WHEN {when} ' if when else ''}{_REFUSE}"
        for name, table, statement, when in _GUARDS
    ),
    "CREATE TRIGGER consent_event_is_not_replaced BEFORE INSERT ON consent_event FOR EACH ROW "
    f"WHEN EXISTS (SELECT 1 FROM consent_event WHERE {_SAME}) {_REFUSE}",
]
POSTGRESQL = [
    FUNCTION,
    *(
        f"CREATE TRIGGER {name} BEFORE {statement} ON {table} FOR EACH ROW {f'WHEN ({when}) ' if when else ''}"
        "EXECUTE FUNCTION sanpo_keep_consent()"
        for name, table, statement, when in _GUARDS
    ),
    *(
        f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION sanpo_keep_consent()"
        for table in ("consent_event", "purpose_version")
    ),
]


def statements(dialect: str) -> list[str]:
    """What sets up every guard, for a migration on "sqlite" or "postgresql"."""
    return POSTGRESQL if dialect == "postgresql" else SQLITE


def _listen() -> None:
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(dialect):
            table = (PurposeVersion if " ON purpose_version" in statement else ConsentEvent).__table__
            ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
            listening.listen(table, "after_create", ddl)


_listen()
