"""When the office works: hours of the week, Ramadan, and what the office changes in the national calendar."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kinerja_mailbot.config.settings import LiburSettings
from kinerja_mailbot.config.table import Table, as_clock, as_day, shown
from kinerja_mailbot.domain.sop.working_time import Interval, Week, WorkingHours

_WORKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat")
_WEEKEND = ("sabtu", "minggu")
_INTERVAL = re.compile(r"(\d\d[:.]\d\d)\s*[-–]\s*(\d\d[:.]\d\d)")
_MONTH_AND_DAY = re.compile(r"(\d\d)-(\d\d)")
_INTERVAL_EXPECTED = 'rentang jam, misalnya "07:30-12:00", dengan jam akhir sesudah jam mulai'
_RANGE_EXPECTED = "pasangan tanggal awal dan akhir, misalnya [2026-02-18, 2026-03-19]"
_YEARLY_EXPECTED = 'bulan-tanggal, misalnya "02-05"'


def read_hours(table: Table, kantor: Table, zone_name: str) -> WorkingHours:
    """Read [jam_kerja], without holidays."""
    normal = _read_week(table.table("normal"))
    return WorkingHours(
        zona=_read_zone(kantor, zone_name),
        normal=normal,
        ramadan=_read_week(table.table("ramadan")) if table.has("ramadan") else normal,
        masa_ramadan=_read_ranges(table, "masa_ramadan"),
        hari_kerja_khusus=frozenset(table.days("hari_kerja_khusus")),
    )


def read_libur(table: Table) -> LiburSettings:
    """Read the office's changes to the national calendar from [jam_kerja]."""
    regional = tuple(_read_yearly(entry) for entry in table.tables("libur_daerah"))
    extra = tuple((entry.day("tanggal"), entry.text("nama")) for entry in table.tables("libur_tambahan"))
    return LiburSettings(
        daerah=tuple(entry for entry in regional if entry is not None),
        tambahan=extra,
        bukan=frozenset(table.days("bukan_libur")),
    )


def _read_zone(kantor: Table, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        kantor.complain("zona", shown(name), 'nama zona IANA: "Asia/Jayapura", "Asia/Makassar", atau "Asia/Jakarta"')
        return ZoneInfo("UTC")


def _read_week(table: Table) -> Week:
    week = tuple(_read_day(table, day, needed=day in _WORKDAYS) for day in (*_WORKDAYS, *_WEEKEND))
    if not any(week) and table.names():
        table.complain("senin", "tidak ada jam kerja sama sekali", "sedikitnya satu rentang jam dalam sepekan")
    return week


def _read_day(table: Table, key: str, *, needed: bool) -> tuple[Interval, ...]:
    if needed and not table.has(key):
        table.complain(key, "tidak ada", 'daftar rentang jam, misalnya ["07:30-12:00", "13:00-16:00"]')
    intervals = tuple(_read_interval(table, name, value) for name, value in table.items(key))
    good = tuple(i for i in intervals if i is not None)
    for earlier, later in pairwise(good):
        if later.mulai < earlier.akhir:
            found = f"{later.mulai:%H:%M} sebelum {earlier.akhir:%H:%M}"
            table.complain(key, found, "rentang jam yang berurutan dan tidak bertumpang tindih")
    return good


def _read_interval(table: Table, name: str, value: object) -> Interval | None:
    found = _INTERVAL.fullmatch(value.strip()) if isinstance(value, str) else None
    start, end = (as_clock(found[1]), as_clock(found[2])) if found else (None, None)
    if start is None or end is None or end <= start:
        table.complain(name, shown(value), _INTERVAL_EXPECTED)
        return None
    return Interval(start, end)


def _read_ranges(table: Table, key: str) -> tuple[tuple[date, date], ...]:
    ranges: list[tuple[date, date]] = []
    for name, value in table.items(key):
        days = tuple(as_day(item) for item in value) if isinstance(value, list) else ()
        match days:
            case (date() as first, date() as last) if first <= last:
                ranges.append((first, last))
            case _:
                table.complain(name, shown(value), _RANGE_EXPECTED)
    return tuple(sorted(ranges))


def _read_yearly(entry: Table) -> tuple[int, int, str] | None:
    written, name = entry.text("tanggal"), entry.text("nama")
    found = _MONTH_AND_DAY.fullmatch(written)
    day = as_day(f"2027-{written}") if found else None  # no leap year: a day that every year has
    if day is None:
        entry.complain("tanggal", shown(written), _YEARLY_EXPECTED)
        return None
    return day.month, day.day, name
