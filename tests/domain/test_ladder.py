"""The reminder ladder: the newest rung reached, in office time, once in each half-day, and only to whom it concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, RequestState
from kinerja_mailbot.domain.tick.ladder import due_rung, newly_climbed, rung_moment
from tests.domain.collection import LADDER, UMUM, request
from tests.domain.office import HOURS, wit

# Sent on Thursday 1 October at 08.00; 480 net minutes end on Friday 2 October at 08.30.
ASKED = request(UMUM)

MOMENTS = {
    "half of the time": (0, "2026-10-01 13.00"),
    "the deadline": (1, "2026-10-02 08.30"),
    "half a day later": (2, "2026-10-02 14.00"),
    "a day later": (3, "2026-10-05 09.00"),
    "two days later": (4, "2026-10-06 09.30"),
}


@pytest.mark.parametrize(("rung", "expected"), MOMENTS.values(), ids=MOMENTS.keys())
def test_rungs_lie_around_the_deadline_in_net_minutes(rung: int, expected: str) -> None:
    assert rung_moment(ASKED, LADDER, rung, HOURS) == wit(expected)


DUE = {
    "nothing yet": (ASKED, "2026-10-01 11.59", None),
    "half of the time is over": (ASKED, "2026-10-01 13.00", 0),
    "the first rung is used": (replace(ASKED, tingkat=0), "2026-10-01 15.00", None),
    "the deadline is over": (replace(ASKED, tingkat=0), "2026-10-02 08.30", 1),
    "after downtime only the newest": (ASKED, "2026-10-05 10.00", 3),
    "the ladder has an end": (replace(ASKED, tingkat=4), "2026-11-05 10.00", None),
    "the rest is no office time": (ASKED, "2026-10-02 12.00", None),
    "a Saturday is no office time": (ASKED, "2026-10-03 09.00", None),
    "complete": (replace(ASKED, keadaan=KeadaanPermintaan.LENGKAP), "2026-10-05 10.00", None),
    "not sent yet": (request(UMUM, KeadaanPermintaan.DISIAPKAN), "2026-10-05 10.00", None),
}


@pytest.mark.parametrize(("asked", "now", "expected"), DUE.values(), ids=DUE.keys())
def test_the_newest_rung_is_owed_to_whoever_is_awaited(asked: RequestState, now: str, expected: int | None) -> None:
    assert due_rung(asked, LADDER, HOURS, wit(now)) == expected


HALF_DAYS = {
    "same morning": ("2026-10-02 07.45", "2026-10-02 09.00", None),
    "afternoon of that day": ("2026-10-02 07.45", "2026-10-02 14.00", 2),
    "next morning": ("2026-10-01 14.00", "2026-10-02 08.30", 1),
}


@pytest.mark.parametrize(("last", "now", "expected"), HALF_DAYS.values(), ids=HALF_DAYS.keys())
def test_one_reminder_goes_out_in_each_half_day(last: str, now: str, expected: int | None) -> None:
    reminded = replace(ASKED, pengingat=1, pengingat_terakhir_at=wit(last), tingkat=0)

    assert due_rung(reminded, LADDER, HOURS, wit(now)) == expected


def correcting(deadline: str) -> RequestState:
    """Return a request whose correction is due then: a window of 240 net minutes."""
    return replace(ASKED, keadaan=KeadaanPermintaan.PERLU_PERBAIKAN, batas_at=wit(deadline), revisi=1)


CORRECTIONS = {
    "a window of 240 minutes has no rung at its beginning": ("2026-10-02 13.30", "2026-10-02 08.00", None),
    "its deadline is a rung": ("2026-10-02 13.30", "2026-10-02 13.30", 1),
    "so are those after it": ("2026-10-02 13.30", "2026-10-05 09.30", 2),
}


@pytest.mark.parametrize(("deadline", "now", "expected"), CORRECTIONS.values(), ids=CORRECTIONS.keys())
def test_a_correction_climbs_the_ladder_of_its_own_window(deadline: str, now: str, expected: int | None) -> None:
    assert due_rung(correcting(deadline), LADDER, HOURS, wit(now)) == expected


def test_a_rung_before_the_request_left_is_never_reached() -> None:
    late: datetime = wit("2026-10-01 14.00")

    assert due_rung(replace(ASKED, dikirim_at=late), LADDER, HOURS, wit("2026-10-01 15.00")) is None


def test_a_reminder_settles_the_rungs_below_it() -> None:
    assert list(newly_climbed(replace(ASKED, tingkat=0), 3)) == [1, 2, 3]
