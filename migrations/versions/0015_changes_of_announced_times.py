"""Changes of announced times."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table("public_comment_change",
    sa.Column("public_comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(length=20), nullable=False),
    sa.Column("reason", Translated(), nullable=False),
    sa.Column("opens_at", UTCDateTime(timezone=True), nullable=False),
    sa.Column("closes_at", UTCDateTime(timezone=True), nullable=False),
    sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column("at", UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_public_comment_change_by_id_account")),
    sa.ForeignKeyConstraint(
        ["public_comment_id"],
        ["public_comment.id"],
        name=op.f("fk_public_comment_change_public_comment_id_public_comment"),
    ),
    sa.PrimaryKeyConstraint("public_comment_id", "number", name=op.f("pk_public_comment_change"))
    )
    with op.batch_alter_table("public_comment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("called_off_at", UTCDateTime(timezone=True), nullable=True))
