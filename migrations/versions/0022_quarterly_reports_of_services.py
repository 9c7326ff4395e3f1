"""Quarterly reports on services."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table('service_report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('typed', sa.JSON(), nullable=False),
    sa.Column('saved_at', UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('draft', 'submitted')", name=op.f('ck_service_report_state')),
    sa.CheckConstraint('quarter BETWEEN 1 AND 4', name=op.f('ck_service_report_quarter')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_report_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_report')),
    sa.UniqueConstraint('service_id', 'year', 'quarter', name=op.f('uq_service_report_service_id_year_quarter'))
    )
    op.create_table('service_report_reminder',
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_report_reminder_service_id_service')),
    sa.PrimaryKeyConstraint('service_id', 'year', 'quarter', 'days', name=op.f('pk_service_report_reminder'))
    )
    op.create_table('service_report_version',
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_service_report_version_author_id_account')),
    sa.ForeignKeyConstraint(['report_id'], ['service_report.id'], name=op.f('fk_service_report_version_report_id_service_report')),
    sa.PrimaryKeyConstraint('report_id', 'number', name=op.f('pk_service_report_version'))
    )
    with op.batch_alter_table('service_report_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_report_version_author_id'), ['author_id'], unique=False)

    op.create_table('service_report_figure',
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('dimension', sa.String(length=20), nullable=False),
    sa.Column('segment', sa.String(length=60), nullable=False),
    sa.Column('users', sa.Integer(), nullable=False),
    sa.Column('satisfaction', sa.Float(), nullable=True),
    sa.CheckConstraint('satisfaction BETWEEN 1 AND 5', name=op.f('ck_service_report_figure_satisfaction')),
    sa.CheckConstraint('users >= 0', name=op.f('ck_service_report_figure_users')),
    sa.ForeignKeyConstraint(['report_id', 'number'], ['service_report_version.report_id', 'service_report_version.number'], name='fk_service_report_figure_version'),
    sa.PrimaryKeyConstraint('report_id', 'number', 'dimension', 'segment', name=op.f('pk_service_report_figure'))
    )
