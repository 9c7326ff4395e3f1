"""KPIs and the goal tree."""

import sqlalchemy as sa
from alembic import op

from participation.db import Translated, UTCDateTime
from participation.kpis.models import Exact

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "goal_node",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("name", Translated(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_node")),
        sa.UniqueConstraint("key", name=op.f("uq_goal_node_key")),
    )
    op.create_table(
        "goal_link",
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("child_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["goal_node.id"], name=op.f("fk_goal_link_child_id_goal_node")),
        sa.ForeignKeyConstraint(["parent_id"], ["goal_node.id"], name=op.f("fk_goal_link_parent_id_goal_node")),
        sa.PrimaryKeyConstraint("parent_id", "child_id", name=op.f("pk_goal_link")),
    )
    op.create_index("ix_goal_link_child_id", "goal_link", ["child_id"])

    op.create_table(
        "kpi",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", Translated(), nullable=False),
        sa.Column("unit", Translated(), nullable=False),
        sa.Column("note", Translated(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("calendar", sa.String(length=10), nullable=False),
        sa.Column("comparator", sa.String(length=15), nullable=False),
        sa.Column("cumulative_years", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("split", sa.JSON(), nullable=False),
        sa.Column("baseline_year", sa.Integer(), nullable=True),
        sa.Column("baseline", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("updated_at", UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cumulative_years IS NULL OR cumulative_years > 1", name=op.f("ck_kpi_cumulative_years")),
        sa.ForeignKeyConstraint(["id"], ["subject.id"], name=op.f("fk_kpi_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kpi")),
        sa.UniqueConstraint("key", name=op.f("uq_kpi_key")),
    )
    op.create_table(
        "goal_kpi",
        sa.Column("node_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kpi_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpi.id"], name=op.f("fk_goal_kpi_kpi_id_kpi")),
        sa.ForeignKeyConstraint(["node_id"], ["goal_node.id"], name=op.f("fk_goal_kpi_node_id_goal_node")),
        sa.PrimaryKeyConstraint("node_id", "kpi_id", name=op.f("pk_goal_kpi")),
    )
    op.create_index("ix_goal_kpi_kpi_id", "goal_kpi", ["kpi_id"])

    op.create_table(
        "kpi_measurement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kpi_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", Exact(length=40), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("citation <> '' AND url <> ''", name=op.f("ck_kpi_measurement_source")),
        sa.CheckConstraint("number = 1 OR note <> ''", name=op.f("ck_kpi_measurement_reason")),
        sa.CheckConstraint("number > 0", name=op.f("ck_kpi_measurement_number")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_kpi_measurement_entered_by_id_account")),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpi.id"], name=op.f("fk_kpi_measurement_kpi_id_kpi")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kpi_measurement")),
        sa.UniqueConstraint("kpi_id", "year", "part", "number", name=op.f("uq_kpi_measurement_kpi_id_year_part_number")),
    )
    op.create_index("ix_kpi_measurement_entered_by_id", "kpi_measurement", ["entered_by_id"])

    op.create_table(
        "kpi_target",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kpi_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("value", Exact(length=40), nullable=True),
        sa.Column("high", Exact(length=40), nullable=True),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpi.id"], name=op.f("fk_kpi_target_kpi_id_kpi")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kpi_target")),
        sa.UniqueConstraint("kpi_id", "year", "part", name=op.f("uq_kpi_target_kpi_id_year_part")),
    )
