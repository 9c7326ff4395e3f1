"""Triggers that refuse to change or remove a signature, whoever asks the database. They stop mistakes and careless
hands; against whoever owns the database stands the audit log, which holds the hash of the evidence."""

from sqlalchemy import DDL
from sqlalchemy import event as listening

from rules.signing.models import Signature

MESSAGE = "a signature stays as it is"
FUNCTION = f"""CREATE OR REPLACE FUNCTION sanpo_keep_signature() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
_SAME = "organisation_id = NEW.organisation_id AND version_id = NEW.version_id"
_REPLACED = f"EXISTS (SELECT 1 FROM signature WHERE id = NEW.id OR code = NEW.code OR {_SAME})"
_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
# INSERT OR REPLACE deletes without saying so, so SQLite is asked at every insert too
SQLITE = [
    f"CREATE TRIGGER signature_stays BEFORE UPDATE ON signature FOR EACH ROW {_REFUSE}",
    f"CREATE TRIGGER signature_remains BEFORE DELETE ON signature FOR EACH ROW {_REFUSE}",
    f"CREATE TRIGGER signature_is_not_replaced BEFORE INSERT ON signature FOR EACH ROW WHEN {_REPLACED} {_REFUSE}",
]
POSTGRESQL = [
    FUNCTION,
    "CREATE TRIGGER signature_stays BEFORE UPDATE ON signature FOR EACH ROW EXECUTE FUNCTION sanpo_keep_signature()",
    "CREATE TRIGGER signature_remains BEFORE DELETE ON signature FOR EACH ROW EXECUTE FUNCTION sanpo_keep_signature()",
    "CREATE TRIGGER signature_is_not_emptied BEFORE TRUNCATE ON signature "
    "FOR EACH STATEMENT EXECUTE FUNCTION sanpo_keep_signature()",
]


def statements(dialect: str) -> list[str]:
    """What sets up every guard, for a migration on "sqlite" or "postgresql"."""
    return POSTGRESQL if dialect == "postgresql" else SQLITE


for _dialect in ("sqlite", "postgresql"):
    for _statement in statements(_dialect):
        listening.listen(Signature.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))
