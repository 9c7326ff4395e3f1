"""Index the days on which accounts began and were erased: the figure of how many take part reads them alone."""

from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.create_index("ix_account_created_at", "account", ["created_at"])
    op.create_index("ix_account_erased_at", "account", ["erased_at"])
