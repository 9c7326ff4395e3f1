"""Datasets that services collect."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table('dataset',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('description', Translated(), nullable=False),
    sa.Column('access', sa.String(length=20), nullable=False),
    sa.Column('format', sa.String(length=20), nullable=False),
    sa.Column('cycle', sa.String(length=20), nullable=False),
    sa.Column('licence', sa.String(length=20), nullable=False),
    sa.Column('download_url', sa.String(length=300), nullable=False),
    sa.Column('api_url', sa.String(length=300), nullable=False),
    sa.Column('contact', sa.String(length=254), nullable=False),
    sa.Column('covers_from', sa.Date(), nullable=True),
    sa.Column('covers_to', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("access IN ('open', 'members', 'consent')", name=op.f('ck_dataset_access')),
    sa.CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name=op.f('ck_dataset_state')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_dataset_id_subject')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_dataset_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dataset')),
    sa.UniqueConstraint('slug', name=op.f('uq_dataset_slug'))
    )
    with op.batch_alter_table('dataset', schema=None) as batch_op:
        batch_op.create_index('ix_dataset_service_id_state', ['service_id', 'state'], unique=False)

    op.create_table('dataset_area',
    sa.Column('dataset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('area_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_dataset_area_area_id_area')),
    sa.ForeignKeyConstraint(['dataset_id'], ['dataset.id'], name=op.f('fk_dataset_area_dataset_id_dataset')),
    sa.PrimaryKeyConstraint('dataset_id', 'area_id', name=op.f('pk_dataset_area'))
    )
    op.create_table('dataset_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('dataset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_state', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_dataset_step_actor_id_account')),
    sa.ForeignKeyConstraint(['dataset_id'], ['dataset.id'], name=op.f('fk_dataset_step_dataset_id_dataset')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dataset_step'))
    )
    with op.batch_alter_table('dataset_step', schema=None) as batch_op:
        batch_op.create_index('ix_dataset_step_dataset_id_id', ['dataset_id', 'id'], unique=False)

    op.create_table('dataset_version',
    sa.Column('dataset_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('editor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['dataset_id'], ['dataset.id'], name=op.f('fk_dataset_version_dataset_id_dataset')),
    sa.ForeignKeyConstraint(['editor_id'], ['account.id'], name=op.f('fk_dataset_version_editor_id_account')),
    sa.PrimaryKeyConstraint('dataset_id', 'number', name=op.f('pk_dataset_version'))
    )
