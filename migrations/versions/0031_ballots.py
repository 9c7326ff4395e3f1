"""Ballots, their options, the roll, what is cast and what was counted."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime
from proposals.ballots import guards

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table('ballot',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('process_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('description', Translated(), nullable=False),
    sa.Column('pledge', Translated(), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('rules', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('opens_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('closes_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.Column('secret', sa.Boolean(), nullable=False),
    sa.Column('quorum', sa.Integer(), nullable=False),
    sa.Column('quorum_kind', sa.String(length=10), nullable=False),
    sa.Column('needs', sa.JSON(), nullable=False),
    sa.Column('self_publishing', sa.Boolean(), nullable=False),
    sa.Column('shuffle', sa.String(length=32), nullable=False),
    sa.Column('salt', sa.LargeBinary(length=32), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('typed', sa.JSON(), nullable=False),
    sa.Column('frozen_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('opened_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('closed_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('published_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('called_off_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('end_reason', sa.Text(), nullable=False),
    sa.CheckConstraint("quorum >= 0 AND (quorum_kind = 'people' OR quorum <= 100)", name=op.f('ck_ballot_quorum')),
    sa.CheckConstraint("quorum_kind IN ('people', 'percent')", name=op.f('ck_ballot_quorum_kind')),
    sa.CheckConstraint("state IN ('draft', 'open', 'closed', 'published', 'called_off')", name=op.f('ck_ballot_state')),
    sa.CheckConstraint('closes_at > opens_at', name=op.f('ck_ballot_times')),
    sa.CheckConstraint('hidden OR NOT secret', name=op.f('ck_ballot_secret')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_ballot_id_subject')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_ballot_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballot')),
    sa.UniqueConstraint('slug', name=op.f('uq_ballot_slug'))
    )
    with op.batch_alter_table('ballot', schema=None) as batch_op:
        batch_op.create_index('ix_ballot_process_id', ['process_id'], unique=False)
        batch_op.create_index('ix_ballot_state_closes_at', ['state', 'closes_at'], unique=False)

    op.create_table('ballot_area',
    sa.Column('ballot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('area_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_ballot_area_area_id_area')),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_ballot_area_ballot_id_ballot')),
    sa.PrimaryKeyConstraint('ballot_id', 'area_id', name=op.f('pk_ballot_area'))
    )
    op.create_table('ballot_cast',
    sa.Column('ballot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('voter_tag', sa.LargeBinary(length=32), nullable=False),
    sa.Column('receipt', sa.String(length=32), nullable=False),
    sa.Column('choice', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_ballot_cast_ballot_id_ballot')),
    sa.PrimaryKeyConstraint('ballot_id', 'voter_tag', name=op.f('pk_ballot_cast')),
    sa.UniqueConstraint('ballot_id', 'receipt', name=op.f('uq_ballot_cast_ballot_id_receipt'))
    )
    op.create_table('ballot_counted',
    sa.Column('ballot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('receipt', sa.String(length=32), nullable=False),
    sa.Column('choice', sa.Text(), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_ballot_counted_account_id_account')),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_ballot_counted_ballot_id_ballot')),
    sa.PrimaryKeyConstraint('ballot_id', 'receipt', name=op.f('pk_ballot_counted'))
    )
    with op.batch_alter_table('ballot_counted', schema=None) as batch_op:
        batch_op.create_index('ix_ballot_counted_account_id', ['account_id'], unique=False)

    op.create_table('ballot_key',
    sa.Column('ballot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.LargeBinary(length=32), nullable=False),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_ballot_key_ballot_id_ballot')),
    sa.PrimaryKeyConstraint('ballot_id', name=op.f('pk_ballot_key'))
    )
    op.create_table('ballot_option',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ballot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('summary', Translated(), nullable=False),
    sa.Column('cost', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('area_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('source_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('cost >= 0', name=op.f('ck_ballot_option_cost')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_ballot_option_area_id_area')),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_ballot_option_ballot_id_ballot')),
    sa.ForeignKeyConstraint(['source_id'], ['subject.id'], name=op.f('fk_ballot_option_source_id_subject')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballot_option')),
    sa.UniqueConstraint('ballot_id', 'key', name=op.f('uq_ballot_option_ballot_id_key'))
    )
    with op.batch_alter_table('ballot_option', schema=None) as batch_op:
        batch_op.create_index('ix_ballot_option_source_id', ['source_id'], unique=False)

    op.create_table('ballot_request',
    sa.Column('ballot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tag', sa.LargeBinary(length=32), nullable=False),
    sa.Column('choice', sa.Text(), nullable=False),
    sa.Column('receipt', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_ballot_request_ballot_id_ballot')),
    sa.PrimaryKeyConstraint('ballot_id', 'tag', name=op.f('pk_ballot_request'))
    )
    op.create_table('ballot_result',
    sa.Column('ballot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('tie_seed', sa.String(length=64), nullable=False),
    sa.Column('ballots', sa.Integer(), nullable=False),
    sa.Column('eligible', sa.Integer(), nullable=False),
    sa.Column('valid', sa.Boolean(), nullable=False),
    sa.Column('counted_at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_ballot_result_ballot_id_ballot')),
    sa.PrimaryKeyConstraint('ballot_id', name=op.f('pk_ballot_result'))
    )
    op.create_table('ballot_running',
    sa.Column('ballot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('ballots', sa.Integer(), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_ballot_running_ballot_id_ballot')),
    sa.PrimaryKeyConstraint('ballot_id', name=op.f('pk_ballot_running'))
    )
    op.create_table('ballot_turnout',
    sa.Column('ballot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_ballot_turnout_account_id_account')),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_ballot_turnout_ballot_id_ballot')),
    sa.PrimaryKeyConstraint('ballot_id', 'account_id', name=op.f('pk_ballot_turnout'))
    )
    with op.batch_alter_table('ballot_turnout', schema=None) as batch_op:
        batch_op.create_index('ix_ballot_turnout_account_id', ['account_id'], unique=False)
    for statement in guards.statements(op.get_bind().dialect.name):  # a ballot stays as its voters knew it
        op.execute(sa.text(statement.replace(":", r"\:")))
