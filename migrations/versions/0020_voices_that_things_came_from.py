"""Voices that things came from."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table('voice_link',
    sa.Column('target_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('target_id <> source_id', name=op.f('ck_voice_link_two_things')),
    sa.ForeignKeyConstraint(['added_by_id'], ['account.id'], name=op.f('fk_voice_link_added_by_id_account')),
    sa.ForeignKeyConstraint(['source_id'], ['subject.id'], name=op.f('fk_voice_link_source_id_subject')),
    sa.ForeignKeyConstraint(['target_id'], ['subject.id'], name=op.f('fk_voice_link_target_id_subject')),
    sa.PrimaryKeyConstraint('target_id', 'source_id', name=op.f('pk_voice_link'))
    )
    with op.batch_alter_table('voice_link', schema=None) as batch_op:
        batch_op.create_index('ix_voice_link_source_id', ['source_id'], unique=False)
