"""The calendar as the service sees it."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Calendar(Protocol):
    """National holidays and cuti bersama."""

    def holidays(self, year: int) -> tuple[tuple[date, str], ...]:
        """Return the days with their Indonesian names."""
        ...

    def has_cuti_bersama(self, year: int) -> bool:
        """Tell whether the year's cuti bersama are known at all (DOMAIN F5: 2028 is silently empty)."""
        ...
