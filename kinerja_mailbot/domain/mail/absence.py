"""Absence: until when somebody is away, as far as his automatic reply says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

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
_AWAY = re.compile(
    r"\b(?:cuti|dinas\s+luar|tugas\s+luar|perjalanan\s+dinas|tidak\s+(?:berada\s+)?di\s+(?:kantor|tempat)"
    r"|di\s?luar\s+(?:kantor|kota)|out\s+of\s+(?:the\s+)?office|on\s+(?:annual\s+)?leave|away\s+from)\b",
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
    alamat: str = field(default="", kw_only=True)  # whose robot it was, case-folded; "" where that is not known
    sejak: datetime | None = field(default=None, kw_only=True)  # when it became known, aware UTC

    @property
    def words(self) -> str:
        """Return how a status names it.

        >>> Absence("umum", date(2026, 12, 5)).words, Absence("umum", None).words
        ('tidak di tempat s.d. 5 Desember 2026', 'tidak di tempat')
        """
        return f"tidak di tempat s.d. {office.tanggal(self.sampai)}" if self.sampai else "tidak di tempat"

    def is_of(self, addresses: tuple[str, ...]) -> bool:
        """Tell whether it is the absence of whoever has these addresses.

        >>> Absence("umum", None, alamat="budi@kpu.example").is_of(("Budi@kpu.example",))
        True
        """
        return not self.alamat or self.alamat in {address.casefold() for address in addresses}


def says_away(text: str, today: date) -> bool:
    """Tell whether an automatic reply says that its owner is away, not only that the mail has come.

    >>> says_away("Saya sedang dinas luar.", date(2026, 11, 23)), says_away("Surel diterima.", date(2026, 11, 23))
    (True, False)
    >>> says_away("Cuti s.d. 5 Januari 2026 telah berakhir.", date(2026, 11, 23))
    False
    """
    if last_day_away(text, today) is not None:
        return True
    # Words about a leave whose last day is over say that he is back.
    return bool(_AWAY.search(text[:_LONGEST])) and not _UNTIL.search(text[:_LONGEST])


def last_day_away(text: str, today: date) -> date | None:
    """Return the last day away that an automatic reply names; a day without a year is the next one to come.

    >>> last_day_away("Saya cuti s.d. 5 Desember.", date(2026, 11, 23))
    datetime.date(2026, 12, 5)
    >>> last_day_away("Dinas luar sampai dengan Jumat, 2 Januari 2027", date(2026, 12, 28))
    datetime.date(2027, 1, 2)
    >>> last_day_away("Saya segera membalas.", date(2026, 11, 23)) is None
    True
    """
    found = (day_named(match["day"], today) for match in _UNTIL.finditer(text[:_LONGEST]))
    return max((day for day in found if day is not None and 0 <= (day - today).days <= _A_YEAR), default=None)


def day_named(written: str, today: date) -> date | None:
    """Return the day that was written; without a year it is the next one to come.

    >>> day_named("2 Januari", date(2026, 12, 28))
    datetime.date(2027, 1, 2)
    """
    if _YEAR.search(written):
        return _day(written)
    this_year = _day(f"{written} {today.year}")
    return this_year if this_year is None or this_year >= today else _day(f"{written} {today.year + 1}")


def _day(written: str) -> date | None:
    value = read_date(RawCell(written), _DATES).value
    return value if isinstance(value, date) else None
