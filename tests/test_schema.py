"""The migrations make exactly the tables that the models declare, on both engines."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from asgi import COMPONENTS
from participation.app import make_services
from participation.db import Base
from participation.schema import NewerSchema, migrate
from participation.settings import from_environment

# Rows that the platform keeps beside the models: Alembic's own mark, and the limits that are worth nothing tomorrow.
BESIDE = {"alembic_version", "rate_bucket"}


def test_models_and_migrations_agree(db):
    with db.engines.write.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [each for each in compare_metadata(context, Base.metadata) if not _beside(each)]
    assert differences == [], "write a revision: make migration MESSAGE='what changes'"


def _beside(difference) -> bool:
    return difference[0] == "remove_table" and difference[1].name in BESIDE


def test_the_database_itself_refuses_to_change_what_is_recorded(db):
    with db.engines.write.connect() as connection:
        found = inspect(connection)
        assert {"event", "event_private", "audit_node", "audit_head"} <= set(found.get_table_names())
        query = (
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
            if db.sqlite
            else "SELECT count(DISTINCT tgname) FROM pg_trigger WHERE NOT tgisinternal"
        )
        assert connection.execute(text(query)).scalar_one() > 0


def test_a_newer_schema_is_refused_in_one_line(tmp_path):
    services = make_services(from_environment({"SANPO_DATA": str(tmp_path)}), COMPONENTS)
    migrate(services)
    with services.db.engines.write.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match="9999"):
        migrate(services)
    services.db.close()


def test_migrating_twice_changes_nothing(tmp_path):
    services = make_services(from_environment({"SANPO_DATA": str(tmp_path)}), COMPONENTS)
    migrate(services)
    version = services.db.version()
    migrate(services)
    assert services.db.version() == version
    services.db.close()
    engine = create_engine(f"sqlite:///{tmp_path}/sanpo.sqlite3")
    assert "proposal" in inspect(engine).get_table_names()
    engine.dispose()
