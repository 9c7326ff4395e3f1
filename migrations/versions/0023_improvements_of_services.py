"""Improvements of services."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table('backlog_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('since', UTCDateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('target_on', sa.Date(), nullable=True),
    sa.Column('release_note', sa.Text(), nullable=False),
    sa.Column('released_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('asked_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('me_toos_count', sa.Integer(), nullable=False),
    sa.Column('merged_into_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name=op.f('ck_backlog_item_released')),
    sa.CheckConstraint("state IN ('new', 'triaged', 'planned', 'in_progress', 'released', 'declined')", name=op.f('ck_backlog_item_state')),
    sa.CheckConstraint('me_toos_count >= 0', name=op.f('ck_backlog_item_me_toos_count')),
    sa.CheckConstraint('merged_into_id <> id', name=op.f('ck_backlog_item_merged')),
    sa.CheckConstraint('organisation_id IS NULL OR account_id IS NULL', name=op.f('ck_backlog_item_one_owner')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_backlog_item_account_id_account')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_backlog_item_id_subject')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['backlog_item.id'], name=op.f('fk_backlog_item_merged_into_id_backlog_item')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_backlog_item_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_backlog_item_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_backlog_item'))
    )
    with op.batch_alter_table('backlog_item', schema=None) as batch_op:
        batch_op.create_index('ix_backlog_item_merged_into_id', ['merged_into_id'], unique=False)
        batch_op.create_index('ix_backlog_item_released_at', ['released_at'], unique=False)
        batch_op.create_index('ix_backlog_item_service_id_me_toos_count', ['service_id', 'me_toos_count'], unique=False)
        batch_op.create_index('ix_backlog_item_service_id_state_since', ['service_id', 'state', 'since'], unique=False)

    op.create_table('backlog_voice_answer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['account.id'], name=op.f('fk_backlog_voice_answer_answered_by_id_account')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_backlog_voice_answer_service_id_service')),
    sa.ForeignKeyConstraint(['source_id'], ['subject.id'], name=op.f('fk_backlog_voice_answer_source_id_subject')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_backlog_voice_answer'))
    )
    with op.batch_alter_table('backlog_voice_answer', schema=None) as batch_op:
        batch_op.create_index('ix_backlog_voice_answer_service_id_source_id', ['service_id', 'source_id'], unique=False)
        batch_op.create_index('ix_backlog_voice_answer_source_id', ['source_id'], unique=False)

    op.create_table('backlog_help_answer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answer', sa.String(length=10), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("answer IN ('yes', 'no', 'unsure')", name=op.f('ck_backlog_help_answer_answer')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_backlog_help_answer_account_id_account')),
    sa.ForeignKeyConstraint(['item_id'], ['backlog_item.id'], name=op.f('fk_backlog_help_answer_item_id_backlog_item')),
    sa.ForeignKeyConstraint(['subject_id'], ['subject.id'], name=op.f('fk_backlog_help_answer_subject_id_subject')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_backlog_help_answer')),
    sa.UniqueConstraint('item_id', 'account_id', name=op.f('uq_backlog_help_answer_item_id_account_id')),
    sa.UniqueConstraint('subject_id', name=op.f('uq_backlog_help_answer_subject_id'))
    )
    with op.batch_alter_table('backlog_help_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_backlog_help_answer_account_id'), ['account_id'], unique=False)

    op.create_table('backlog_me_too',
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_backlog_me_too_account_id_account')),
    sa.ForeignKeyConstraint(['item_id'], ['backlog_item.id'], name=op.f('fk_backlog_me_too_item_id_backlog_item')),
    sa.PrimaryKeyConstraint('item_id', 'account_id', name=op.f('pk_backlog_me_too'))
    )
    with op.batch_alter_table('backlog_me_too', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_backlog_me_too_account_id'), ['account_id'], unique=False)

    op.create_table('backlog_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_state', sa.String(length=20), nullable=True),
    sa.Column('to_state', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('merged_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_backlog_step_actor_id_account')),
    sa.ForeignKeyConstraint(['item_id'], ['backlog_item.id'], name=op.f('fk_backlog_step_item_id_backlog_item')),
    sa.ForeignKeyConstraint(['merged_id'], ['backlog_item.id'], name=op.f('fk_backlog_step_merged_id_backlog_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_backlog_step'))
    )
    with op.batch_alter_table('backlog_step', schema=None) as batch_op:
        batch_op.create_index('ix_backlog_step_item_id_id', ['item_id', 'id'], unique=False)
