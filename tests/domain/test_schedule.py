"""The schedule: periods open on the first working day after their end, are caught up, and never come too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from kinerja_mailbot.domain.periode import JenisPeriode, parse_periode
from kinerja_mailbot.domain.tick.schedule import ScheduledPeriod, due_periods, opening_moment
from tests.domain.collection import JADWAL, OPENED, TW3
from tests.domain.office import HOURS, wit

EVERY_KIND = replace(JADWAL, jenis=frozenset(JenisPeriode))
ANY_PAST = date(2000, 1, 1)

OPENINGS = {
    "a Thursday": ("2026-TW3", "2026-10-01 08.00"),
    "after New Year and its Friday, on Monday": ("2026-TW4", "2027-01-04 08.00"),
    "a semester with its second quarter": ("2026-SM1", "2026-07-01 08.00"),
    "a year with its last quarter": ("2026", "2027-01-04 08.00"),
}


@pytest.mark.parametrize(("kode", "expected"), OPENINGS.values(), ids=OPENINGS.keys())
def test_a_period_opens_on_the_first_working_day_after_it(kode: str, expected: str) -> None:
    assert opening_moment(parse_periode(kode), JADWAL, HOURS) == wit(expected)


def test_an_hour_before_office_time_means_the_opening() -> None:
    assert opening_moment(TW3, replace(JADWAL, pukul=time(6)), HOURS) == wit("2026-10-01 07.30")


def test_a_period_is_due_at_its_moment_and_not_before() -> None:
    before = due_periods(JADWAL, HOURS, ANY_PAST, {}, wit("2026-10-01 07.59"))
    then = due_periods(JADWAL, HOURS, ANY_PAST, {}, OPENED)

    assert before == ()
    assert then == (ScheduledPeriod(TW3, OPENED),)


def test_a_known_period_is_not_opened_again() -> None:
    assert due_periods(JADWAL, HOURS, ANY_PAST, {"2026-TW3": OPENED}, wit("2026-10-05 09.00")) == ()


def test_after_long_downtime_every_period_since_the_first_is_opened_in_order() -> None:
    due = due_periods(EVERY_KIND, HOURS, ANY_PAST, {}, wit("2027-04-05 09.00"))

    assert [one.periode.kode for one in due] == ["2026-TW3", "2026", "2026-SM2", "2026-TW4", "2027-TW1"]


def test_nothing_opens_while_the_office_is_closed() -> None:
    assert due_periods(JADWAL, HOURS, ANY_PAST, {}, wit("2026-10-03 09.00")) == ()
    assert due_periods(JADWAL, HOURS, ANY_PAST, {}, wit("2026-10-01 19.00")) == ()


CATCH_UP = {
    "a week late": ("2026-10-08 09.00", ["2026-TW3"]),
    "thirty days late": ("2026-10-30 09.00", ["2026-TW3"]),
    "too late": ("2026-11-02 09.00", []),
}


@pytest.mark.parametrize(("now", "expected"), CATCH_UP.values(), ids=CATCH_UP.keys())
def test_without_a_first_period_a_month_is_caught_up(now: str, expected: list[str]) -> None:
    due = due_periods(replace(JADWAL, mulai=""), HOURS, ANY_PAST, {}, wit(now))

    assert [one.periode.kode for one in due] == expected


def test_without_a_first_period_nothing_since_the_last_opening_is_forgotten() -> None:
    due = due_periods(replace(JADWAL, mulai=""), HOURS, ANY_PAST, {"2026-TW3": OPENED}, wit("2027-04-05 09.00"))

    assert [one.periode.kode for one in due] == ["2026-TW4", "2027-TW1"]


def test_an_old_period_opened_by_hand_brings_no_others_with_it() -> None:
    opened = {"2025-TW4": wit("2026-11-23 09.00")}

    assert due_periods(replace(JADWAL, mulai=""), HOURS, ANY_PAST, opened, wit("2026-11-24 09.00")) == ()


def test_no_period_opens_before_the_sop_takes_effect() -> None:
    assert due_periods(JADWAL, HOURS, date(2026, 10, 2), {}, wit("2026-10-05 09.00")) == ()
    assert due_periods(JADWAL, HOURS, date(2026, 10, 1), {}, OPENED) == (ScheduledPeriod(TW3, OPENED),)


def test_kinds_that_are_not_scheduled_never_open() -> None:
    yearly = replace(JADWAL, jenis=frozenset({JenisPeriode.TAHUN}), mulai="")

    due = due_periods(yearly, HOURS, ANY_PAST, {}, wit("2027-01-05 09.00"))

    assert [one.periode.kode for one in due] == ["2026"]
