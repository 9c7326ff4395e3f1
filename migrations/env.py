"""Alembic's environment: the connection is handed over by participation/schema.py; nothing is read from a file."""

from alembic import context

from participation.db import Base

config = context.config
connection = config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
