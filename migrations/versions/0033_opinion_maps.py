"""Opinion maps: statements, votes, the map last computed."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime

revision = "0033"
down_revision = "0032"


def upgrade() -> None:

    op.create_table('opinion_map',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('process_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('question', Translated(), nullable=False),
    sa.Column('intro', Translated(), nullable=False),
    sa.Column('opens_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('closes_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('needs', sa.JSON(), nullable=False),
    sa.Column('takes_statements', sa.Boolean(), nullable=False),
    sa.Column('moderated', sa.Boolean(), nullable=False),
    sa.Column('secret', sa.String(length=64), nullable=False),
    sa.Column('participants_count', sa.Integer(), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name=op.f('ck_opinion_map_state')),
    sa.CheckConstraint('closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at', name=op.f('ck_opinion_map_order')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_opinion_map_id_subject')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_opinion_map_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opinion_map')),
    sa.UniqueConstraint('slug', name=op.f('uq_opinion_map_slug'))
    )
    with op.batch_alter_table('opinion_map', schema=None) as batch_op:
        batch_op.create_index('ix_opinion_map_process_id', ['process_id'], unique=False)
        batch_op.create_index('ix_opinion_map_state_closes_at', ['state', 'closes_at'], unique=False)

    op.create_table('opinion_participant',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('map_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('joined_at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_opinion_participant_account_id_account')),
    sa.ForeignKeyConstraint(['map_id'], ['opinion_map.id'], name=op.f('fk_opinion_participant_map_id_opinion_map')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opinion_participant')),
    sa.UniqueConstraint('map_id', 'account_id', name=op.f('uq_opinion_participant_map_id_account_id'))
    )
    with op.batch_alter_table('opinion_participant', schema=None) as batch_op:
        batch_op.create_index('ix_opinion_participant_account_id', ['account_id'], unique=False)

    op.create_table('opinion_result',
    sa.Column('map_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('changes', sa.Integer(), nullable=False),
    sa.Column('held', sa.JSON(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('places', sa.LargeBinary(), nullable=False),
    sa.Column('computed_at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['map_id'], ['opinion_map.id'], name=op.f('fk_opinion_result_map_id_opinion_map')),
    sa.PrimaryKeyConstraint('map_id', name=op.f('pk_opinion_result'))
    )
    op.create_table('opinion_statement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('map_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('seed', sa.Boolean(), nullable=False),
    sa.Column('text', Translated(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('agree', sa.Integer(), nullable=False),
    sa.Column('disagree', sa.Integer(), nullable=False),
    sa.Column('passed', sa.Integer(), nullable=False),
    sa.Column('changes', sa.Integer(), nullable=False),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'accepted', 'declined')", name=op.f('ck_opinion_statement_state')),
    sa.CheckConstraint('agree >= 0 AND disagree >= 0 AND passed >= 0', name=op.f('ck_opinion_statement_counters')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_opinion_statement_id_subject')),
    sa.ForeignKeyConstraint(['map_id'], ['opinion_map.id'], name=op.f('fk_opinion_statement_map_id_opinion_map')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opinion_statement')),
    sa.UniqueConstraint('map_id', 'number', name=op.f('uq_opinion_statement_map_id_number'))
    )
    with op.batch_alter_table('opinion_statement', schema=None) as batch_op:
        batch_op.create_index('ix_opinion_statement_state_map_id', ['state', 'map_id'], unique=False)

    op.create_table('opinion_vote',
    sa.Column('participant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('statement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('vote', sa.SmallInteger(), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('vote IN (-1, 0, 1)', name=op.f('ck_opinion_vote_vote')),
    sa.ForeignKeyConstraint(['participant_id'], ['opinion_participant.id'], name=op.f('fk_opinion_vote_participant_id_opinion_participant')),
    sa.ForeignKeyConstraint(['statement_id'], ['opinion_statement.id'], name=op.f('fk_opinion_vote_statement_id_opinion_statement')),
    sa.PrimaryKeyConstraint('participant_id', 'statement_id', name=op.f('pk_opinion_vote'))
    )
    with op.batch_alter_table('opinion_vote', schema=None) as batch_op:
        batch_op.create_index('ix_opinion_vote_statement_id', ['statement_id'], unique=False)


