"""What ballots in which pilots stood said of them."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    op.create_table('pilot_ballot',
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ballot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('won', sa.Boolean(), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_pilot_ballot_ballot_id_ballot')),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_pilot_ballot_pilot_id_pilot')),
    sa.PrimaryKeyConstraint('pilot_id', 'ballot_id', name=op.f('pk_pilot_ballot'))
    )
    with op.batch_alter_table('pilot_ballot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pilot_ballot_ballot_id'), ['ballot_id'], unique=False)
