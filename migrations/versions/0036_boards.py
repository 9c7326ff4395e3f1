"""Teams of a workshop, what stands on their boards, dots"""

import sqlalchemy as sa
from alembic import op

from participation.db import UTCDateTime

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table('workshop_team',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('workshop_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_team_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_team')),
    sa.UniqueConstraint('workshop_id', 'name', name=op.f('uq_workshop_team_workshop_id_name'))
    )
    op.create_table('persona',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('age', sa.Text(), nullable=False),
    sa.Column('home', sa.Text(), nullable=False),
    sa.Column('occupation', sa.Text(), nullable=False),
    sa.Column('lifestyle', sa.Text(), nullable=False),
    sa.Column('health', sa.Text(), nullable=False),
    sa.Column('uid', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('versions', sa.JSON(), nullable=False),
    sa.Column('changed_at', UTCDateTime(), nullable=False),
    sa.Column('removed_at', UTCDateTime(), nullable=True),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['workshop_member.id'], name=op.f('fk_persona_author_id_workshop_member')),
    sa.ForeignKeyConstraint(['team_id'], ['workshop_team.id'], name=op.f('fk_persona_team_id_workshop_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_persona')),
    sa.UniqueConstraint('uid', name=op.f('uq_persona_uid'))
    )
    with op.batch_alter_table('persona', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_persona_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_persona_team_id'), ['team_id'], unique=False)

    op.create_table('workshop_note',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('section', sa.String(length=10), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('colour', sa.String(length=10), nullable=False),
    sa.Column('uid', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('versions', sa.JSON(), nullable=False),
    sa.Column('changed_at', UTCDateTime(), nullable=False),
    sa.Column('removed_at', UTCDateTime(), nullable=True),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("colour IN ('yellow', 'blue', 'green', 'red')", name=op.f('ck_workshop_note_colour')),
    sa.CheckConstraint("section IN ('empathy', 'problem', 'idea')", name=op.f('ck_workshop_note_section')),
    sa.ForeignKeyConstraint(['author_id'], ['workshop_member.id'], name=op.f('fk_workshop_note_author_id_workshop_member')),
    sa.ForeignKeyConstraint(['team_id'], ['workshop_team.id'], name=op.f('fk_workshop_note_team_id_workshop_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_note')),
    sa.UniqueConstraint('uid', name=op.f('uq_workshop_note_uid'))
    )
    with op.batch_alter_table('workshop_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_note_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_note_team_id'), ['team_id'], unique=False)

    op.create_table('persona_moment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('persona_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.String(length=5), nullable=False),
    sa.Column('activity', sa.Text(), nullable=False),
    sa.Column('feeling', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('uid', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('versions', sa.JSON(), nullable=False),
    sa.Column('changed_at', UTCDateTime(), nullable=False),
    sa.Column('removed_at', UTCDateTime(), nullable=True),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('feeling BETWEEN -2 AND 2', name=op.f('ck_persona_moment_feeling')),
    sa.ForeignKeyConstraint(['author_id'], ['workshop_member.id'], name=op.f('fk_persona_moment_author_id_workshop_member')),
    sa.ForeignKeyConstraint(['persona_id'], ['persona.id'], name=op.f('fk_persona_moment_persona_id_persona')),
    sa.ForeignKeyConstraint(['team_id'], ['workshop_team.id'], name=op.f('fk_persona_moment_team_id_workshop_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_persona_moment')),
    sa.UniqueConstraint('uid', name=op.f('uq_persona_moment_uid'))
    )
    with op.batch_alter_table('persona_moment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_persona_moment_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_persona_moment_persona_id'), ['persona_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_persona_moment_team_id'), ['team_id'], unique=False)

    op.create_table('poster',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('concept', sa.Text(), nullable=False),
    sa.Column('for_whom', sa.Text(), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('big_idea', sa.Text(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.Column('note_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('picture', sa.String(length=80), nullable=False),
    sa.Column('picture_alt', sa.Text(), nullable=False),
    sa.Column('picture_width', sa.Integer(), nullable=False),
    sa.Column('picture_height', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('versions', sa.JSON(), nullable=False),
    sa.Column('changed_at', UTCDateTime(), nullable=False),
    sa.Column('removed_at', UTCDateTime(), nullable=True),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['workshop_member.id'], name=op.f('fk_poster_author_id_workshop_member')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_poster_id_subject')),
    sa.ForeignKeyConstraint(['note_id'], ['workshop_note.id'], name=op.f('fk_poster_note_id_workshop_note')),
    sa.ForeignKeyConstraint(['team_id'], ['workshop_team.id'], name=op.f('fk_poster_team_id_workshop_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_poster')),
    sa.UniqueConstraint('uid', name=op.f('uq_poster_uid'))
    )
    with op.batch_alter_table('poster', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_poster_author_id'), ['author_id'], unique=False)
        batch_op.create_index('ix_poster_note_id', ['note_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_poster_team_id'), ['team_id'], unique=False)

    op.create_table('workshop_dot',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('poster_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('note_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', UTCDateTime(), nullable=False),
    sa.CheckConstraint('(poster_id IS NULL) <> (note_id IS NULL)', name=op.f('ck_workshop_dot_one')),
    sa.ForeignKeyConstraint(['member_id'], ['workshop_member.id'], name=op.f('fk_workshop_dot_member_id_workshop_member')),
    sa.ForeignKeyConstraint(['note_id'], ['workshop_note.id'], name=op.f('fk_workshop_dot_note_id_workshop_note')),
    sa.ForeignKeyConstraint(['poster_id'], ['poster.id'], name=op.f('fk_workshop_dot_poster_id_poster')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_dot')),
    sa.UniqueConstraint('member_id', 'note_id', name=op.f('uq_workshop_dot_member_id_note_id')),
    sa.UniqueConstraint('member_id', 'poster_id', name=op.f('uq_workshop_dot_member_id_poster_id'))
    )
    with op.batch_alter_table('workshop_dot', schema=None) as batch_op:
        batch_op.create_index('ix_workshop_dot_note_id', ['note_id'], unique=False)
        batch_op.create_index('ix_workshop_dot_poster_id', ['poster_id'], unique=False)

