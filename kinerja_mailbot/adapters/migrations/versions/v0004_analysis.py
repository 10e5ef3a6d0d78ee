"""The analysis of step 6: its revisions, and from which one an edition of the rekap was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and the column of the editions; those made until now were made without an analysis."""
    op.create_table(
        "analisis",
        sa.Column("periode", sa.String(), nullable=False),
        sa.Column("revisi", sa.Integer(), nullable=False),
        sa.Column("surel_id", sa.Integer(), nullable=False),
        sa.Column("oleh", sa.Text(), nullable=False),
        sa.Column("tiba_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cara", sa.String(), nullable=False),
        sa.Column("berkas", sa.Text(), nullable=False),
        sa.Column("lengkap", sa.Boolean(), nullable=False),
        sa.Column("isian", sa.Text(), nullable=False),
        sa.Column("sel", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["periode"], ["periode.kode"], name=op.f("fk_analisis_periode")),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_analisis_surel_id")),
        sa.PrimaryKeyConstraint("periode", "revisi", name=op.f("pk_analisis")),
        sa.UniqueConstraint("periode", "surel_id", name=op.f("uq_analisis_periode_surel_id")),
    )
    op.add_column("rekap_edisi", sa.Column("analisis", sa.Integer(), nullable=False, server_default="0"))
