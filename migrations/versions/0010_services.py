"""The catalogue of services: who runs them, where, their data, their states and every published text."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table('service',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', Translated(), nullable=False),
    sa.Column('summary', Translated(), nullable=False),
    sa.Column('description', Translated(), nullable=False),
    sa.Column('for_whom', Translated(), nullable=False),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('channels', sa.JSON(), nullable=False),
    sa.Column('website', sa.String(length=300), nullable=False),
    sa.Column('api_url', sa.String(length=300), nullable=False),
    sa.Column('api_docs', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('planned', 'running', 'ended')", name=op.f('ck_service_state')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_service_category_id_category')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_service_id_subject')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service')),
    sa.UniqueConstraint('slug', name=op.f('uq_service_slug'))
    )
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.create_index('ix_service_state', ['state'], unique=False)

    op.create_table('service_area',
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('area_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_service_area_area_id_area')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_area_service_id_service')),
    sa.PrimaryKeyConstraint('service_id', 'area_id', name=op.f('pk_service_area'))
    )
    op.create_table('service_data',
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('category', sa.String(length=30), nullable=False),
    sa.Column('reason', Translated(), nullable=False),
    sa.Column('purpose_key', sa.String(length=60), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_data_service_id_service')),
    sa.PrimaryKeyConstraint('service_id', 'position', name=op.f('pk_service_data'))
    )
    op.create_table('service_owner',
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_service_owner_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_owner_service_id_service')),
    sa.PrimaryKeyConstraint('service_id', 'organisation_id', name=op.f('pk_service_owner'))
    )
    with op.batch_alter_table('service_owner', schema=None) as batch_op:
        batch_op.create_index('ix_service_owner_organisation_id', ['organisation_id'], unique=False)

    op.create_table('service_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_state', sa.String(length=20), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_service_step_actor_id_account')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_step_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_step'))
    )
    with op.batch_alter_table('service_step', schema=None) as batch_op:
        batch_op.create_index('ix_service_step_service_id_id', ['service_id', 'id'], unique=False)

    op.create_table('service_version',
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('editor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['editor_id'], ['account.id'], name=op.f('fk_service_version_editor_id_account')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_version_service_id_service')),
    sa.PrimaryKeyConstraint('service_id', 'number', name=op.f('pk_service_version'))
    )
