"""Pilots, from a draft to a service."""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table('pilot',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lng', sa.Float(), nullable=True),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('release_plan', sa.Text(), nullable=False),
    sa.Column('operation', sa.Text(), nullable=False),
    sa.Column('cost_bearer', sa.Text(), nullable=False),
    sa.Column('support_contact', sa.Text(), nullable=False),
    sa.Column('access', sa.Text(), nullable=False),
    sa.Column('exit_plan', sa.Text(), nullable=False),
    sa.Column('typed', sa.JSON(), nullable=False),
    sa.Column('rounds', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('moved_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'returned', 'approved', 'running', 'evaluating', 'released', 'ended')", name=op.f('ck_pilot_state')),
    sa.CheckConstraint('(lat IS NULL) = (lng IS NULL)', name=op.f('ck_pilot_point')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_pilot_period')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_pilot_category_id_category')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_pilot_id_subject')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_pilot_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_pilot_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pilot')),
    sa.UniqueConstraint('service_id', name=op.f('uq_pilot_service_id'))
    )
    with op.batch_alter_table('pilot', schema=None) as batch_op:
        batch_op.create_index('ix_pilot_organisation_id', ['organisation_id'], unique=False)
        batch_op.create_index('ix_pilot_state_moved_at', ['state', 'moved_at'], unique=False)

    op.create_table('pilot_area',
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('area_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_pilot_area_area_id_area')),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_pilot_area_pilot_id_pilot')),
    sa.PrimaryKeyConstraint('pilot_id', 'area_id', name=op.f('pk_pilot_area'))
    )
    op.create_table('pilot_data',
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('category', sa.String(length=30), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('purpose_key', sa.String(length=60), nullable=True),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_pilot_data_pilot_id_pilot')),
    sa.PrimaryKeyConstraint('pilot_id', 'position', name=op.f('pk_pilot_data'))
    )
    op.create_table('pilot_kpi',
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('unit', sa.String(length=30), nullable=False),
    sa.Column('baseline', sa.Float(), nullable=True),
    sa.Column('target', sa.Float(), nullable=False),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_pilot_kpi_pilot_id_pilot')),
    sa.PrimaryKeyConstraint('pilot_id', 'position', name=op.f('pk_pilot_kpi'))
    )
    op.create_table('pilot_milestone',
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('done_at', UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_pilot_milestone_pilot_id_pilot')),
    sa.PrimaryKeyConstraint('pilot_id', 'position', name=op.f('pk_pilot_milestone'))
    )
    op.create_table('pilot_note',
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=30), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_pilot_note_author_id_account')),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_pilot_note_pilot_id_pilot')),
    sa.PrimaryKeyConstraint('pilot_id', 'round', 'field', name=op.f('pk_pilot_note'))
    )
    with op.batch_alter_table('pilot_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pilot_note_author_id'), ['author_id'], unique=False)

    op.create_table('pilot_partner',
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_pilot_partner_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_pilot_partner_pilot_id_pilot')),
    sa.PrimaryKeyConstraint('pilot_id', 'position', name=op.f('pk_pilot_partner'))
    )
    with op.batch_alter_table('pilot_partner', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pilot_partner_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('pilot_reminder',
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_pilot_reminder_pilot_id_pilot')),
    sa.PrimaryKeyConstraint('pilot_id', 'due', name=op.f('pk_pilot_reminder'))
    )
    op.create_table('pilot_report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('done', sa.Text(), nullable=False),
    sa.Column('voices', sa.Text(), nullable=False),
    sa.Column('following', sa.Text(), nullable=False),
    sa.Column('lessons', sa.Text(), nullable=False),
    sa.Column('advice', sa.String(length=20), nullable=True),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(kind = 'evaluation') = (advice IS NOT NULL)", name=op.f('ck_pilot_report_advice')),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_pilot_report_author_id_account')),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_pilot_report_pilot_id_pilot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pilot_report'))
    )
    with op.batch_alter_table('pilot_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pilot_report_author_id'), ['author_id'], unique=False)
        batch_op.create_index('ix_pilot_report_pilot_id_id', ['pilot_id', 'id'], unique=False)

    op.create_table('pilot_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('pilot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_state', sa.String(length=20), nullable=True),
    sa.Column('to_state', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_pilot_step_actor_id_account')),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot.id'], name=op.f('fk_pilot_step_pilot_id_pilot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pilot_step'))
    )
    with op.batch_alter_table('pilot_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pilot_step_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_pilot_step_pilot_id_id', ['pilot_id', 'id'], unique=False)

    op.create_table('pilot_figure',
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['pilot_report.id'], name=op.f('fk_pilot_figure_report_id_pilot_report')),
    sa.PrimaryKeyConstraint('report_id', 'position', name=op.f('pk_pilot_figure'))
    )
