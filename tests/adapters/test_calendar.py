"""The calendar: what the installed package must know for the clock to stand still on the right days."""

from __future__ import annotations

from datetime import date

import pytest

from kinerja_mailbot.adapters.calendar import IndonesianCalendar
from kinerja_mailbot.usecases.ports import Calendar

CALENDAR: Calendar = IndonesianCalendar()


def test_national_holidays_carry_their_indonesian_names() -> None:
    days = dict(CALENDAR.holidays(2026))

    assert days[date(2026, 8, 17)] == "Hari Kemerdekaan Republik Indonesia"
    assert days[date(2026, 3, 19)] == "Hari Suci Nyepi"


def test_cuti_bersama_of_2026_is_that_of_the_joint_decree() -> None:
    days = CALENDAR.holidays(2026)

    assert [day for day, name in days if name.startswith("Cuti Bersama")] == [
        date(2026, 2, 16),
        date(2026, 3, 18),
        date(2026, 3, 20),
        date(2026, 3, 23),
        date(2026, 3, 24),
        date(2026, 5, 15),
        date(2026, 5, 28),
        date(2026, 12, 24),
    ]


def test_days_come_in_order_and_from_that_year_only() -> None:
    days = [day for day, _ in CALENDAR.holidays(2027)]

    assert days == sorted(days)
    assert {day.year for day in days} == {2027}


@pytest.mark.parametrize(("year", "known"), [(2023, True), (2026, True), (2027, True), (2035, False)])
def test_a_year_whose_cuti_bersama_is_not_known_yet_says_so(year: int, known: bool) -> None:
    assert CALENDAR.has_cuti_bersama(year) is known


def test_such_a_year_still_has_its_national_holidays() -> None:
    assert date(2035, 8, 17) in dict(CALENDAR.holidays(2035))
