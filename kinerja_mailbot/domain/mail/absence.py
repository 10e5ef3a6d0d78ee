"""Absence: until when somebody is away, as far as his automatic reply says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kinerja_mailbot.domain import text as office
from kinerja_mailbot.domain.form.definition import ColumnType
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.date import read_date
from kinerja_mailbot.domain.form.value import RawCell

_UNTIL = re.compile(
    r"\b(?:s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|until|till|through|thru)\s+(?:hari\s+)?(?:tanggal\s+|tgl\.?\s+)?"
    r"(?:[a-z']+,\s*)?"
    r"(?P<day>[0-9]{1,2}(?:\s+[a-z]+\.?(?:\s+20[0-9]{2})?|[-/.][0-9]{1,2}[-/.][0-9]{2,4})|20[0-9]{2}-[0-9]{2}-[0-9]{2})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"20[0-9]{2}|[-/.][0-9]{2}$")
_DATES = CellContext(jenis=ColumnType.TANGGAL)
_LONGEST = 4_000  # characters of an automatic reply that are looked at
_A_YEAR = 366


@dataclass(frozen=True, slots=True)
class Absence:
    """A unit's official is away, by his own robot's word; `sampai` is his last day away, None when it names none."""

    unit: str
    sampai: date | None

    @property
    def words(self) -> str:
        """Return how a status names it.

        >>> Absence("umum", date(2026, 12, 5)).words, Absence("umum", None).words
        ('tidak di tempat s.d. 5 Desember 2026', 'tidak di tempat')
        """
        return f"tidak di tempat s.d. {office.tanggal(self.sampai)}" if self.sampai else "tidak di tempat"


def last_day_away(text: str, today: date) -> date | None:
    """Return the last day away that an automatic reply names; a day without a year is the next one to come.

    >>> last_day_away("Saya cuti s.d. 5 Desember.", date(2026, 11, 23))
    datetime.date(2026, 12, 5)
    >>> last_day_away("Dinas luar sampai dengan Jumat, 2 Januari 2027", date(2026, 12, 28))
    datetime.date(2027, 1, 2)
    >>> last_day_away("Saya segera membalas.", date(2026, 11, 23)) is None
    True
    """
    found = (_read(match["day"], today) for match in _UNTIL.finditer(text[:_LONGEST]))
    return max((day for day in found if day is not None and 0 <= (day - today).days <= _A_YEAR), default=None)


def _read(written: str, today: date) -> date | None:
    if _YEAR.search(written):
        return _day(written)
    this_year = _day(f"{written} {today.year}")
    return this_year if this_year is None or this_year >= today else _day(f"{written} {today.year + 1}")


def _day(written: str) -> date | None:
    value = read_date(RawCell(written), _DATES).value
    return value if isinstance(value, date) else None
