"""Who is away, by the word of his automatic reply."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "ketidakhadiran",
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("sampai", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("surel_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_ketidakhadiran_surel_id")),
        sa.PrimaryKeyConstraint("unit", name=op.f("pk_ketidakhadiran")),
    )
