"""The printed certificates of signatures."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "certificate_file",
        sa.Column("signature_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["signature_id"], ["signature.id"], name=op.f("fk_certificate_file_signature_id_signature")
        ),
        sa.PrimaryKeyConstraint("signature_id", "locale", name=op.f("pk_certificate_file")),
    )
