"""A later close of a ballot than the one announced, with its reason."""

import sqlalchemy as sa
from alembic import op

from participation import guarding
from participation.db import UTCDateTime
from proposals.ballots.guards import GUARDS, POSTPONED

revision = "0041"
down_revision = "0040"
CHANGED = ("ballot_stays", "ballot_closes_no_earlier")


def upgrade() -> None:
    op.create_table('ballot_postponement',
    sa.Column('ballot_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('before', UTCDateTime(timezone=True), nullable=False),
    sa.Column('until', UTCDateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('until > before', name=op.f('ck_ballot_postponement_later')),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_ballot_postponement_ballot_id_ballot')),
    sa.PrimaryKeyConstraint('ballot_id', 'before', name=op.f('pk_ballot_postponement'))
    )
    dialect = op.get_bind().dialect.name
    for name in CHANGED:  # a new database has them by now from the revision that made ballots
        op.execute(f"DROP TRIGGER IF EXISTS {name}{' ON ballot' if dialect == 'postgresql' else ''}")
    changed = [guard for guard in GUARDS if guard.name in CHANGED]
    for statement in guarding.statements((*changed, *POSTPONED), dialect):
        op.execute(sa.text(statement.replace(":", r"\:")))
