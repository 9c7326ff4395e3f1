"""Light voices and their likes."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table("voice",
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("opinion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("nickname", sa.Text(), nullable=False),
    sa.Column("likes_count", sa.Integer(), nullable=False),
    sa.CheckConstraint("likes_count >= 0", name=op.f("ck_voice_likes_count")),
    sa.ForeignKeyConstraint(["id"], ["subject.id"], name=op.f("fk_voice_id_subject")),
    sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"], name=op.f("fk_voice_opinion_id_opinion")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
    sa.UniqueConstraint("opinion_id", name=op.f("uq_voice_opinion_id"))
    )
    op.create_table("voice_like",
    sa.Column("voice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("at", UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_voice_like_account_id_account")),
    sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_voice_like_voice_id_voice")),
    sa.PrimaryKeyConstraint("voice_id", "account_id", name=op.f("pk_voice_like"))
    )
    with op.batch_alter_table("voice_like", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voice_like_account_id"), ["account_id"], unique=False)
