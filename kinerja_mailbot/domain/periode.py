"""The reporting period (periode): a quarter, a semester or a year of performance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_ROMAN = ("I", "II", "III", "IV")
_NUMBER = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_KIND_WORD = r"(?P<word>tw|triwulan|sm|semester)\s*\.?\s*(?P<number>[1-4]|iv|i{1,3})"
_PATTERNS = (
    re.compile(r"(?P<year>20\d\d)\s*[-/ ]\s*" + _KIND_WORD),
    re.compile(_KIND_WORD + r"\s*[-/, ]?\s*(?:tahun\s*)?(?P<year>20\d\d)"),
    re.compile(r"(?:tahun\s*)?(?P<year>20\d\d)"),
)


class JenisPeriode(StrEnum):
    """How long a period is (DOMAIN: monitoring per triwulan, some offices per semester, the LKjIP per tahun)."""

    TRIWULAN = "triwulan"
    SEMESTER = "semester"
    TAHUN = "tahun"


class PeriodeError(ValueError):
    """The text does not name a period."""


@dataclass(frozen=True, slots=True, order=True)
class Periode:
    """One period of one year.

    >>> tw3 = Periode(2026, JenisPeriode.TRIWULAN, 3)
    >>> tw3.kode, tw3.nama
    ('2026-TW3', 'Triwulan III Tahun 2026')
    >>> tw3.first_day.isoformat(), tw3.last_day.isoformat()
    ('2026-07-01', '2026-09-30')
    """

    tahun: int
    jenis: JenisPeriode
    nomor: int = 1

    @property
    def kode(self) -> str:
        """Return the short code that subjects, keys and commands use: 2026-TW3, 2026-SM1, 2026."""
        match self.jenis:
            case JenisPeriode.TRIWULAN:
                return f"{self.tahun}-TW{self.nomor}"
            case JenisPeriode.SEMESTER:
                return f"{self.tahun}-SM{self.nomor}"
            case JenisPeriode.TAHUN:
                return str(self.tahun)

    @property
    def nama(self) -> str:
        """Return the name as letters write it."""
        match self.jenis:
            case JenisPeriode.TRIWULAN:
                return f"Triwulan {_ROMAN[self.nomor - 1]} Tahun {self.tahun}"
            case JenisPeriode.SEMESTER:
                return f"Semester {_ROMAN[self.nomor - 1]} Tahun {self.tahun}"
            case JenisPeriode.TAHUN:
                return f"Tahun {self.tahun}"

    @property
    def first_day(self) -> date:
        """Return the first calendar day of the period."""
        return date(self.tahun, (self.nomor - 1) * self._months + 1, 1)

    @property
    def last_day(self) -> date:
        """Return the last calendar day of the period."""
        month = self.nomor * self._months
        return date(self.tahun + month // 12, month % 12 + 1, 1) - timedelta(days=1)

    @property
    def _months(self) -> int:
        return {JenisPeriode.TRIWULAN: 3, JenisPeriode.SEMESTER: 6, JenisPeriode.TAHUN: 12}[self.jenis]


def parse_periode(text: str) -> Periode:
    """Read a period as people write it.

    >>> parse_periode("TW3 2026").kode, parse_periode("2026-SM1").kode, parse_periode("2026").kode
    ('2026-TW3', '2026-SM1', '2026')
    >>> parse_periode("Triwulan III Tahun 2026").kode
    '2026-TW3'

    Raises:
        PeriodeError: the text names no period, or a semester beyond II.
    """
    plain = " ".join(text.casefold().split())
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(plain):
            return _periode_of(found.groupdict(), text)
    raise PeriodeError(f"'{text}' bukan periode; contoh yang benar: 2026-TW3, 2026-SM1, 2026")


def _periode_of(found: dict[str, str | None], text: str) -> Periode:
    year, word, number = int(found["year"] or 0), found.get("word"), found.get("number")
    if not word or not number:
        return Periode(year, JenisPeriode.TAHUN)
    if word.startswith("t"):
        return Periode(year, JenisPeriode.TRIWULAN, _NUMBER[number])
    if _NUMBER[number] > 2:
        raise PeriodeError(f"'{text}': semester hanya 1 atau 2")
    return Periode(year, JenisPeriode.SEMESTER, _NUMBER[number])
