"""Working time: net office minutes in the office's zone, without rest, weekends and holidays (Perpres 21/2023)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of office time within one day, `mulai` included, `akhir` not."""

    mulai: time
    akhir: time


Week = tuple[tuple[Interval, ...], ...]
"""Seven days from Monday to Sunday; a day off is ()."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """When the office works."""

    zona: ZoneInfo
    normal: Week
    ramadan: Week
    masa_ramadan: tuple[tuple[date, date], ...] = ()  # both days included
    libur: tuple[tuple[date, str], ...] = ()  # national holidays, cuti bersama, regional days, with their names
    hari_kerja_khusus: frozenset[date] = frozenset()  # worked although a weekend or holiday (surat tugas)


def is_open(hours: WorkingHours, at: datetime) -> bool:
    """Tell whether the office works at this moment (aware)."""
    raise NotImplementedError


def next_opening(hours: WorkingHours, at: datetime) -> datetime:
    """Return `at` if the office works then, else the moment (aware UTC) when it next opens."""
    raise NotImplementedError


def add_minutes(hours: WorkingHours, start: datetime, minutes: int) -> datetime:
    """Return the moment (aware UTC) after this many net working minutes, counted from `start`."""
    raise NotImplementedError


def count_minutes(hours: WorkingHours, start: datetime, end: datetime) -> int:
    """Return the net working minutes between two moments; negative when `end` is earlier."""
    raise NotImplementedError
