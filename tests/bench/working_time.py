"""Measure working time: 100,000 deadlines and countings over twenty years: python -m tests.bench.working_time [--json]

The calendar is the one that the service works with, with holidays, Ramadan and special working days of twenty years;
the moments are drawn once and are the same in every run.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from kinerja_mailbot.adapters.calendar import IndonesianCalendar
from kinerja_mailbot.domain.sop.version import BacaanHari
from kinerja_mailbot.domain.sop.working_time import WorkingHours, add_minutes, add_standard, count_minutes, next_opening
from tests.domain.office import HOURS

HOW_MANY = 100_000
GOAL_SECONDS = 1.0
YEARS = range(2023, 2043)
FIRST = datetime(YEARS[0], 1, 1, tzinfo=UTC)
MINUTES = 20 * 365 * 24 * 60
A_YEAR = 235 * 450  # net minutes


def office() -> WorkingHours:
    """Return the hours of the tests with twenty years of holidays, Ramadan and surat tugas."""
    calendar = IndonesianCalendar()
    return replace(
        HOURS,
        libur=tuple(day for year in YEARS for day in calendar.holidays(year)),
        masa_ramadan=tuple((date(year, 3, 1), date(year, 3, 29)) for year in YEARS),
        hari_kerja_khusus=frozenset(date(year, 11, 28) for year in YEARS),
    )


def main() -> None:
    """Print how long each kind takes, in seconds for all of them and microseconds for one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    as_json: bool = parser.parse_args().json
    hours, dice = office(), random.Random(2026)  # noqa: S311 - the same moments in every run
    starts = [FIRST + timedelta(minutes=dice.randrange(MINUTES)) for _ in range(HOW_MANY)]
    kinds: dict[str, Callable[[datetime], object]] = {
        "a step of 480 minutes": lambda at: add_minutes(hours, at, 480),
        "a step of one working day": lambda at: add_standard(hours, at, 480, BacaanHari.ONE_WORKING_DAY),
        "a year of office time on": lambda at: add_minutes(hours, at, A_YEAR),
        "a year of office time back": lambda at: add_minutes(hours, at, -A_YEAR),
        "twenty years of office time on": lambda at: add_minutes(hours, at, 20 * A_YEAR),
        "the next opening": lambda at: next_opening(hours, at),
        "minutes since the first day": lambda at: count_minutes(hours, FIRST, at),
    }
    figures = {name: seconds(kind, starts) for name, kind in kinds.items()}
    sys.stdout.write(json.dumps(figures) if as_json else table(figures))
    sys.stdout.write("\n")


def table(figures: dict[str, float]) -> str:
    """Return the figures, one kind a line."""
    lines = (
        f"{name:32} {took:6.3f} s  {took / HOW_MANY * 1e6:6.2f} µs each  {'' if took < GOAL_SECONDS else 'MISSED'}"
        for name, took in figures.items()
    )
    return "\n".join((f"{HOW_MANY:,} each; goal: under {GOAL_SECONDS} s", *lines))


def seconds(kind: Callable[[datetime], object], starts: list[datetime]) -> float:
    """Return how long one kind takes for all the moments."""
    begun = time.perf_counter()
    for start in starts:
        kind(start)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
