"""Surveys."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime
from participation.surveys import guards


revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table('survey',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('process_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('description', Translated(), nullable=False),
    sa.Column('access', sa.String(length=20), nullable=False),
    sa.Column('results_from', sa.String(length=20), nullable=False),
    sa.Column('closes_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('frozen_at', UTCDateTime(timezone=True), nullable=True),
    sa.Column('created_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("access IN ('people', 'everybody')", name=op.f('ck_survey_access')),
    sa.CheckConstraint("frozen_at IS NULL OR state <> 'draft'", name=op.f('ck_survey_frozen')),
    sa.CheckConstraint("results_from IN ('publication', 'close')", name=op.f('ck_survey_results_from')),
    sa.CheckConstraint("state IN ('draft', 'open', 'closed', 'published')", name=op.f('ck_survey_state')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_survey_id_subject')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_survey_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey')),
    sa.UniqueConstraint('slug', name=op.f('uq_survey_slug'))
    )
    with op.batch_alter_table('survey', schema=None) as batch_op:
        batch_op.create_index('ix_survey_process_id', ['process_id'], unique=False)
        batch_op.create_index('ix_survey_state_closes_at', ['state', 'closes_at'], unique=False)

    op.create_table('survey_answer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('survey_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('typed', sa.JSON(), nullable=False),
    sa.Column('said', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('saved_at', UTCDateTime(timezone=True), nullable=False),
    sa.Column('sent_at', UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(said IS NULL) = (sent_at IS NULL)', name=op.f('ck_survey_answer_sent')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_survey_answer_account_id_account')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_answer_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_answer')),
    sa.UniqueConstraint('survey_id', 'account_id', name=op.f('uq_survey_answer_survey_id_account_id'))
    )
    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.create_index('ix_survey_answer_account_id', ['account_id'], unique=False)
        batch_op.create_index('ix_survey_answer_survey_id_sent_at', ['survey_id', 'sent_at'], unique=False)

    op.create_table('survey_question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('survey_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', Translated(), nullable=False),
    sa.Column('hint', Translated(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('breaks', sa.Boolean(), nullable=False),
    sa.Column('section', Translated(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('other', sa.Boolean(), nullable=False),
    sa.Column('least', sa.Integer(), nullable=True),
    sa.Column('most', sa.Integer(), nullable=True),
    sa.Column('steps', sa.Integer(), nullable=False),
    sa.Column('low', Translated(), nullable=False),
    sa.Column('high', Translated(), nullable=False),
    sa.Column('shown_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('shown_if', sa.JSON(), nullable=False),
    sa.CheckConstraint("kind IN ('single', 'multiple', 'text', 'scale', 'matrix')", name=op.f('ck_survey_question_kind')),
    sa.CheckConstraint('shown_by_id IS NULL OR shown_by_id <> id', name=op.f('ck_survey_question_shown_by')),
    sa.CheckConstraint('steps BETWEEN 2 AND 11', name=op.f('ck_survey_question_steps')),
    sa.ForeignKeyConstraint(['shown_by_id'], ['survey_question.id'], name=op.f('fk_survey_question_shown_by_id_survey_question')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_question_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_question'))
    )
    with op.batch_alter_table('survey_question', schema=None) as batch_op:
        batch_op.create_index('ix_survey_question_survey_id_position', ['survey_id', 'position'], unique=False)

    op.create_table('survey_words',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('survey_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('answer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('question_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['survey_answer.id'], name=op.f('fk_survey_words_answer_id_survey_answer')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_survey_words_id_subject')),
    sa.ForeignKeyConstraint(['question_id'], ['survey_question.id'], name=op.f('fk_survey_words_question_id_survey_question')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_words_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_words')),
    sa.UniqueConstraint('answer_id', 'question_id', name=op.f('uq_survey_words_answer_id_question_id'))
    )
    with op.batch_alter_table('survey_words', schema=None) as batch_op:
        batch_op.create_index('ix_survey_words_survey_id', ['survey_id'], unique=False)
    for statement in guards.statements(op.get_bind().dialect.name):  # what somebody answered stays as it is
        op.execute(sa.text(statement.replace(":", r"\:")))
