"""Yearly reports on articles of rules: their state, their steps, the reminders of them."""

import sqlalchemy as sa
from alembic import op

import participation.db


revision = '0017'
down_revision = '0016'


def upgrade() -> None:
    op.create_table('self_report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('document_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('article', sa.String(length=60), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('links', sa.Text(), nullable=False),
    sa.Column('saved_at', participation.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('moved_at', participation.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_self_report_document_id_document')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_self_report_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_self_report')),
    sa.UniqueConstraint('organisation_id', 'document_id', 'article', 'year', name='uq_self_report_once')
    )
    with op.batch_alter_table('self_report', schema=None) as batch_op:
        batch_op.create_index('ix_self_report_state_moved_at', ['state', 'moved_at'], unique=False)

    op.create_table('self_report_reminder',
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('document_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('article', sa.String(length=60), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('at', participation.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_self_report_reminder_document_id_document')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_self_report_reminder_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('organisation_id', 'document_id', 'article', 'year', 'days', name=op.f('pk_self_report_reminder'))
    )
    op.create_table('self_report_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_state', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('links', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', participation.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_self_report_step_actor_id_account')),
    sa.ForeignKeyConstraint(['report_id'], ['self_report.id'], name=op.f('fk_self_report_step_report_id_self_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_self_report_step'))
    )
    with op.batch_alter_table('self_report_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_self_report_step_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_self_report_step_report_id_id', ['report_id', 'id'], unique=False)

