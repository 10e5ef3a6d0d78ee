"""Working time: every worked row of DOMAIN 4.2 to the minute, and the laws that hold for any start and length."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_mailbot.domain.sop.version import BacaanHari
from kinerja_mailbot.domain.sop.working_time import (
    NeverOpenError,
    WorkingHours,
    add_minutes,
    add_standard,
    count_minutes,
    half_day,
    intervals_of,
    is_open,
    is_working_day,
    next_opening,
)
from tests.domain.office import HOURS, NORMAL, RAMADAN, WIT, wit

# DOMAIN 4.2: start, +30, +480 net minutes.
WORKED = {
    "a whole day and a bit": ("2026-11-23 07.30", "2026-11-23 08.00", "2026-11-24 08.00"),
    "over the rest": ("2026-11-23 09.00", "2026-11-23 09.30", "2026-11-24 09.30"),
    "over a weekend": ("2026-11-27 15.50", "2026-11-27 16.20", "2026-11-30 15.50"),
    "over Christmas": ("2026-12-23 14.00", "2026-12-23 14.30", "2026-12-28 14.30"),
    "from a Sunday evening": ("2026-11-22 20.00", "2026-11-23 08.00", "2026-11-24 08.00"),
    "over Nyepi and Idulfitri": ("2026-03-17 14.00", "2026-03-17 14.30", "2026-03-25 14.30"),
}


@pytest.mark.parametrize(("start", "half_hour", "sop_day"), WORKED.values(), ids=WORKED.keys())
def test_the_worked_rows_hold_to_the_minute(start: str, half_hour: str, sop_day: str) -> None:
    assert add_minutes(HOURS, wit(start), 30) == wit(half_hour)
    assert add_minutes(HOURS, wit(start), 480) == wit(sop_day)
    assert count_minutes(HOURS, wit(start), wit(sop_day)) == 480


EDGES = {
    "a day ends at its closing, not at the next opening": ("2026-11-23 07.30", 450, "2026-11-23 16.00"),
    "a morning ends when the rest begins": ("2026-11-23 07.30", 270, "2026-11-23 12.00"),
    "the first minute after the rest": ("2026-11-23 07.30", 271, "2026-11-23 13.01"),
    "nothing to count during office hours": ("2026-11-23 09.00", 0, "2026-11-23 09.00"),
    "nothing to count at night": ("2026-11-23 22.00", 0, "2026-11-24 07.30"),
    "backwards over the rest": ("2026-11-23 13.10", -20, "2026-11-23 11.50"),
    "backwards to an opening, not to a closing": ("2026-11-24 08.00", -30, "2026-11-24 07.30"),
    "backwards from a deadline at closing time": ("2026-11-23 16.00", -450, "2026-11-23 07.30"),
    "backwards over a weekend": ("2026-11-30 07.40", -20, "2026-11-27 16.20"),
}


@pytest.mark.parametrize(("start", "minutes", "expected"), EDGES.values(), ids=EDGES.keys())
def test_the_edges_of_a_day_are_kept(start: str, minutes: int, expected: str) -> None:
    assert add_minutes(HOURS, wit(start), minutes) == wit(expected)


OPEN = {
    "opening minute": ("2026-11-23 07.30", True),
    "before opening": ("2026-11-23 07.29", False),
    "rest": ("2026-11-23 12.00", False),
    "after the rest": ("2026-11-23 13.00", True),
    "closing minute": ("2026-11-23 16.00", False),
    "Friday's later closing": ("2026-11-27 16.29", True),
    "Saturday": ("2026-11-28 09.00", False),
    "cuti bersama": ("2026-12-24 09.00", False),
}


@pytest.mark.parametrize(("at", "expected"), OPEN.values(), ids=OPEN.keys())
def test_the_office_is_open_in_its_hours_only(at: str, expected: bool) -> None:
    assert is_open(HOURS, wit(at)) is expected


def test_the_opening_after_a_long_block_of_days_off_is_found() -> None:
    assert next_opening(HOURS, wit("2026-03-17 16.00")) == wit("2026-03-25 07.30")


def test_moments_are_taken_in_any_zone_and_given_in_utc() -> None:
    start = datetime(2026, 11, 23, 9, tzinfo=WIT)

    end = add_minutes(HOURS, start, 30)

    assert end == datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    assert end.tzinfo is UTC


def test_seconds_of_the_start_are_kept() -> None:
    start = wit("2026-11-23 11.59") + timedelta(seconds=30)

    assert add_minutes(HOURS, start, 1) == wit("2026-11-23 13.00") + timedelta(seconds=30)


RAMADAN_HOURS = replace(HOURS, masa_ramadan=((date(2026, 2, 19), date(2026, 3, 19)),), libur=())


def test_ramadan_days_are_shorter() -> None:
    assert add_minutes(RAMADAN_HOURS, wit("2026-03-02 08.00"), 390) == wit("2026-03-02 15.00")
    assert add_minutes(RAMADAN_HOURS, wit("2026-03-02 08.00"), 480) == wit("2026-03-03 09.30")


def test_normal_hours_return_after_the_last_day_of_ramadan() -> None:
    assert intervals_of(RAMADAN_HOURS, date(2026, 3, 19)) == RAMADAN[3]
    assert intervals_of(RAMADAN_HOURS, date(2026, 3, 20)) == NORMAL[4]


def test_a_day_off_in_ramadan_is_off() -> None:
    hours = replace(RAMADAN_HOURS, libur=((date(2026, 3, 19), "Hari Suci Nyepi"),))

    assert not is_working_day(hours, date(2026, 3, 19))


SPECIAL = {
    "a Saturday works like a Monday": (date(2026, 11, 28), NORMAL[0]),
    "a holiday on a Friday works like a Friday": (date(2026, 12, 25), NORMAL[4]),
    "a Sunday in Ramadan works like a Monday in Ramadan": (date(2026, 3, 1), RAMADAN[0]),
}


@pytest.mark.parametrize(("day", "expected"), SPECIAL.values(), ids=SPECIAL.keys())
def test_special_working_days_have_hours(day: date, expected: object) -> None:
    hours = replace(HOURS, masa_ramadan=((date(2026, 2, 19), date(2026, 3, 19)),), hari_kerja_khusus=frozenset({day}))

    assert intervals_of(hours, day) == expected


READINGS = {
    "net minutes": (BacaanHari.NET_MINUTES, "2026-11-23 09.00", 480, "2026-11-24 09.30"),
    "one working day keeps the clock": (BacaanHari.ONE_WORKING_DAY, "2026-11-23 09.00", 480, "2026-11-24 09.00"),
    "one working day over a weekend": (BacaanHari.ONE_WORKING_DAY, "2026-11-27 09.00", 480, "2026-11-30 09.00"),
    "one working day from an opening": (BacaanHari.ONE_WORKING_DAY, "2026-11-23 07.30", 480, "2026-11-23 16.00"),
    "one working day from a Sunday": (BacaanHari.ONE_WORKING_DAY, "2026-11-22 20.00", 480, "2026-11-23 16.00"),
    "two working days": (BacaanHari.ONE_WORKING_DAY, "2026-11-23 09.00", 960, "2026-11-25 09.00"),
    "half an hour stays half an hour": (BacaanHari.ONE_WORKING_DAY, "2026-11-23 09.00", 30, "2026-11-23 09.30"),
    "a day and half an hour": (BacaanHari.ONE_WORKING_DAY, "2026-11-23 09.00", 510, "2026-11-24 09.30"),
}


@pytest.mark.parametrize(("reading", "start", "menit", "expected"), READINGS.values(), ids=READINGS.keys())
def test_480_minutes_are_read_as_the_office_decided(reading: BacaanHari, start: str, menit: int, expected: str) -> None:
    assert add_standard(HOURS, wit(start), menit, reading) == wit(expected)


def test_one_working_day_in_ramadan_is_a_ramadan_day() -> None:
    end = add_standard(RAMADAN_HOURS, wit("2026-03-02 09.00"), 480, BacaanHari.ONE_WORKING_DAY)

    assert end == wit("2026-03-03 09.00")


HALVES = {
    "morning": ("2026-11-23 09.00", (date(2026, 11, 23), 0)),
    "rest": ("2026-11-23 12.30", (date(2026, 11, 23), 0)),
    "afternoon": ("2026-11-23 13.00", (date(2026, 11, 23), 1)),
    "a day off is parted at noon": ("2026-11-28 12.00", (date(2026, 11, 28), 1)),
}


@pytest.mark.parametrize(("at", "expected"), HALVES.values(), ids=HALVES.keys())
def test_a_day_has_two_halves(at: str, expected: tuple[date, int]) -> None:
    assert half_day(HOURS, wit(at)) == expected


def test_an_office_that_never_opens_is_an_error_and_no_endless_search() -> None:
    closed = WorkingHours(zona=WIT, normal=((),) * 7, ramadan=((),) * 7)

    with pytest.raises(NeverOpenError):
        next_opening(closed, wit("2026-11-23 09.00"))
    with pytest.raises(NeverOpenError):
        add_minutes(closed, wit("2026-11-23 09.00"), -1)


ONLY_SATURDAYS = WorkingHours(
    zona=WIT,
    normal=(NORMAL[0], *((),) * 6),
    ramadan=((),) * 7,
    libur=tuple((date(2026, 1, 5) + timedelta(weeks=n), "Libur") for n in range(60)),
    hari_kerja_khusus=frozenset({date(2026, 11, 28), date(2026, 12, 5)}),
)
ODD_DAYS = {
    "from closing to closing": (HOURS, "2026-11-23 16.00", 450, "2026-11-24 16.00"),
    "into a special working day": (ONLY_SATURDAYS, "2026-01-04 09.00", 30, "2026-11-28 08.00"),
    "from one special working day into the next": (ONLY_SATURDAYS, "2026-11-28 15.00", 61, "2026-12-05 07.31"),
    "to the very end of a special working day": (ONLY_SATURDAYS, "2026-11-28 07.30", 450, "2026-11-28 16.00"),
    "back to the start of a special working day": (ONLY_SATURDAYS, "2026-12-05 07.30", -450, "2026-11-28 07.30"),
    "out of the special days into an ordinary Monday": (ONLY_SATURDAYS, "2026-12-05 15.00", 61, "2027-03-01 07.31"),
    "into the first day of Ramadan": (RAMADAN_HOURS, "2026-02-18 15.59", 2, "2026-02-19 08.01"),
    "out of the last day of Ramadan": (RAMADAN_HOURS, "2026-03-19 14.59", 2, "2026-03-20 07.31"),
    "over the whole of Ramadan": (RAMADAN_HOURS, "2026-02-18 16.00", 21 * 390 + 1, "2026-03-20 07.31"),
    "back over the whole of Ramadan": (RAMADAN_HOURS, "2026-03-20 07.30", -21 * 390, "2026-02-19 08.00"),
}


@pytest.mark.parametrize(("hours", "start", "minutes", "expected"), ODD_DAYS.values(), ids=ODD_DAYS.keys())
def test_the_borders_of_odd_days_are_exact(hours: WorkingHours, start: str, minutes: int, expected: str) -> None:
    assert add_minutes(hours, wit(start), minutes) == wit(expected)


def test_office_time_that_runs_out_is_an_error() -> None:
    last_days = replace(ONLY_SATURDAYS, normal=((),) * 7)

    with pytest.raises(NeverOpenError):
        next_opening(replace(last_days, hari_kerja_khusus=frozenset()), wit("2026-11-28 07.30"))
    with pytest.raises(NeverOpenError):
        add_minutes(HOURS, wit("2026-11-28 07.30"), 10**12)
    with pytest.raises(NeverOpenError):
        add_minutes(HOURS, wit("2026-11-28 07.30"), -(10**12))


MOMENTS = st.datetimes(
    min_value=datetime(2015, 1, 1),  # noqa: DTZ001 - hypothesis takes naive bounds and adds the zone
    max_value=datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
CALENDARS = st.builds(
    lambda off, special, ramadan: replace(
        HOURS,
        libur=tuple((day, "Libur") for day in off),
        hari_kerja_khusus=frozenset(special),
        masa_ramadan=((ramadan, ramadan + timedelta(days=29)),),
    ),
    st.lists(st.dates(date(2025, 1, 1), date(2028, 1, 1)), max_size=40),
    st.lists(st.dates(date(2025, 1, 1), date(2028, 1, 1)), max_size=10),
    st.dates(date(2025, 1, 1), date(2028, 1, 1)),
)


@given(CALENDARS, MOMENTS, st.integers(-2_000_000, 2_000_000))
def test_counting_undoes_adding(hours: WorkingHours, start: datetime, minutes: int) -> None:
    assert count_minutes(hours, start, add_minutes(hours, start, minutes)) == minutes


@given(CALENDARS, MOMENTS, st.integers(1, 5_000))
def test_added_time_ends_at_the_earliest_moment(hours: WorkingHours, start: datetime, minutes: int) -> None:
    end = add_minutes(hours, start, minutes)

    assert count_minutes(hours, start, end - timedelta(microseconds=1)) == minutes - 1
    assert is_open(hours, end - timedelta(microseconds=1))


@given(CALENDARS, MOMENTS, st.integers(1, 5_000))
def test_subtracted_time_begins_in_office_time(hours: WorkingHours, start: datetime, minutes: int) -> None:
    assert is_open(hours, add_minutes(hours, start, -minutes))


@given(CALENDARS, MOMENTS)
def test_an_opening_is_open_and_costs_nothing(hours: WorkingHours, at: datetime) -> None:
    opening = next_opening(hours, at)

    assert is_open(hours, opening)
    assert opening >= at
    assert count_minutes(hours, at, opening) == 0


@given(CALENDARS, MOMENTS, MOMENTS)
def test_counting_backwards_is_negative(hours: WorkingHours, one: datetime, other: datetime) -> None:
    assert count_minutes(hours, one, other) == -count_minutes(hours, other, one)


@given(CALENDARS, st.dates(date(2025, 1, 1), date(2027, 12, 1)), st.integers(0, 60))
def test_the_arithmetic_agrees_with_counting_day_by_day(hours: WorkingHours, first: date, days: int) -> None:
    def net(day: date) -> int:
        return sum(
            (i.akhir.hour - i.mulai.hour) * 60 + i.akhir.minute - i.mulai.minute for i in intervals_of(hours, day)
        )

    start = datetime(first.year, first.month, first.day, tzinfo=WIT)

    by_days = sum(net(first + timedelta(days=n)) for n in range(days))

    assert count_minutes(hours, start, start + timedelta(days=days)) == by_days


TWENTY_YEARS = replace(
    HOURS,
    libur=tuple((date(year, month, day), "Libur") for year in range(2020, 2041) for month, day in ((1, 1), (12, 25))),
    masa_ramadan=tuple((date(year, 3, 1), date(year, 3, 30)) for year in range(2020, 2041)),
    hari_kerja_khusus=frozenset(date(year, 8, 17) for year in range(2020, 2041)),
)


@given(MOMENTS, st.integers(-20 * 110_000, 20 * 110_000))
def test_twenty_years_are_counted_as_exactly_as_a_day(start: datetime, minutes: int) -> None:
    end = add_minutes(TWENTY_YEARS, start, minutes)

    assert count_minutes(TWENTY_YEARS, start, end) == minutes
    assert is_open(TWENTY_YEARS, end - timedelta(microseconds=minutes > 0))


@given(MOMENTS, st.integers(-1_000_000, 1_000_000), st.integers(-1_000_000, 1_000_000))
def test_what_is_added_in_two_parts_is_what_is_added_at_once(start: datetime, one: int, other: int) -> None:
    whole = add_minutes(TWENTY_YEARS, start, one + other)
    parts = add_minutes(TWENTY_YEARS, add_minutes(TWENTY_YEARS, start, one), other)

    assert count_minutes(TWENTY_YEARS, start, parts) == one + other
    assert count_minutes(TWENTY_YEARS, whole, parts) == 0
