"""When a mail arrived at the place where it was seen: another date there means another mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of mails seen before it nothing is known."""
    op.add_column("penampakan", sa.Column("tiba_at", sa.DateTime(timezone=True), nullable=True))
