"""What is typed at the desk of workshops and not saved yet, and who gave a place back."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.add_column("workshop", sa.Column("typed", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("workshop_member", sa.Column("left_at", UTCDateTime(timezone=True), nullable=True))
