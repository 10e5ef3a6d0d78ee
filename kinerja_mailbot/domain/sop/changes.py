"""What an order may change about the SOP's clock: time added to a deadline, and the time for which the clock stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.sop.version import BacaanHari
from kinerja_mailbot.domain.sop.working_time import SOP_DAY, WorkingHours, add_minutes, add_standard, count_minutes


@dataclass(frozen=True, slots=True)
class Lama:
    """How much time is given: working days, perhaps half of one more, and net working minutes."""

    hari: int = 0
    setengah: bool = False
    menit: int = 0

    @property
    def sebutan(self) -> str:
        """Return it as letters say it.

        >>> Lama(2).sebutan, Lama(1, setengah=True).sebutan, Lama(setengah=True).sebutan, Lama(menit=180).sebutan
        ('2 hari kerja', '1,5 hari kerja', 'setengah hari kerja', '3 jam kerja')
        >>> Lama(2, menit=180).sebutan
        '2 hari kerja dan 3 jam kerja'
        """
        days = f"{self.hari},5 hari kerja" if self.setengah else f"{self.hari} hari kerja"
        if self.setengah and not self.hari:
            days = "setengah hari kerja"
        parts = (days if self.hari or self.setengah else "", text.lama_kerja(self.menit) if self.menit else "")
        return " dan ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Perpanjangan:
    """Time that was added to a unit's deadline by order (SOP pengesahan 3); all times aware UTC."""

    unit: str
    dari_at: datetime
    menjadi_at: datetime
    lama: str  # "2 hari kerja", or "" where the order named the new deadline itself
    alasan: str
    oleh: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Penundaan:
    """A time for which the clock of a period stood (kahar, SOP pengesahan 3); without `sampai_at` it still stands."""

    mulai_at: datetime
    alasan: str
    oleh: str
    sampai_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MovedDeadline:
    """A unit's deadline before and after an order."""

    unit: str
    dari_at: datetime
    menjadi_at: datetime


@dataclass(frozen=True, slots=True)
class MovedStep:
    """The due time of an unfinished step before and after an order."""

    nomor: int
    dari_at: datetime
    menjadi_at: datetime


def extend(hours: WorkingHours, due: datetime, lama: Lama, now: datetime) -> datetime:
    """Return the deadline with this much time added; what has passed by `now` is extended from now on. Aware UTC.

    A working day ends at the same clock time of the next working day, whatever its net minutes (DOMAIN F1).

    Raises:
        NeverOpenError: the hours hold too little office time.
    """
    at = max(due, now)
    if lama.hari:
        at = add_standard(hours, at, lama.hari * SOP_DAY, BacaanHari.ONE_WORKING_DAY)
    if lama.setengah:
        day = count_minutes(hours, at, add_standard(hours, at, SOP_DAY, BacaanHari.ONE_WORKING_DAY))
        at = add_minutes(hours, at, day // 2)
    return add_minutes(hours, at, lama.menit) if lama.menit else at


def open_pause(pauses: tuple[Penundaan, ...]) -> Penundaan | None:
    """Return the pause that has not ended."""
    return next((pause for pause in pauses if pause.sampai_at is None), None)


def counted_from(pauses: tuple[Penundaan, ...], at: datetime) -> datetime:
    """Return the moment from which time is counted for what happens at `at`.

    What begins while the clock stands has its whole time after the resumption; until that is known it is counted from
    the moment at which the clock stopped, for the resumption will move it by the whole pause.
    """
    for pause in pauses:
        if pause.mulai_at <= at and (pause.sampai_at is None or at < pause.sampai_at):
            return pause.sampai_at or pause.mulai_at
    return at


def after_pause(hours: WorkingHours, due: datetime, stopped: datetime, resumed: datetime) -> datetime:
    """Return the due time moved by the net working minutes for which the clock stood; aware UTC.

    What was late when the clock stopped is as late when it goes on. A pause without office time moves nothing.
    """
    minutes = count_minutes(hours, stopped, resumed)
    return add_minutes(hours, due, minutes) if minutes > 0 else due


def due_after(
    hours: WorkingHours, pauses: tuple[Penundaan, ...], begun: datetime, menit: int, bacaan: BacaanHari
) -> datetime:
    """Return when a standard time that began at `begun` is over, the pauses since then left out; aware UTC.

    Raises:
        NeverOpenError: the hours hold no office time after `begun`.
    """
    start = counted_from(pauses, begun)
    due = add_standard(hours, start, menit, bacaan)
    for pause in pauses:
        if pause.sampai_at is not None and pause.mulai_at >= start:
            due = after_pause(hours, due, pause.mulai_at, pause.sampai_at)
    return due


def minutes_stood(hours: WorkingHours, pauses: tuple[Penundaan, ...], since: datetime, until: datetime) -> int:
    """Return for how many net working minutes between two moments the clock stood."""
    return sum(
        max(count_minutes(hours, max(pause.mulai_at, since), min(pause.sampai_at or until, until)), 0)
        for pause in pauses
        if pause.mulai_at < until
    )
