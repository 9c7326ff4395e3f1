"""Workshops, their calls and applications, their members."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.create_table('workshop',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('process_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('question', Translated(), nullable=False),
    sa.Column('description', Translated(), nullable=False),
    sa.Column('venue', Translated(), nullable=False),
    sa.Column('address', Translated(), nullable=False),
    sa.Column('access', Translated(), nullable=False),
    sa.Column('contact', Translated(), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lng', sa.Float(), nullable=True),
    sa.Column('starts_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('ends_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('fee', sa.Integer(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('call_opens_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('call_closes_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('min_age', sa.Integer(), nullable=False),
    sa.Column('any_of', sa.JSON(), nullable=False),
    sa.Column('purpose', sa.String(length=60), nullable=False),
    sa.Column('retention_days', sa.Integer(), nullable=False),
    sa.Column('dots', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('called_off_reason', sa.Text(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('opened_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('closed_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('called_off_at', UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('planned', 'recruiting', 'drawing', 'confirmed', 'held', 'published', 'called_off')", name=op.f('ck_workshop_state')),
    sa.CheckConstraint('call_closes_at > call_opens_at', name=op.f('ck_workshop_call')),
    sa.CheckConstraint('capacity >= 0 AND fee >= 0 AND min_age >= 0 AND dots >= 0', name=op.f('ck_workshop_numbers')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_workshop_times')),
    sa.CheckConstraint('retention_days > 0', name=op.f('ck_workshop_retention_days')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_workshop_id_subject')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_workshop_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop')),
    sa.UniqueConstraint('slug', name=op.f('uq_workshop_slug'))
    )
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.create_index('ix_workshop_process_id', ['process_id'], unique=False)
        batch_op.create_index('ix_workshop_state_call_closes_at', ['state', 'call_closes_at'], unique=False)

    op.create_table('workshop_question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('workshop_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('label', Translated(), nullable=False),
    sa.Column('why', Translated(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_question_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_question')),
    sa.UniqueConstraint('workshop_id', 'key', name=op.f('uq_workshop_question_workshop_id_key'))
    )
    op.create_table('workshop_quota',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('workshop_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('feature', sa.String(length=40), nullable=False),
    sa.Column('value', sa.String(length=40), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('maximum', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('minimum >= 0 AND maximum >= minimum', name=op.f('ck_workshop_quota_bounds')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_quota_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_quota')),
    sa.UniqueConstraint('workshop_id', 'feature', 'value', name=op.f('uq_workshop_quota_workshop_id_feature_value'))
    )
    op.create_table('workshop_application',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('workshop_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('email_confirmed_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('declared', sa.JSON(), nullable=False),
    sa.Column('needs', sa.Text(), nullable=False),
    sa.Column('number', sa.String(length=10), nullable=False),
    sa.Column('purpose_version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('agreed_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_workshop_application_account_id_account')),
    sa.ForeignKeyConstraint(['purpose_version_id'], ['purpose_version.id'], name=op.f('fk_workshop_application_purpose_version_id_purpose_version')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_application_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_application')),
    sa.UniqueConstraint('workshop_id', 'account_id', name=op.f('uq_workshop_application_workshop_id_account_id')),
    sa.UniqueConstraint('workshop_id', 'email', name=op.f('uq_workshop_application_workshop_id_email')),
    sa.UniqueConstraint('workshop_id', 'number', name=op.f('uq_workshop_application_workshop_id_number'))
    )
    with op.batch_alter_table('workshop_application', schema=None) as batch_op:
        batch_op.create_index('ix_workshop_application_account_id', ['account_id'], unique=False)

    op.create_table('workshop_member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('workshop_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('application_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('key_hash', sa.LargeBinary(length=32), nullable=True),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('named', sa.Boolean(), nullable=False),
    sa.Column('checked_in_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('added_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('participant', 'facilitator', 'guest')", name=op.f('ck_workshop_member_kind')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_workshop_member_account_id_account')),
    sa.ForeignKeyConstraint(['application_id'], ['workshop_application.id'], name=op.f('fk_workshop_member_application_id_workshop_application'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_member_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_member')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_workshop_member_key_hash')),
    sa.UniqueConstraint('workshop_id', 'account_id', name=op.f('uq_workshop_member_workshop_id_account_id'))
    )
    with op.batch_alter_table('workshop_member', schema=None) as batch_op:
        batch_op.create_index('ix_workshop_member_account_id', ['account_id'], unique=False)
        batch_op.create_index('ix_workshop_member_application_id', ['application_id'], unique=False)
        batch_op.create_index('ix_workshop_member_team_id', ['team_id'], unique=False)
