"""What orders changed about the time of a period: extensions and pauses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.Integer()
TEXT = sa.Text()
WORD = sa.String()


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "perpanjangan",
        sa.Column("surel_id", NUMBER, nullable=False),
        sa.Column("periode", WORD, nullable=False),
        sa.Column("unit", WORD, nullable=False),
        sa.Column("dari_at", MOMENT, nullable=False),
        sa.Column("menjadi_at", MOMENT, nullable=False),
        sa.Column("lama", WORD, nullable=False),
        sa.Column("alasan", TEXT, nullable=False),
        sa.Column("oleh", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["periode"], ["periode.kode"], name=op.f("fk_perpanjangan_periode")),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_perpanjangan_surel_id")),
        sa.PrimaryKeyConstraint("surel_id", "periode", "unit", name=op.f("pk_perpanjangan")),
    )
    op.create_table(
        "penundaan",
        sa.Column("surel_id", NUMBER, nullable=False),
        sa.Column("periode", WORD, nullable=False),
        sa.Column("mulai_at", MOMENT, nullable=False),
        sa.Column("alasan", TEXT, nullable=False),
        sa.Column("oleh", TEXT, nullable=False),
        sa.Column("sampai_at", MOMENT, nullable=True),
        sa.Column("dilanjutkan_oleh", TEXT, nullable=False),
        sa.Column("lanjut_surel_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["lanjut_surel_id"], ["surel_masuk.id"], name=op.f("fk_penundaan_lanjut_surel_id")),
        sa.ForeignKeyConstraint(["periode"], ["periode.kode"], name=op.f("fk_penundaan_periode")),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_penundaan_surel_id")),
        sa.PrimaryKeyConstraint("surel_id", "periode", name=op.f("pk_penundaan")),
    )
