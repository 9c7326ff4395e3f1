"""When those who come to a workshop were reminded of its day."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    op.add_column("workshop", sa.Column("reminded_at", UTCDateTime(timezone=True), nullable=True))
