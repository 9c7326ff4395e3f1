"""One index that covers the votes of a map."""

from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    with op.batch_alter_table("opinion_vote", schema=None) as batch_op:
        batch_op.drop_index("ix_opinion_vote_statement_id")
        columns = ["statement_id", "participant_id", "vote"]
        batch_op.create_index("ix_opinion_vote_statement_id_participant_id_vote", columns, unique=False)
