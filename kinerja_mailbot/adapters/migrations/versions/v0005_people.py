"""Acting officials named by order, requests for more time, and since when somebody is away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.Integer()
TEXT = sa.Text()
WORD = sa.String()


def upgrade() -> None:
    """Add the tables; of an absence that is known by now, only the unit is."""
    op.create_table(
        "penunjukan",
        sa.Column("surel_id", NUMBER, nullable=False),
        sa.Column("unit", WORD, nullable=False),
        sa.Column("sebutan", WORD, nullable=False),
        sa.Column("nama", TEXT, nullable=False),
        sa.Column("alamat", TEXT, nullable=False),
        sa.Column("nomor", TEXT, nullable=False),
        sa.Column("sejak", sa.Date(), nullable=False),
        sa.Column("sampai", sa.Date(), nullable=False),
        sa.Column("keadaan", WORD, nullable=False),
        sa.Column("diusulkan_oleh", TEXT, nullable=False),
        sa.Column("diusulkan_at", MOMENT, nullable=False),
        sa.Column("diputuskan_oleh", TEXT, nullable=False),
        sa.Column("diputuskan_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_penunjukan_surel_id")),
        sa.PrimaryKeyConstraint("surel_id", name=op.f("pk_penunjukan")),
    )
    op.create_table(
        "permohonan_waktu",
        sa.Column("surel_id", NUMBER, nullable=False),
        sa.Column("periode", WORD, nullable=False),
        sa.Column("unit", WORD, nullable=False),
        sa.Column("lama", TEXT, nullable=False),
        sa.Column("alasan", TEXT, nullable=False),
        sa.Column("keadaan", WORD, nullable=False),
        sa.Column("diajukan_at", MOMENT, nullable=False),
        sa.Column("diputuskan_oleh", TEXT, nullable=False),
        sa.Column("diputuskan_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["periode"], ["periode.kode"], name=op.f("fk_permohonan_waktu_periode")),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_permohonan_waktu_surel_id")),
        sa.PrimaryKeyConstraint("surel_id", name=op.f("pk_permohonan_waktu")),
    )
    op.add_column("ketidakhadiran", sa.Column("alamat", WORD, nullable=False, server_default=""))
    op.add_column("ketidakhadiran", sa.Column("sejak_at", MOMENT, nullable=True))
    op.add_column("ketidakhadiran", sa.Column("selesai_at", MOMENT, nullable=True))
