"""The printed table of opinions and responses."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "responses_file",
        sa.Column("public_comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["public_comment_id"], ["public_comment.id"], name=op.f("fk_responses_file_public_comment_id_public_comment")
        ),
        sa.PrimaryKeyConstraint("public_comment_id", "locale", name=op.f("pk_responses_file")),
    )
