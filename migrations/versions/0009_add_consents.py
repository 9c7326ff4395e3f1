"""Services that ask for data, the words of their purposes, and what people said to them."""

import sqlalchemy as sa
from alembic import op

from participation.consents import guards
from participation.db import Translated, UTCDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table("consent_service",
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("key", sa.String(length=60), nullable=False),
    sa.Column("controller_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("name", Translated(), nullable=False),
    sa.Column("last_number", sa.Integer(), nullable=False),
    sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["controller_id"], ["organisation.id"], name=op.f("fk_consent_service_controller_id_organisation")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_service")),
    sa.UniqueConstraint("key", name=op.f("uq_consent_service_key"))
    )
    with op.batch_alter_table("consent_service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_service_controller_id"), ["controller_id"], unique=False)

    op.create_table("consent_purpose",
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("key", sa.String(length=60), nullable=False),
    sa.Column("service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["service_id"], ["consent_service.id"], name=op.f("fk_consent_purpose_service_id_consent_service")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_purpose")),
    sa.UniqueConstraint("key", name=op.f("uq_consent_purpose_key"))
    )
    with op.batch_alter_table("consent_purpose", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_purpose_service_id"), ["service_id"], unique=False)

    op.create_table("purpose_version",
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("purpose_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("state", sa.String(length=12), nullable=False),
    sa.Column("title", Translated(), nullable=False),
    sa.Column("summary", Translated(), nullable=False),
    sa.Column("categories", sa.JSON(), nullable=False),
    sa.Column("reason", Translated(), nullable=False),
    sa.Column("retention", Translated(), nullable=False),
    sa.Column("retention_days", sa.Integer(), nullable=True),
    sa.Column("third_parties", Translated(), nullable=False),
    sa.Column("effect", Translated(), nullable=False),
    sa.Column("sha256", sa.String(length=64), nullable=False),
    sa.Column("note", sa.Text(), nullable=False),
    sa.Column("updated_at", UTCDateTime(timezone=True), nullable=False),
    sa.Column("published_at", UTCDateTime(timezone=True), nullable=True),
    sa.Column("retired_at", UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(["purpose_id"], ["consent_purpose.id"], name=op.f("fk_purpose_version_purpose_id_consent_purpose")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_purpose_version")),
    sa.UniqueConstraint("purpose_id", "number", name=op.f("uq_purpose_version_purpose_id_number"))
    )
    with op.batch_alter_table("purpose_version", schema=None) as batch_op:
        batch_op.create_index("uq_purpose_version_published", ["purpose_id"], unique=True, sqlite_where=sa.text("state IN ('published')"), postgresql_where=sa.text("state IN ('published')"))
        batch_op.create_index("uq_purpose_version_unpublished", ["purpose_id"], unique=True, sqlite_where=sa.text("state IN ('draft', 'submitted')"), postgresql_where=sa.text("state IN ('draft', 'submitted')"))

    op.create_table("consent_event",
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(length=12), nullable=False),
    sa.Column("purpose_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column("subject", sa.String(length=32), nullable=True),
    sa.Column("at", UTCDateTime(timezone=True), nullable=False),
    sa.Column("way", sa.String(length=10), nullable=False),
    sa.Column("locale", sa.String(length=5), nullable=False),
    sa.Column("sha256", sa.String(length=64), nullable=False),
    sa.Column("code", sa.String(length=32), nullable=False),
    sa.Column("event_uid", sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_consent_event_account_id_account")),
    sa.ForeignKeyConstraint(["purpose_id"], ["consent_purpose.id"], name=op.f("fk_consent_event_purpose_id_consent_purpose")),
    sa.ForeignKeyConstraint(["service_id"], ["consent_service.id"], name=op.f("fk_consent_event_service_id_consent_service")),
    sa.ForeignKeyConstraint(["version_id"], ["purpose_version.id"], name=op.f("fk_consent_event_version_id_purpose_version")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_event")),
    sa.UniqueConstraint("code", name=op.f("uq_consent_event_code")),
    sa.UniqueConstraint("service_id", "number", name=op.f("uq_consent_event_service_id_number"))
    )
    with op.batch_alter_table("consent_event", schema=None) as batch_op:
        batch_op.create_index("ix_consent_event_account_id_purpose_id_number", ["account_id", "purpose_id", "number"], unique=False)
        batch_op.create_index("ix_consent_event_subject_purpose_id_number", ["subject", "purpose_id", "number"], unique=False)
    for statement in guards.statements(op.get_bind().dialect.name):  # what people said stays as it is
        op.execute(sa.text(statement.replace(":", r"\:")))
