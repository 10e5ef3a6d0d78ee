"""What extensions and pauses do to deadlines, as laws that hold for any moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_mailbot.domain.sop.changes import (
    Lama,
    Penundaan,
    Perpanjangan,
    after_pause,
    counted_from,
    due_after,
    extend,
    minutes_stood,
)
from kinerja_mailbot.domain.sop.moving import deadlines_after, is_in_time, open_requests, steps_after, steps_along
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, StepState
from kinerja_mailbot.domain.sop.steps import minutes_used, move_steps, with_steps
from kinerja_mailbot.domain.sop.version import BacaanHari
from kinerja_mailbot.domain.sop.working_time import add_minutes, add_standard, count_minutes
from tests.domain.collection import HUKUM, OPENED, TEKNIS, UMUM, UNITS, period_with, request
from tests.domain.office import HOURS, wit

MOMENTS = st.integers(0, 400 * 24 * 60).map(lambda n: wit("2026-01-05 00.00") + timedelta(minutes=n))
AMOUNTS = st.builds(Lama, hari=st.integers(0, 20), setengah=st.booleans(), menit=st.integers(0, 2_000)).filter(
    lambda lama: lama != Lama()
)
FLOOD = Penundaan(mulai_at=wit("2026-10-01 14.00"), alasan="banjir", oleh="Kasubbag")
OVER = replace(FLOOD, sampai_at=wit("2026-10-05 11.00"))
DUE = wit("2026-10-02 08.30")


@given(MOMENTS, AMOUNTS, MOMENTS)
def test_an_extension_is_always_later(due: datetime, lama: Lama, now: datetime) -> None:
    longer = extend(HOURS, due, lama, now)

    assert longer > max(due, now)


@given(MOMENTS, AMOUNTS, st.integers(1, 10), MOMENTS)
def test_more_is_never_earlier(due: datetime, lama: Lama, more: int, now: datetime) -> None:
    assert extend(HOURS, due, replace(lama, hari=lama.hari + more), now) >= extend(HOURS, due, lama, now)


@given(MOMENTS, MOMENTS)
def test_a_pause_that_ends_when_it_begins_changes_nothing(due: datetime, at: datetime) -> None:
    assert after_pause(HOURS, due, at, at) == due


@given(MOMENTS, MOMENTS, st.integers(1, 5_000))
def test_a_pause_moves_by_as_many_working_minutes_as_the_clock_stood(
    due: datetime, stopped: datetime, minutes: int
) -> None:
    resumed = add_minutes(HOURS, stopped, minutes)

    moved = after_pause(HOURS, due, stopped, resumed)

    assert count_minutes(HOURS, due, moved) == minutes


@given(MOMENTS, st.integers(0, 3_000), st.integers(1, 3_000), st.sampled_from([30, 480, 960]))
def test_a_pause_known_before_or_after_gives_the_same_due_time(
    begun: datetime, until: int, minutes: int, menit: int
) -> None:
    stopped = add_minutes(HOURS, begun, until) if until else begun
    pause = Penundaan(mulai_at=stopped, alasan="banjir", oleh="Kasubbag")
    resumed = add_minutes(HOURS, stopped, minutes)
    noted = due_after(HOURS, (pause,), begun, menit, BacaanHari.NET_MINUTES)

    told_first = after_pause(HOURS, noted, stopped, resumed)
    told_later = due_after(HOURS, (replace(pause, sampai_at=resumed),), begun, menit, BacaanHari.NET_MINUTES)

    assert abs(count_minutes(HOURS, told_first, told_later)) <= 1  # whole minutes on either side


@given(MOMENTS)
def test_without_a_pause_a_standard_time_is_what_it_was(begun: datetime) -> None:
    assert due_after(HOURS, (), begun, 480, BacaanHari.NET_MINUTES) == add_standard(
        HOURS, begun, 480, BacaanHari.NET_MINUTES
    )


@pytest.mark.parametrize(
    ("due", "lama", "now", "longer"),
    [
        ("2026-10-02 08.30", Lama(2), "2026-10-01 10.00", "2026-10-06 08.30"),
        ("2026-10-02 16.30", Lama(1), "2026-10-01 10.00", "2026-10-05 16.00"),
        ("2026-10-01 09.00", Lama(setengah=True), "2026-10-01 08.00", "2026-10-01 13.45"),
        ("2026-10-01 15.00", Lama(menit=180), "2026-10-01 08.00", "2026-10-02 09.30"),
        ("2026-10-01 15.00", Lama(1), "2026-10-05 09.00", "2026-10-06 09.00"),
    ],
    ids=["days", "closing time", "half a day", "hours", "what has passed counts from now"],
)
def test_an_extension_counts_in_office_time(due: str, lama: Lama, now: str, longer: str) -> None:
    assert extend(HOURS, wit(due), lama, wit(now)) == wit(longer)


def test_what_begins_in_a_pause_is_counted_from_its_edge() -> None:
    assert counted_from((FLOOD,), wit("2026-10-02 09.00")) == FLOOD.mulai_at
    assert counted_from((OVER,), wit("2026-10-02 09.00")) == OVER.sampai_at
    assert counted_from((OVER,), wit("2026-10-06 09.00")) == wit("2026-10-06 09.00")


def test_only_what_is_open_moves() -> None:
    done = request(UMUM, KeadaanPermintaan.LENGKAP)
    period = period_with(done, request(TEKNIS), request(HUKUM, KeadaanPermintaan.PERLU_PERBAIKAN))

    moved = deadlines_after(period, FLOOD, HOURS, wit("2026-10-05 11.00"))

    assert [(m.unit, m.dari_at, m.menjadi_at) for m in moved] == [
        (unit.id, DUE, wit("2026-10-05 15.00")) for unit in (TEKNIS, HUKUM)
    ]
    assert [r.unit for r in open_requests(period)] == ["teknis", "hukum"]


def test_a_finished_step_never_moves() -> None:
    period = period_with(request(TEKNIS))
    finished = StepState(nomor=5, mulai_at=OPENED, batas_at=DUE, selesai_at=wit("2026-10-01 10.00"))

    over = with_steps(period, (finished,))

    assert all(m.nomor != 5 for m in steps_after(over, FLOOD, HOURS, wit("2026-10-05 11.00")))
    assert steps_along(over, 5, wit("2026-10-09 12.00")) == ()
    assert all(m.nomor != 1 for m in steps_after(period, FLOOD, HOURS, wit("2026-10-05 11.00")))


def test_a_step_waits_for_an_extended_deadline_but_is_never_brought_forward() -> None:
    period = period_with(request(TEKNIS))

    assert [m.menjadi_at for m in steps_along(period, 5, wit("2026-10-09 12.00"))] == [wit("2026-10-09 12.00")]
    assert steps_along(period, 5, wit("2026-10-01 09.00")) == ()


def test_a_step_that_begins_late_waits_for_the_extended_deadline() -> None:
    until = wit("2026-10-09 12.00")
    change = Perpanjangan(
        unit="teknis", dari_at=DUE, menjadi_at=until, lama="", alasan="banjir", oleh="Kasubbag", at=OPENED
    )
    before = period_with(request(TEKNIS, KeadaanPermintaan.DISIAPKAN))
    sent = replace(before, permintaan=(replace(request(TEKNIS), batas_at=until),), perpanjangan=(change,))

    moved = move_steps(sent, UNITS, HOURS, wit("2026-10-01 10.00"))

    assert {step.nomor: step.batas_at for step in moved}[5] == until


@pytest.mark.parametrize(
    ("at", "in_time"),
    [("2026-10-01 10.00", True), ("2026-10-04 10.00", True), ("2026-10-20 10.00", True)],
    ids=["before", "while it stands", "long after the deadline"],
)
def test_nothing_is_late_while_the_clock_stands(at: str, in_time: bool) -> None:
    period = replace(period_with(request(TEKNIS)), penundaan=(FLOOD,))

    assert is_in_time(period, period.permintaan[0], wit(at)) is in_time


def test_what_was_late_before_the_pause_stays_late() -> None:
    late = replace(request(TEKNIS), batas_at=wit("2026-10-01 10.00"))
    period = replace(period_with(late), penundaan=(FLOOD,))

    assert is_in_time(period, late, wit("2026-10-02 10.00")) is False


def test_a_step_has_not_used_the_minutes_for_which_the_clock_stood() -> None:
    step = StepState(nomor=5, mulai_at=wit("2026-10-01 08.00"), selesai_at=wit("2026-10-05 15.00"))
    period = replace(period_with(request(TEKNIS)), penundaan=(OVER,))

    assert minutes_stood(HOURS, (OVER,), wit("2026-10-01 08.00"), wit("2026-10-05 15.00")) == 120 + 450 + 210
    assert minutes_used(period, step, HOURS) == 480
