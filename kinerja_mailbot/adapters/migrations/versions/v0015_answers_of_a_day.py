"""What an address was answered today is found without reading all letters that it ever got."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes; the one by address alone is the beginning of the new one."""
    op.create_index(op.f("ix_surat_keluar_created_at"), "surat_keluar", ["created_at"])
    op.create_index("ix_surat_penerima_alamat_surat_id", "surat_penerima", ["alamat", "surat_id"])
    op.drop_index(op.f("ix_surat_penerima_alamat"), table_name="surat_penerima")
