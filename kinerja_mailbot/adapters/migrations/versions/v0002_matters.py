"""What waits for the penyusun, which refusals were told, where a mail was first seen and whether it was moved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String()


def upgrade() -> None:
    """Add the columns; mails that are held or set aside by now wait for the penyusun too."""
    for column in (
        sa.Column("folder", WORD, nullable=True),
        sa.Column("urusan", WORD, nullable=True),
        sa.Column("diringkas_at", MOMENT, nullable=True),
        sa.Column("penolakan", WORD, nullable=True),
    ):
        op.add_column("surel_masuk", column)
    op.create_index(op.f("ix_surel_masuk_urusan"), "surel_masuk", ["urusan"], unique=False)
    op.create_index(op.f("ix_surel_masuk_decided_at"), "surel_masuk", ["decided_at"], unique=False)
    op.add_column("penampakan", sa.Column("dipindah_at", MOMENT, nullable=True))
    op.execute("UPDATE surel_masuk SET urusan = 'ditahan' WHERE state = 'held'")
    op.execute("UPDATE surel_masuk SET urusan = 'disisihkan' WHERE state = 'shunted'")
