"""The working group that a pilot belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("working_group_id", number, nullable=True))
        batch_op.create_index("ix_pilot_working_group_id", ["working_group_id"], unique=False)
        name = batch_op.f("fk_pilot_working_group_id_working_group")
        batch_op.create_foreign_key(name, "working_group", ["working_group_id"], ["id"])
