"""What was made of posters and ideas of workshops"""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.create_table('outcome',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('poster_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('note_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('place_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('target_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('proposal', 'pilot', 'backlog')", name=op.f('ck_outcome_kind')),
    sa.CheckConstraint('(poster_id IS NULL) <> (note_id IS NULL)', name=op.f('ck_outcome_one_source')),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_outcome_made_by_id_account')),
    sa.ForeignKeyConstraint(['note_id'], ['workshop_note.id'], name=op.f('fk_outcome_note_id_workshop_note')),
    sa.ForeignKeyConstraint(['poster_id'], ['poster.id'], name=op.f('fk_outcome_poster_id_poster')),
    sa.ForeignKeyConstraint(['target_id'], ['subject.id'], name=op.f('fk_outcome_target_id_subject'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcome')),
    sa.UniqueConstraint('note_id', 'kind', 'place_id', name=op.f('uq_outcome_note_id_kind_place_id')),
    sa.UniqueConstraint('poster_id', 'kind', 'place_id', name=op.f('uq_outcome_poster_id_kind_place_id'))
    )
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.create_index('ix_outcome_target_id', ['target_id'], unique=False)
