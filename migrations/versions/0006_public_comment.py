"""Public comment: opinions, who sent them, groups and responses."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table('public_comment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opens_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('closes_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('reason', Translated(), nullable=False),
    sa.Column('contact', Translated(), nullable=False),
    sa.Column('opened_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('published_at', UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('closes_at > opens_at', name=op.f('ck_public_comment_times')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['account.id'], name=op.f('fk_public_comment_opened_by_id_account')),
    sa.ForeignKeyConstraint(['version_id'], ['document_version.id'], name=op.f('fk_public_comment_version_id_document_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_comment')),
    sa.UniqueConstraint('version_id', name=op.f('uq_public_comment_version_id'))
    )
    with op.batch_alter_table('public_comment', schema=None) as batch_op:
        batch_op.create_index('ix_public_comment_published_at_closes_at', ['published_at', 'closes_at'], unique=False)

    op.create_table('opinion_draft',
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('section_key', sa.String(length=60), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('saved_at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_opinion_draft_account_id_account')),
    sa.ForeignKeyConstraint(['public_comment_id'], ['public_comment.id'], name=op.f('fk_opinion_draft_public_comment_id_public_comment')),
    sa.PrimaryKeyConstraint('account_id', 'public_comment_id', 'section_key', name=op.f('pk_opinion_draft'))
    )
    op.create_table('opinion_group',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['public_comment_id'], ['public_comment.id'], name=op.f('fk_opinion_group_public_comment_id_public_comment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opinion_group'))
    )
    with op.batch_alter_table('opinion_group', schema=None) as batch_op:
        batch_op.create_index('ix_opinion_group_public_comment_id_id', ['public_comment_id', 'id'], unique=False)

    op.create_table('opinion',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('section_key', sa.String(length=60), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('stance', sa.String(length=20), nullable=True),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('source', sa.String(length=10), nullable=False),
    sa.Column('receipt', sa.String(length=12), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('entered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('sent_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_opinion_account_id_account')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['account.id'], name=op.f('fk_opinion_entered_by_id_account')),
    sa.ForeignKeyConstraint(['group_id'], ['opinion_group.id'], name=op.f('fk_opinion_group_id_opinion_group')),
    sa.ForeignKeyConstraint(['public_comment_id'], ['public_comment.id'], name=op.f('fk_opinion_public_comment_id_public_comment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opinion')),
    sa.UniqueConstraint('receipt', name=op.f('uq_opinion_receipt'))
    )
    with op.batch_alter_table('opinion', schema=None) as batch_op:
        batch_op.create_index('ix_opinion_account_id_id', ['account_id', 'id'], unique=False)
        batch_op.create_index('ix_opinion_group_id', ['group_id'], unique=False)
        batch_op.create_index('ix_opinion_public_comment_id_id', ['public_comment_id', 'id'], unique=False)

    op.create_table('opinion_response',
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('view', Translated(), nullable=False),
    sa.Column('sections', sa.JSON(), nullable=False),
    sa.Column('answered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['account.id'], name=op.f('fk_opinion_response_answered_by_id_account')),
    sa.ForeignKeyConstraint(['group_id'], ['opinion_group.id'], name=op.f('fk_opinion_response_group_id_opinion_group')),
    sa.PrimaryKeyConstraint('group_id', 'number', name=op.f('pk_opinion_response'))
    )
    op.create_table('opinion_person',
    sa.Column('opinion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['opinion_id'], ['opinion.id'], name=op.f('fk_opinion_person_opinion_id_opinion')),
    sa.PrimaryKeyConstraint('opinion_id', name=op.f('pk_opinion_person'))
    )
