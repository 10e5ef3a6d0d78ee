"""National holidays and cuti bersama from the `holidays` package.

Its default is the public holidays only; cuti bersama is its category `government` (DOMAIN F5). It knows no regional
days of Papua and may place Ramadan a day off, so both of these come from configuration instead.

It loads the calendars of 250 countries to give one, 20 MB that a service would hold for ever: a process of its own is
asked for some years at once, and ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from functools import lru_cache
from pathlib import Path

import kinerja_mailbot

_PUBLIC = "public"
_CUTI_BERSAMA = "government"
_YEARS_AT_ONCE = 8

Days = tuple[tuple[date, str], ...]


class IndonesianCalendar:
    """See `Calendar`."""

    def holidays(self, year: int) -> Days:
        """See `Calendar.holidays`."""
        return _of_year(_years_from(_first(year), _PUBLIC, _CUTI_BERSAMA), year)

    def has_cuti_bersama(self, year: int) -> bool:
        """See `Calendar.has_cuti_bersama`."""
        return bool(_of_year(_years_from(_first(year), _CUTI_BERSAMA), year))


def _first(year: int) -> int:
    return year - year % _YEARS_AT_ONCE


def _of_year(days: Days, year: int) -> Days:
    return tuple((day, name) for day, name in days if day.year == year)


@lru_cache(maxsize=8)
def _years_from(first: int, *categories: str) -> Days:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    asked = subprocess.run(  # noqa: S603  # our own interpreter, our own module
        [sys.executable, "-m", __name__, str(first), *categories],
        check=True,
        stdout=subprocess.PIPE,
        env={**kept, "PYTHONPATH": str(Path(kinerja_mailbot.__file__).parents[1])},
    )
    return tuple((date.fromisoformat(day), name) for day, name in json.loads(asked.stdout))


def _print_years(first: int, categories: tuple[str, ...]) -> None:
    from holidays import country_holidays  # noqa: PLC0415  only this process pays for it

    found: list[tuple[str, str]] = []
    for year in range(first, first + _YEARS_AT_ONCE):
        # `expand=False`: otherwise the package adds whatever other year somebody looks up.
        days = country_holidays("ID", years=year, categories=categories, language="id", expand=False)
        found += [(day.isoformat(), name) for day, name in sorted(days.items())]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _print_years(int(sys.argv[1]), tuple(sys.argv[2:]))
