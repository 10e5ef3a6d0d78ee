"""Mails that a server lists and does not hand over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "tak_terambil",
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("percobaan", sa.Integer(), nullable=False),
        sa.Column("sejak", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dicoba_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("selesai_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("folder", "uidvalidity", "uid", name=op.f("pk_tak_terambil")),
    )
