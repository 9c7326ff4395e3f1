"""Read each column of a board from its index"""

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    with op.batch_alter_table("backlog_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_backlog_item_service_id_me_toos_count"))
        batch_op.create_index(
            "ix_backlog_item_service_id_state_me_toos_count_id",
            ["service_id", "state", "me_toos_count", "id"],
            unique=False,
        )

