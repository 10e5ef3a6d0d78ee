"""The reviews of the SOP, and what was last told or known of the office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "reviu_sop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("surel_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("oleh", sa.Text(), nullable=False),
        sa.Column("catatan", sa.Text(), nullable=False),
        sa.Column("sop", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_reviu_sop_surel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviu_sop")),
        sa.UniqueConstraint("surel_id", name=op.f("uq_reviu_sop_surel_id")),
    )
    op.create_table(
        "ingatan",
        sa.Column("nama", sa.String(), nullable=False),
        sa.Column("nilai", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nama", name=op.f("pk_ingatan")),
    )
