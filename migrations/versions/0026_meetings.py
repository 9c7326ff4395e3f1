"""Meetings with minutes, decisions, tasks and papers."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table('meeting',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body_kind', sa.String(length=30), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('access', sa.String(length=10), nullable=False),
    sa.Column('starts_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('precision', sa.String(length=10), nullable=False),
    sa.Column('place', Translated(), nullable=False),
    sa.Column('url', sa.String(length=300), nullable=False),
    sa.Column('agenda', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('typed', sa.JSON(), nullable=False),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("access IN ('public', 'members')", name=op.f('ck_meeting_access')),
    sa.CheckConstraint("state IN ('planned', 'invited', 'held', 'called_off')", name=op.f('ck_meeting_state')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_meeting_times')),
    sa.ForeignKeyConstraint(['body_id'], ['subject.id'], name=op.f('fk_meeting_body_id_subject')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_meeting_id_subject')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('body_id', 'number', name=op.f('uq_meeting_body_id_number'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_starts_at', ['starts_at'], unique=False)

    op.create_table('meeting_paper',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('on_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('url', sa.String(length=300), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('access', sa.String(length=10), nullable=False),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('added_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("access IN ('public', 'members')", name=op.f('ck_meeting_paper_access')),
    sa.CheckConstraint("url <> '' OR text <> ''", name=op.f('ck_meeting_paper_something')),
    sa.ForeignKeyConstraint(['added_by_id'], ['account.id'], name=op.f('fk_meeting_paper_added_by_id_account')),
    sa.ForeignKeyConstraint(['on_id'], ['subject.id'], name=op.f('fk_meeting_paper_on_id_subject')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_paper'))
    )
    with op.batch_alter_table('meeting_paper', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_paper_on_id', ['on_id'], unique=False)

    op.create_table('action_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', Translated(), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('owner', sa.String(length=120), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['done_by_id'], ['account.id'], name=op.f('fk_action_item_done_by_id_account')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_action_item_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['owner_id'], ['account.id'], name=op.f('fk_action_item_owner_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_item'))
    )
    with op.batch_alter_table('action_item', schema=None) as batch_op:
        batch_op.create_index('ix_action_item_done_at_due_on', ['done_at', 'due_on'], unique=False)
        batch_op.create_index('ix_action_item_meeting_id', ['meeting_id'], unique=False)
        batch_op.create_index('ix_action_item_owner_id', ['owner_id'], unique=False)

    op.create_table('meeting_attendance',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('answer', sa.Boolean(), nullable=True),
    sa.Column('answered_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('present', sa.Boolean(), nullable=False),
    sa.CheckConstraint("account_id IS NOT NULL OR name <> ''", name=op.f('ck_meeting_attendance_somebody')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_meeting_attendance_account_id_account')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_attendance_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_attendance')),
    sa.UniqueConstraint('meeting_id', 'account_id', name=op.f('uq_meeting_attendance_meeting_id_account_id'))
    )
    with op.batch_alter_table('meeting_attendance', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_attendance_account_id', ['account_id'], unique=False)

    op.create_table('meeting_decision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', Translated(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['subject.id'], name=op.f('fk_meeting_decision_body_id_subject')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_decision_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_decision')),
    sa.UniqueConstraint('body_id', 'number', name=op.f('uq_meeting_decision_body_id_number'))
    )
    with op.batch_alter_table('meeting_decision', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_decision_meeting_id', ['meeting_id'], unique=False)

    op.create_table('meeting_minutes',
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', Translated(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('editor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('confirmed_in_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('confirmed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('confirmed_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('frozen', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['account.id'], name=op.f('fk_meeting_minutes_confirmed_by_id_account')),
    sa.ForeignKeyConstraint(['confirmed_in_id'], ['meeting.id'], name=op.f('fk_meeting_minutes_confirmed_in_id_meeting')),
    sa.ForeignKeyConstraint(['editor_id'], ['account.id'], name=op.f('fk_meeting_minutes_editor_id_account')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_minutes_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_meeting_minutes'))
    )
    op.create_table('minutes_note',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_minutes_note_author_id_account')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_minutes_note_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes_note'))
    )
    with op.batch_alter_table('minutes_note', schema=None) as batch_op:
        batch_op.create_index('ix_minutes_note_meeting_id', ['meeting_id'], unique=False)

    op.create_table('action_reminder',
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['action_item.id'], name=op.f('fk_action_reminder_item_id_action_item')),
    sa.PrimaryKeyConstraint('item_id', 'days', name=op.f('pk_action_reminder'))
    )
