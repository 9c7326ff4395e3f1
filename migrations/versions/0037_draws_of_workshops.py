"""The draws of workshops: seed, frozen pool, result, invitations."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime
from workshops.panels import guards

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.create_table('workshop_draw',
    sa.Column('workshop_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('seed_sha256', sa.String(length=64), nullable=False),
    sa.Column('seed_secret', sa.String(length=64), nullable=False),
    sa.Column('promised_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('source', Translated(), nullable=False),
    sa.Column('source_value', sa.String(length=100), nullable=False),
    sa.Column('source_url', sa.Text(), nullable=False),
    sa.Column('entered_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('seed', sa.String(length=200), nullable=False),
    sa.Column('answer_days', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('pool_csv', sa.Text(), nullable=False),
    sa.Column('pool_sha256', sa.String(length=64), nullable=False),
    sa.Column('quotas_csv', sa.Text(), nullable=False),
    sa.Column('quotas_sha256', sa.String(length=64), nullable=False),
    sa.Column('frozen_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('checked_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('eased_reason', sa.Text(), nullable=False),
    sa.Column('eased_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('result_sha256', sa.String(length=64), nullable=False),
    sa.Column('engine', sa.String(length=40), nullable=False),
    sa.Column('drawn_at', UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('answer_days > 0', name=op.f('ck_workshop_draw_answer_days')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_draw_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('workshop_id', name=op.f('pk_workshop_draw'))
    )
    op.create_table('workshop_invitation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('workshop_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=10), nullable=False),
    sa.Column('application_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('replaces', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('invited_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('deadline', UTCDateTime(timezone=True), nullable=False),
    sa.Column('reminded_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('answered_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('left_place', sa.Integer(), nullable=True),
    sa.Column('successor', sa.String(length=10), nullable=False),
    sa.CheckConstraint("state IN ('invited', 'accepted', 'declined', 'expired', 'withdrawn')", name=op.f('ck_workshop_invitation_state')),
    sa.ForeignKeyConstraint(['application_id'], ['workshop_application.id'], name=op.f('fk_workshop_invitation_application_id_workshop_application'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_invitation_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_invitation')),
    sa.UniqueConstraint('workshop_id', 'left_place', name=op.f('uq_workshop_invitation_workshop_id_left_place')),
    sa.UniqueConstraint('workshop_id', 'number', name=op.f('uq_workshop_invitation_workshop_id_number'))
    )
    with op.batch_alter_table('workshop_invitation', schema=None) as batch_op:
        batch_op.create_index('ix_workshop_invitation_application_id', ['application_id'], unique=False)
        batch_op.create_index('ix_workshop_invitation_state_deadline', ['state', 'deadline'], unique=False)
    for statement in guards.statements(op.get_bind().dialect.name):  # what applicants rely on stays as it is
        op.execute(sa.text(statement.replace(":", r"\:")))
