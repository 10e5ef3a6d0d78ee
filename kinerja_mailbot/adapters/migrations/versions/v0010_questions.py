"""Under which number a letter asks about a cell, what the cell may mean, and which message that is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; cells of older revisions were asked about without a number."""
    op.add_column("nilai", sa.Column("nomor", sa.Integer(), nullable=False, server_default="0"))
    for name in ("pesan_id", "pilihan", "terbaca", "lembar_terlihat"):
        op.add_column("nilai", sa.Column(name, sa.Text(), nullable=True))
