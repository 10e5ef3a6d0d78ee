"""What is looked up for every mail and every letter is found without reading whole tables."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INDEXES = (
    ("surel_masuk", ("pengirim", "decided_at")),
    ("surat_keluar", ("templat", "created_at")),
    ("surat_keluar", ("sent_at",)),
    ("surat_keluar", ("uncertain_at",)),
    ("kiriman", ("unit",)),
)


def upgrade() -> None:
    """Add the indexes."""
    for table, columns in _INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
