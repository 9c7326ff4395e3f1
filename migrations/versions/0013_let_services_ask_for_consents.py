"""Keys of services, codes by which they learn who somebody is there, and where they are told of changes."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table("consent_link_code",
    sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
    sa.Column("service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("expires_at", UTCDateTime(timezone=True), nullable=False),
    sa.Column("used_at", UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_consent_link_code_account_id_account")),
    sa.ForeignKeyConstraint(["service_id"], ["consent_service.id"], name=op.f("fk_consent_link_code_service_id_consent_service")),
    sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_consent_link_code"))
    )
    with op.batch_alter_table("consent_link_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_link_code_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_link_code_expires_at"), ["expires_at"], unique=False)

    op.create_table("consent_token",
    sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
    sa.Column("service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("name", sa.String(length=80), nullable=False),
    sa.Column("made_at", UTCDateTime(timezone=True), nullable=False),
    sa.Column("revoked_at", UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(["service_id"], ["consent_service.id"], name=op.f("fk_consent_token_service_id_consent_service")),
    sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_consent_token"))
    )
    with op.batch_alter_table("consent_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_token_service_id"), ["service_id"], unique=False)

    op.create_table("consent_webhook",
    sa.Column("service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("url", sa.String(length=300), nullable=False),
    sa.Column("generation", sa.Integer(), nullable=False),
    sa.Column("sent_number", sa.Integer(), nullable=False),
    sa.Column("tries", sa.Integer(), nullable=False),
    sa.Column("due_at", UTCDateTime(timezone=True), nullable=False),
    sa.Column("error", sa.String(length=300), nullable=False),
    sa.Column("sent_at", UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(["service_id"], ["consent_service.id"], name=op.f("fk_consent_webhook_service_id_consent_service")),
    sa.PrimaryKeyConstraint("service_id", name=op.f("pk_consent_webhook"))
    )
    with op.batch_alter_table("consent_webhook", schema=None) as batch_op:
        batch_op.create_index("ix_consent_webhook_due_at", ["due_at"], unique=False)
