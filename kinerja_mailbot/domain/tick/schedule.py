"""The schedule: which periods open by themselves, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kinerja_mailbot.domain.periode import JenisPeriode, Periode, parse_periode
from kinerja_mailbot.domain.policy import Jadwal
from kinerja_mailbot.domain.sop.working_time import (
    WorkingHours,
    is_open,
    is_working_day,
    local_day,
    next_opening,
)

# A first start must not ask for data of long ago: without `mulai` only what fell due within a month is caught up.
_CATCH_UP = timedelta(days=31)
_PER_YEAR = {JenisPeriode.TRIWULAN: 4, JenisPeriode.SEMESTER: 2, JenisPeriode.TAHUN: 1}


@dataclass(frozen=True, slots=True)
class ScheduledPeriod:
    """A period that the schedule opens, and the moment (aware UTC) from which it is owed."""

    periode: Periode
    buka_at: datetime


def opening_moment(periode: Periode, jadwal: Jadwal, hours: WorkingHours) -> datetime:
    """Return when a period opens: `jadwal.pukul` on the first working day after its last day; aware UTC.

    An hour outside office time means the next opening.
    """
    day = periode.last_day + timedelta(days=1)
    while not is_working_day(hours, day):
        day += timedelta(days=1)
    return next_opening(hours, datetime.combine(day, jadwal.pukul, hours.zona))


def due_periods(  # noqa: PLR0913 - what the schedule depends on
    jadwal: Jadwal,
    hours: WorkingHours,
    efektif: date,
    opened: Mapping[str, datetime],
    now: datetime,
    *,
    is_paused: bool = False,
) -> tuple[ScheduledPeriod, ...]:
    """Return the periods that the schedule owes by `now`, the one owed longest first.

    What fell due while the service was down is still owed, back to `jadwal.mulai`; without that, back to the last
    opening of any period, or 31 days. Nothing opens while the office is closed, and nothing that fell due before the
    SOP took effect (SOP pengesahan 7). While the clock of another period stands (kahar), the opening waits for LANJUT.
    `opened` says when each period on record was opened.
    """
    if is_paused or not is_open(hours, now):
        return ()
    first = parse_periode(jadwal.mulai).last_day if jadwal.mulai else None
    since = min([now - _CATCH_UP, *sorted(opened.values())[-1:]])
    oldest = (first or local_day(hours, since)).year - 1
    candidates = (p for p in _periods(jadwal, oldest, local_day(hours, now)) if p.kode not in opened)
    owed = (
        ScheduledPeriod(periode, moment)
        for periode in candidates
        for moment in [opening_moment(periode, jadwal, hours)]
        if moment <= now and local_day(hours, moment) >= efektif
        if (periode.last_day >= first if first else moment > since)
    )
    return tuple(sorted(owed, key=lambda due: (due.buka_at, due.periode.kode)))


def _periods(jadwal: Jadwal, first_year: int, today: date) -> tuple[Periode, ...]:
    """Return the periods of the scheduled kinds that are over by today."""
    every = (
        Periode(year, kind, number)
        for year in range(first_year, today.year + 1)
        for kind in jadwal.jenis
        for number in range(1, _PER_YEAR[kind] + 1)
    )
    return tuple(periode for periode in every if periode.last_day < today)
