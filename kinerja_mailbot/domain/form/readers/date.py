"""Dates: real ones, serial numbers, and the many ways of writing a day in Indonesian."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_FLOOR

from kinerja_mailbot.domain import text as office
from kinerja_mailbot.domain.form.catalogue import words
from kinerja_mailbot.domain.form.readers.absence import read_absence
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.outcomes import accepted, tell
from kinerja_mailbot.domain.form.readers.typed import clean, quoted, to_decimal
from kinerja_mailbot.domain.form.value import RawCell, Reading

_EPOCH = date(1899, 12, 30)  # day 0 of Excel's serial numbers, its false 29 February 1900 included
_SERIALS = range(40_000, 60_001)  # July 2009 to April 2064: no other figure of a date column lies there
_YEARS = range(2000, 2101)

# First letters are enough and tell Indonesian, old and English spellings alike; "ma" alone would be March or May.
_MONTHS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (number, re.compile(pattern))
    for number, pattern in (
        (1, r"jan(uari|uary)?"),
        (2, r"[fp]eb(ruari|uari|ruary)?"),
        (3, r"mar(et|t|ch)?|mrt"),
        (4, r"apr(il)?"),
        (5, r"mei|may"),
        (6, r"jun[iey]?"),
        (7, r"jul[iy]?"),
        (8, r"ag(ustus|us|u|t|s|st)|aug(ust)?|agts"),
        (9, r"sept?(ember)?"),
        (10, r"o[kc]t(ober)?"),
        (11, r"no[vp](ember)?"),
        (12, r"de[sc](ember)?"),
    )
)
_LEAD = re.compile(
    r"^(tanggal|tgl\.?|(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday)\s*[,/]?)\s*:?\s*",
    re.IGNORECASE,
)
_NAMED = re.compile(r"([0-9]{1,2})\s*[-/., ]?\s*([a-z]+)\.?\s*[-/., ]?\s*([0-9]{4}|'?[0-9]{2})", re.IGNORECASE)
_NUMBERED = re.compile(r"([0-9]{1,2})\s*([-/. ])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_NO_DAY = re.compile(
    r"(tahun|ta|bulan)?\.?\s*"
    r"(20[0-9]{2}|(tw|triwulan|semester|sm)\.?\s*([1-4]|i{1,3}|iv)\b.*|[a-z]+\.?\s*[-/ ]?\s*20[0-9]{2})",
    re.IGNORECASE,
)


def read_date(cell: RawCell, context: CellContext) -> Reading:
    """Read a day; numbers between slashes are day, month, year, as in Indonesia.

    >>> from kinerja_mailbot.domain.form.definition import ColumnType
    >>> context = CellContext(jenis=ColumnType.TANGGAL)
    >>> read_date(RawCell("Kamis, 5 Januari 2023"), context).value, read_date(RawCell("05/01/2023"), context).value
    (datetime.date(2023, 1, 5), datetime.date(2023, 1, 5))
    """
    absent = read_absence(cell, context)
    if absent is not None:
        return absent
    match cell.value:
        case datetime():
            return _judge_real(cell.value.date(), cell, context)
        case date():
            return _judge_real(cell.value, cell, context)
        case bool() | time():
            return _refuse(cell)
        case int() | float():
            return _read_serial(cell.value, cell)
        case str():
            return _read_text(clean(cell.value), cell)
        case _:
            return _refuse(cell)


def _judge_real(day: date, cell: RawCell, context: CellContext) -> Reading:
    """Ask when Excel may have swapped day and month: only the swapped date lies in the period."""
    if day.year not in _YEARS:
        return _refuse(cell)
    swapped = date(day.year, day.day, day.month) if day.day <= 12 else day
    if context.awal and context.akhir and not _within(day, context) and _within(swapped, context):
        seen, meant = office.tanggal(day), office.tanggal(swapped)
        return tell(words.DAY_OR_MONTH, pilihan=(day, swapped), first=seen, second=meant)
    return accepted(day)


def _within(day: date, context: CellContext) -> bool:
    return context.awal is not None and context.akhir is not None and context.awal <= day <= context.akhir


def _read_serial(number: float, cell: RawCell) -> Reading:
    value = to_decimal(number)
    if value is None or int(value) not in _SERIALS:
        is_year = value is not None and value == value.to_integral_value() and int(value) in _YEARS
        return _refuse_without_day(cell) if is_year else _refuse(cell)
    day = _EPOCH + timedelta(days=int(value.to_integral_value(ROUND_FLOOR)))
    return tell(words.SERIAL_DAY, day, said=quoted(cell), read=office.tanggal(day))


def _read_text(text: str, cell: RawCell) -> Reading:
    bare = _LEAD.sub("", _LEAD.sub("", text)).strip()
    if found := _ISO.fullmatch(bare):
        return _judge_text(_day(found[1], found[3], found[4]), cell)
    if found := _NAMED.fullmatch(bare):
        return _judge_text(_day(found[3].strip("'"), _month(found[2]), found[1]), cell)
    if found := _NUMBERED.fullmatch(bare):
        return _read_numbered(found[1], found[3], found[4], cell)
    if _NO_DAY.fullmatch(bare):
        return _refuse_without_day(cell)
    if bare.isascii() and bare.isdigit() and int(bare[:6]) in _SERIALS and len(bare) == 5:
        return _read_serial(int(bare), cell)
    return _refuse(cell)


def _read_numbered(first: str, second: str, year: str, cell: RawCell) -> Reading:
    day = _day(year, second, first)
    swapped = _day(year, first, second)
    if day is None and swapped is not None and int(second) > 12:
        return tell(words.MONTH_FIRST, swapped, said=quoted(cell), read=office.tanggal(swapped))
    return _judge_text(day, cell)


def _judge_text(day: date | None, cell: RawCell) -> Reading:
    return _refuse(cell) if day is None else accepted(day)


def _month(name: str) -> str:
    return next((str(number) for number, pattern in _MONTHS if pattern.fullmatch(name.casefold())), "0")


def _day(year: str, month: str, day: str) -> date | None:
    full_year = int(year) if len(year) == 4 else 2000 + int(year)
    if full_year not in _YEARS:
        return None
    try:
        return date(full_year, int(month), int(day))
    except ValueError:  # 31 Februari
        return None


def _refuse(cell: RawCell) -> Reading:
    return tell(words.NO_DATE, said=quoted(cell))


def _refuse_without_day(cell: RawCell) -> Reading:
    return tell(words.DAY_MISSING, said=quoted(cell))
