"""Ideas that became subjects, and where members without an account want news."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.add_column("workshop_member", sa.Column("news_to", sa.String(length=254), nullable=True))
    op.add_column("workshop_member", sa.Column("news_locale", sa.String(length=5), nullable=True))
    # Written out: making the table anew, as a batch does on SQLite, fails while rows of other tables refer to it.
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE workshop_note ADD COLUMN subject_id {number} "
        "CONSTRAINT fk_workshop_note_subject_id_subject REFERENCES subject (id)"
    )
    op.create_index("ix_workshop_note_subject_id", "workshop_note", ["subject_id"], unique=True)
