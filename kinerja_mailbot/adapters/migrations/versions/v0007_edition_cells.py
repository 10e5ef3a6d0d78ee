"""What each edition of the rekap said, cell by cell, for the comparison with the next one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; of editions made before, nothing is known."""
    op.create_table(
        "rekap_nilai",
        sa.Column("periode", sa.String(), nullable=False),
        sa.Column("edisi", sa.Integer(), nullable=False),
        sa.Column("nilai", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["periode", "edisi"],
            ["rekap_edisi.periode", "rekap_edisi.edisi"],
            name=op.f("fk_rekap_nilai_periode_edisi"),
        ),
        sa.PrimaryKeyConstraint("periode", "edisi", name=op.f("pk_rekap_nilai")),
    )
