"""What people say of services."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table('feedback',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('satisfaction', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('area_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('age_band', sa.String(length=10), nullable=True),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('satisfaction BETWEEN 1 AND 5', name=op.f('ck_feedback_satisfaction')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_feedback_account_id_account')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_feedback_area_id_area')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_feedback_service_id_service')),
    sa.ForeignKeyConstraint(['subject_id'], ['subject.id'], name=op.f('fk_feedback_subject_id_subject')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback')),
    sa.UniqueConstraint('subject_id', name=op.f('uq_feedback_subject_id'))
    )
    counts = sa.text("superseded_at IS NULL AND withdrawn_at IS NULL")
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_account_id', ['account_id'], unique=False)
        batch_op.create_index('ix_feedback_service_id_month', ['service_id', 'month'], unique=False)
        batch_op.create_index('uq_feedback_counted', ['service_id', 'account_id', 'month'], unique=True, sqlite_where=counts, postgresql_where=counts)
