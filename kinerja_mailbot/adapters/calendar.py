"""National holidays and cuti bersama from the `holidays` package.

Its default is the public holidays only; cuti bersama is its category `government` (DOMAIN F5). It knows no regional
days of Papua and may place Ramadan a day off, so both of these come from configuration instead.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from holidays import country_holidays

_PUBLIC = "public"
_CUTI_BERSAMA = "government"


class IndonesianCalendar:
    """See `Calendar`."""

    def holidays(self, year: int) -> tuple[tuple[date, str], ...]:
        """See `Calendar.holidays`."""
        return _days(year, _PUBLIC, _CUTI_BERSAMA)

    def has_cuti_bersama(self, year: int) -> bool:
        """See `Calendar.has_cuti_bersama`."""
        return bool(_days(year, _CUTI_BERSAMA))


@cache
def _days(year: int, *categories: str) -> tuple[tuple[date, str], ...]:
    # `expand=False`: otherwise the package adds whatever other year somebody looks up.
    days = country_holidays("ID", years=year, categories=categories, language="id", expand=False)
    return tuple(sorted(days.items()))
