"""What is told of a workshop: words, photos with consent marks, lessons, printed posters"""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.create_table('workshop_lesson',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('workshop_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', Translated(), nullable=False),
    sa.Column('added_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_lesson_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_lesson'))
    )
    with op.batch_alter_table('workshop_lesson', schema=None) as batch_op:
        batch_op.create_index('ix_workshop_lesson_workshop_id', ['workshop_id'], unique=False)

    op.create_table('workshop_photo',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('workshop_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('alt', sa.Text(), nullable=False),
    sa.Column('caption', sa.Text(), nullable=False),
    sa.Column('consent', sa.String(length=20), nullable=False),
    sa.Column('said_by', sa.Text(), nullable=False),
    sa.Column('marked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('marked_at', UTCDateTime(), nullable=True),
    sa.Column('added_at', UTCDateTime(), nullable=False),
    sa.CheckConstraint("consent IN ('', 'everybody_agreed', 'nobody_recognisable', 'not_published')", name=op.f('ck_workshop_photo_consent')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_workshop_photo_id_subject')),
    sa.ForeignKeyConstraint(['marked_by_id'], ['account.id'], name=op.f('fk_workshop_photo_marked_by_id_account')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_photo_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_photo')),
    sa.UniqueConstraint('workshop_id', 'name', name=op.f('uq_workshop_photo_workshop_id_name'))
    )
    with op.batch_alter_table('workshop_photo', schema=None) as batch_op:
        batch_op.create_index('ix_workshop_photo_name', ['name'], unique=False)

    op.create_table('workshop_record',
    sa.Column('workshop_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('story', Translated(), nullable=False),
    sa.Column('updated_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_record_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('workshop_id', name=op.f('pk_workshop_record'))
    )
    op.create_table('poster_file',
    sa.Column('poster_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('paper', sa.String(length=2), nullable=False),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('made_at', UTCDateTime(), nullable=False),
    sa.CheckConstraint("paper IN ('a4', 'a3')", name=op.f('ck_poster_file_paper')),
    sa.ForeignKeyConstraint(['poster_id'], ['poster.id'], name=op.f('fk_poster_file_poster_id_poster')),
    sa.PrimaryKeyConstraint('poster_id', 'paper', 'locale', name=op.f('pk_poster_file'))
    )
    with op.batch_alter_table('poster_file', schema=None) as batch_op:
        batch_op.create_index('ix_poster_file_name', ['name'], unique=False)
