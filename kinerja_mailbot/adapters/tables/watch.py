"""Tables of what is watched over the year: reviews of the SOP, and what was last told or known of the office."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from kinerja_mailbot.adapters.tables.base import SafeText, Table, UtcDateTime


class ReviewRow(Table, table=True):
    """A review of the SOP that the Kasubbag has recorded (SOP pengesahan 2)."""

    __tablename__ = "reviu_sop"

    id: int | None = Field(default=None, primary_key=True)
    surel_id: int | None = Field(default=None, foreign_key="surel_masuk.id", unique=True)
    at: datetime = Field(sa_type=UtcDateTime)
    oleh: str = Field(sa_type=SafeText)
    catatan: str = Field(sa_type=SafeText)
    sop: str = Field(sa_type=SafeText)  # number of the version that was in force


class MemoryRow(Table, table=True):
    """What was last told or known of the office, by name: the next look is compared with it."""

    __tablename__ = "ingatan"

    nama: str = Field(primary_key=True)
    nilai: str = Field(sa_type=SafeText)
    at: datetime = Field(sa_type=UtcDateTime)
