"""Working groups, and who belongs to them."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table('working_group',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name', Translated(), nullable=False),
    sa.Column('summary', Translated(), nullable=False),
    sa.Column('charter', Translated(), nullable=False),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('active', 'ended')", name=op.f('ck_working_group_state')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_working_group_category_id_category')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_working_group_id_subject')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_working_group')),
    sa.UniqueConstraint('slug', name=op.f('uq_working_group_slug'))
    )
    op.create_table('group_member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('post', Translated(), nullable=False),
    sa.Column('joined_on', sa.Date(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ended_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("organisation_id IS NOT NULL OR account_id IS NOT NULL OR name <> ''", name=op.f('ck_group_member_somebody')),
    sa.CheckConstraint('left_on IS NULL OR left_on >= joined_on', name=op.f('ck_group_member_days')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_group_member_account_id_account')),
    sa.ForeignKeyConstraint(['added_by_id'], ['account.id'], name=op.f('fk_group_member_added_by_id_account')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['account.id'], name=op.f('fk_group_member_ended_by_id_account')),
    sa.ForeignKeyConstraint(['group_id'], ['working_group.id'], name=op.f('fk_group_member_group_id_working_group')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_group_member_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_member'))
    )
    with op.batch_alter_table('group_member', schema=None) as batch_op:
        batch_op.create_index('ix_group_member_account_id', ['account_id'], unique=False)
        batch_op.create_index('ix_group_member_group_id', ['group_id'], unique=False)
        batch_op.create_index('ix_group_member_organisation_id', ['organisation_id'], unique=False)
        batch_op.create_index('uq_group_member_open', ['group_id', 'account_id'], unique=True, sqlite_where=sa.text('left_on IS NULL AND account_id IS NOT NULL'), postgresql_where=sa.text('left_on IS NULL AND account_id IS NOT NULL'))
