"""Challenges, solution sheets, and the steps of both."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table('challenge',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('background', Translated(), nullable=False),
    sa.Column('wanted', Translated(), nullable=False),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('area_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.Column('typed', sa.JSON(), nullable=False),
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state = 'matched') = (pilot_id IS NOT NULL)", name=op.f('ck_challenge_matched')),
    sa.CheckConstraint("state IN ('draft', 'open', 'closed', 'matched', 'withdrawn')", name=op.f('ck_challenge_state')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_challenge_area_id_area')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_challenge_category_id_category')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_challenge_id_subject')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_challenge_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_challenge_pilot_id_pilot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_challenge')),
    sa.UniqueConstraint('pilot_id', name=op.f('uq_challenge_pilot_id'))
    )
    with op.batch_alter_table('challenge', schema=None) as batch_op:
        batch_op.create_index('ix_challenge_state_closes_on', ['state', 'closes_on'], unique=False)

    op.create_table('challenge_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_state', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_challenge_step_actor_id_account')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_challenge_step_challenge_id_challenge')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_challenge_step'))
    )
    with op.batch_alter_table('challenge_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_challenge_step_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_challenge_step_challenge_id_id', ['challenge_id', 'id'], unique=False)

    op.create_table('solution_sheet',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('offer', sa.Text(), nullable=False),
    sa.Column('experience', sa.Text(), nullable=False),
    sa.Column('cost', sa.String(length=20), nullable=False),
    sa.Column('needs', sa.Text(), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('typed', sa.JSON(), nullable=False),
    sa.Column('saved_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'chosen', 'not_chosen', 'withdrawn')", name=op.f('ck_solution_sheet_state')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_solution_sheet_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_solution_sheet_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_solution_sheet')),
    sa.UniqueConstraint('challenge_id', 'organisation_id', name=op.f('uq_solution_sheet_challenge_id_organisation_id'))
    )
    with op.batch_alter_table('solution_sheet', schema=None) as batch_op:
        batch_op.create_index('ix_solution_sheet_organisation_id', ['organisation_id'], unique=False)

    op.create_table('solution_sheet_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sheet_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_state', sa.String(length=20), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_solution_sheet_step_actor_id_account')),
    sa.ForeignKeyConstraint(['sheet_id'], ['solution_sheet.id'], name=op.f('fk_solution_sheet_step_sheet_id_solution_sheet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_solution_sheet_step'))
    )
    with op.batch_alter_table('solution_sheet_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_solution_sheet_step_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_solution_sheet_step_sheet_id_id', ['sheet_id', 'id'], unique=False)

