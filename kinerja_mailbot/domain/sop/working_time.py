"""Working time: net office minutes in the office's zone, without rest, weekends and holidays (Perpres 21/2023)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from kinerja_mailbot.domain.sop.version import BacaanHari

SOP_DAY = 480
"""What the SOP calls a day: a step of 480 minutes (DOMAIN F1)."""

_MINUTE = 60_000_000  # microseconds: deadlines keep the seconds of the moment that they count from
_NOON = time(12)
_MIDNIGHT = time()
_MICROSECOND = timedelta(microseconds=1)
_LAST_DAY = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of office time within one day, `mulai` included, `akhir` not."""

    mulai: time
    akhir: time


Week = tuple[tuple[Interval, ...], ...]
"""Seven days from Monday to Sunday; a day off is ()."""


class NeverOpenError(ValueError):
    """The configured hours hold no office time in that direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """When the office works."""

    zona: ZoneInfo
    normal: Week
    ramadan: Week
    masa_ramadan: tuple[tuple[date, date], ...] = ()  # both days included
    libur: tuple[tuple[date, str], ...] = ()  # national holidays, cuti bersama, regional days, with their names
    hari_kerja_khusus: frozenset[date] = frozenset()  # worked although a weekend or holiday (surat tugas)
    _tally: _Tally = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_tally", _Tally(self))


def intervals_of(hours: WorkingHours, day: date) -> tuple[Interval, ...]:
    """Return the office time of one day, earliest first; () on a day off.

    A special working day (surat tugas) has the hours of its weekday, and Monday's if that weekday has none.
    """
    return hours._tally.intervals_of(day)


def is_working_day(hours: WorkingHours, day: date) -> bool:
    """Tell whether the office works at all on that day."""
    return bool(intervals_of(hours, day))


def local_day(hours: WorkingHours, at: datetime) -> date:
    """Return the office's calendar day at this moment (aware)."""
    return at.astimezone(hours.zona).date()


def is_open(hours: WorkingHours, at: datetime) -> bool:
    """Tell whether the office works at this moment (aware); at the closing minute itself it no longer does."""
    local = at.astimezone(hours.zona)
    clock = local.time()
    return any(i.mulai <= clock < i.akhir for i in intervals_of(hours, local.date()))


def next_opening(hours: WorkingHours, at: datetime) -> datetime:
    """Return `at` if the office works then, else the moment when it next opens; aware UTC.

    Raises:
        NeverOpenError: the hours hold no office time after `at`.
    """
    if is_open(hours, at):
        return at.astimezone(UTC)
    return _moment(hours, _worked_until(hours, at))


def add_minutes(hours: WorkingHours, start: datetime, minutes: int) -> datetime:
    """Return the moment (aware UTC) after this many net working minutes, counted from `start`.

    Forwards it is the earliest such moment: 450 minutes from 07.30 end at 16.00 the same day, not at 07.30 the next.
    Backwards (negative minutes) it is the latest one, and always office time. Zero minutes end when the clock
    begins to run: at the next opening. `count_minutes(hours, start, add_minutes(hours, start, n)) == n` for every n.

    >>> week = ((Interval(time(8), time(12)), Interval(time(13), time(16))),) * 5 + ((), ())
    >>> hours = WorkingHours(zona=ZoneInfo("Asia/Jayapura"), normal=week, ramadan=week)
    >>> friday = datetime(2026, 11, 27, 15, 30, tzinfo=hours.zona)
    >>> add_minutes(hours, friday, 60).astimezone(hours.zona).isoformat()
    '2026-11-30T08:30:00+09:00'
    >>> count_minutes(hours, friday, friday + timedelta(days=7))
    2100

    Raises:
        NeverOpenError: the hours hold too little office time in that direction.
    """
    if not minutes:
        return next_opening(hours, start)
    worked = _worked_until(hours, start) + minutes * _MINUTE
    if minutes < 0:
        return _moment(hours, worked)
    return _end_of(hours, worked)


def count_minutes(hours: WorkingHours, start: datetime, end: datetime) -> int:
    """Return the whole net working minutes between two moments; negative when `end` is earlier."""
    if end < start:
        return -count_minutes(hours, end, start)
    return (_worked_until(hours, end) - _worked_until(hours, start)) // _MINUTE


def add_standard(hours: WorkingHours, start: datetime, menit: int, bacaan: BacaanHari) -> datetime:
    """Return when a standard time of the SOP that begins at `start` is over; aware UTC.

    Read as `one_working_day`, each full 480 minutes are one working day: the net minutes of the day on which the clock
    begins to run (450, in Ramadan 390), so that 09.00 ends at 09.00 of the next working day. What is left, such as
    the 30 minutes of steps 1 to 3, stays net minutes in both readings (DOMAIN F1).

    Raises:
        NeverOpenError: the hours hold no office time after `start`.
    """
    if bacaan is BacaanHari.NET_MINUTES:
        return add_minutes(hours, start, menit)
    days, rest = divmod(menit, SOP_DAY)
    if not days:
        return add_minutes(hours, start, rest)
    worked = _worked_until(hours, start)
    for _ in range(days):
        worked += hours._tally.length_of_day_at(worked)
    return _end_of(hours, worked + rest * _MINUTE)


def half_day(hours: WorkingHours, at: datetime) -> tuple[date, int]:
    """Return which half of which office day it is: 0 until the rest is over, 1 after it.

    A day without a rest, or off, is parted at noon. Reminders go out at most once in each half (DOMAIN 6.3).
    """
    local = at.astimezone(hours.zona)
    intervals = intervals_of(hours, local.date())
    parting = intervals[1].mulai if len(intervals) > 1 else _NOON
    return local.date(), int(local.time() >= parting)


def _worked_until(hours: WorkingHours, at: datetime) -> int:
    """Return the microseconds that the office had ever worked until this moment."""
    local = at.astimezone(hours.zona)
    ordinal, clock = local.toordinal(), _micro(local)
    worked = hours._tally.before(ordinal)
    for begin, end in hours._tally.spans(ordinal):
        if clock > begin:
            worked += min(clock, end) - begin
    return worked


def _moment(hours: WorkingHours, worked: int) -> datetime:
    """Return the moment of office time (aware UTC) at which this much had been worked."""
    ordinal, rest = hours._tally.day_of(worked)
    midnight = datetime.combine(date.fromordinal(ordinal), _MIDNIGHT, hours.zona)
    for begin, end in hours._tally.spans(ordinal):
        if rest < end - begin:
            # Wall-clock arithmetic, then the zone's offset at that very clock time: right across a change of offset.
            return (midnight + timedelta(microseconds=begin + rest)).astimezone(UTC)
        rest -= end - begin
    raise AssertionError("day_of returns the day that holds the moment")


def _end_of(hours: WorkingHours, worked: int) -> datetime:
    # The moment that ends the last worked microsecond, not the one that begins the next: they differ at closing time.
    return _moment(hours, worked - 1) + _MICROSECOND


def _micro(clock: time | datetime) -> int:
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000_000 + clock.microsecond


_Spans = tuple[tuple[int, int], ...]  # (begin, end) in microseconds of the day


class _Tally:
    """The office time before any day, by arithmetic: whole weeks, plus what the odd days differ from their weekday.

    Built once with the hours, so that a deadline costs microseconds however many years it spans.
    """

    __slots__ = ("_odd", "_odd_days", "_odd_starts", "_odd_sums", "_spans", "_week", "_week_sums")

    def __init__(self, hours: WorkingHours) -> None:
        self._week = hours.normal
        self._spans = tuple(_spans_of(day) for day in hours.normal)
        self._week_sums = tuple(accumulate((_length(s) for s in self._spans), initial=0))
        odd = _odd_days(hours)
        self._odd = {day.toordinal(): (intervals, _spans_of(intervals)) for day, intervals in odd.items()}
        self._odd_days = tuple(sorted(self._odd))
        differences = (_length(self._odd[o][1]) - _length(self._spans[(o - 1) % 7]) for o in self._odd_days)
        self._odd_sums = tuple(accumulate(differences, initial=0))
        self._odd_starts = tuple(self.before(ordinal) for ordinal in self._odd_days)

    def intervals_of(self, day: date) -> tuple[Interval, ...]:
        found = self._odd.get(day.toordinal())
        return self._week[day.weekday()] if found is None else found[0]

    def spans(self, ordinal: int) -> _Spans:
        found = self._odd.get(ordinal)
        return self._spans[(ordinal - 1) % 7] if found is None else found[1]

    def before(self, ordinal: int) -> int:
        """Return the office time (microseconds) of all days before this one, from Monday 1 January of year 1 on."""
        weeks, days = divmod(ordinal - 1, 7)
        return weeks * self._week_sums[7] + self._week_sums[days] + self._odd_sums[bisect_left(self._odd_days, ordinal)]

    def length_of_day_at(self, worked: int) -> int:
        """Return the office time of the day in which this much had been worked."""
        return _length(self.spans(self.day_of(worked)[0]))

    def day_of(self, worked: int) -> tuple[int, int]:
        """Return the day in whose office time this much had been worked, and how much of it was that day's own."""
        odd = bisect_right(self._odd_starts, worked)
        if odd:  # the last odd day that had begun by then: it is that very day, or an ordinary one before the next
            ordinal, rest = self._odd_days[odd - 1], worked - self._odd_starts[odd - 1]
            if rest < _length(self._odd[ordinal][1]):
                return ordinal, rest
        if not self._week_sums[7]:
            raise NeverOpenError("the working hours hold no more office time in that direction")
        weeks, rest = divmod(worked - self._odd_sums[odd], self._week_sums[7])
        day = bisect_right(self._week_sums, rest) - 1
        ordinal = weeks * 7 + day + 1
        if not 1 <= ordinal <= _LAST_DAY:
            raise NeverOpenError("the working hours hold no office time in that direction before the calendar ends")
        return ordinal, rest - self._week_sums[day]


def _odd_days(hours: WorkingHours) -> dict[date, tuple[Interval, ...]]:
    """Return every day whose office time is not that of its weekday: Ramadan first, then days off, then surat tugas."""
    odd: dict[date, tuple[Interval, ...]] = {}
    for first, last in hours.masa_ramadan:
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            odd[day] = hours.ramadan[day.weekday()]
    weeks = dict.fromkeys(odd, hours.ramadan)
    odd.update((day, ()) for day, _ in hours.libur)
    for day in hours.hari_kerja_khusus:
        week = weeks.get(day, hours.normal)
        odd[day] = week[day.weekday()] or week[0]
    return odd


def _spans_of(intervals: tuple[Interval, ...]) -> _Spans:
    return tuple((_micro(i.mulai), _micro(i.akhir)) for i in intervals)


def _length(spans: _Spans) -> int:
    return sum(end - begin for begin, end in spans)
