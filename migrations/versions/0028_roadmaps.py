"""Roadmaps of working groups."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table('roadmap_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.CheckConstraint("state IN ('planned', 'running', 'done', 'dropped')", name=op.f('ck_roadmap_step_state')),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_roadmap_step_days')),
    sa.ForeignKeyConstraint(['group_id'], ['working_group.id'], name=op.f('fk_roadmap_step_group_id_working_group')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roadmap_step'))
    )
    with op.batch_alter_table('roadmap_step', schema=None) as batch_op:
        batch_op.create_index('ix_roadmap_step_group_id_starts_on', ['group_id', 'starts_on'], unique=False)
