"""Documents: visions, plans and rules in versions, which are frozen when they are published."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime
from rules.documents import guards


revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('document',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('applies_to', sa.String(length=20), nullable=True),
    sa.Column('newest', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'rule') = (applies_to IS NOT NULL)", name=op.f('ck_document_applies_to')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_document_id_subject')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('slug', name=op.f('uq_document_slug'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index('ix_document_kind', ['kind'], unique=False)

    op.create_table('document_version',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('document_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('working', sa.Integer(), nullable=True),
    sa.Column('stage', sa.String(length=20), nullable=False),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('note', Translated(), nullable=False),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('published_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('in_force_from', sa.Date(), nullable=True),
    sa.Column('adopted_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('superseded_at', UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(published_at IS NULL) = (sha256 IS NULL)', name=op.f('ck_document_version_frozen')),
    sa.CheckConstraint('(published_at IS NULL) = (working IS NOT NULL)', name=op.f('ck_document_version_working')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_version_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_version')),
    sa.UniqueConstraint('document_id', 'number', name=op.f('uq_document_version_document_id_number')),
    sa.UniqueConstraint('document_id', 'working', name=op.f('uq_document_version_document_id_working'))
    )
    op.create_table('document_file',
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('made_at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['document_version.id'], name=op.f('fk_document_file_version_id_document_version')),
    sa.PrimaryKeyConstraint('version_id', 'locale', name=op.f('pk_document_file'))
    )
    op.create_table('document_section',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('heading', Translated(), nullable=False),
    sa.Column('body', Translated(), nullable=False),
    sa.Column('check', sa.JSON(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('editor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['editor_id'], ['account.id'], name=op.f('fk_document_section_editor_id_account')),
    sa.ForeignKeyConstraint(['version_id'], ['document_version.id'], name=op.f('fk_document_section_version_id_document_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_section')),
    sa.UniqueConstraint('version_id', 'key', name=op.f('uq_document_section_version_id_key'))
    )
    for statement in guards.statements(op.get_bind().dialect.name):  # what is published stays as it is
        op.execute(sa.text(statement.replace(":", r"\:")))
