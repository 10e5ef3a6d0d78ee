"""A review of the SOP that was recorded (SOP pengesahan 2: at least twice a year)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

REVIEWS_A_YEAR = 2
"""How many reviews a year the SOP demands (pengesahan 2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the Kasubbag has recorded; `at` is aware UTC."""

    at: datetime
    oleh: str
    catatan: str
    sop: str  # number of the version that was in force


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReview:
    """TINJAU <catatan>: the effect that writes a review down."""

    oleh: str
    catatan: str
    sop: str
