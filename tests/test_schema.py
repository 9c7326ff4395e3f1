"""The migrations make exactly the tables that the models declare, on both engines."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from asgi import COMPONENTS
from participation.app import make_services
from participation.db import Base
from participation.schema import LostReference, NewerSchema, migrate, upgrade
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


FILLED = {sa.Integer: 1, sa.Float: 1.0, sa.Boolean: False, sa.JSON: "{}", sa.String: "", sa.Date: "2026-01-02",
          sa.DateTime: "2026-01-02 03:04:05"}


def add(connection, table: str, **given) -> None:
    """A row of an older schema; what has to be said and is not given is said in the shortest way."""
    for column in inspect(connection).get_columns(table):
        if not column["nullable"] and column["default"] is None and column["name"] not in given:
            given[column["name"]] = next(value for kind, value in FILLED.items() if isinstance(column["type"], kind))
    names = ", ".join(given)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in given)})"), given)


@pytest.fixture
def before_groups(tmp_path):
    """A database from before pilots could belong to groups, with a pilot to which the row of an area refers."""
    services = make_services(from_environment({"SANPO_DATA": str(tmp_path)}), COMPONENTS)
    with services.db.engines.write.begin() as connection:
        upgrade(connection, "0023")
        add(connection, "account")
        add(connection, "area")
        add(connection, "subject", kind="organisation")
        add(connection, "organisation", kind="company")
        add(connection, "subject", id=2, kind="pilot")
        add(connection, "pilot", id=2, state="draft")
        add(connection, "pilot_area", pilot_id=2)
    yield services
    services.db.close()


def test_a_table_is_made_anew_though_rows_of_others_refer_to_it(before_groups):
    migrate(before_groups)
    with before_groups.db.engines.write.connect() as connection:
        found = connection.execute(text("SELECT state, working_group_id FROM pilot JOIN pilot_area ON pilot_id = id"))
        assert found.all() == [("draft", None)]
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_an_upgrade_that_would_lose_what_a_row_refers_to_changes_nothing(before_groups):
    with before_groups.db.engines.write.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        connection.execute(text("DELETE FROM pilot"))
        connection.commit()
    with pytest.raises(LostReference, match="rows of pilot_area refer to nothing"):
        migrate(before_groups)
    with before_groups.db.engines.write.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0023"
