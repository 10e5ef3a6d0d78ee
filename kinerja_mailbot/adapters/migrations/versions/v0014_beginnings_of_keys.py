"""Letters are found by the beginning of their keys without reading all keys, on PostgreSQL too."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index: the one that makes keys unique orders by language there, but by bytes on SQLite."""
    if op.get_bind().dialect.name == "postgresql":
        op.create_index(
            "ix_surat_keluar_awal_kunci", "surat_keluar", ["kunci"], postgresql_ops={"kunci": "text_pattern_ops"}
        )
