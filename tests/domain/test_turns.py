"""Whoever is asked for two periods at once hears of one at a time: a reminder each half-day, one letter about leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.tick.due import owed_to
from kinerja_mailbot.domain.unit import Unit
from tests.domain.collection import DAFTAR, NONCES, OPENED, TEKNIS, UMUM, facts, period_with, request
from tests.domain.office import wit

QUARTER = period_with(request(UMUM), request(TEKNIS))
AFTERNOON = wit("2026-10-01 14.00")  # half of the time is over
MORNING = wit("2026-10-02 08.00")


def half_year(*requests: RequestState) -> PeriodState:
    """Return another period with these requests, opened at the same time."""
    kode = "2026-SM1"
    return replace(
        period_with(*(replace(r, periode=kode) for r in requests)),
        periode=parse_periode(kode),
    )


HALF_YEAR = half_year(request(UMUM))


def reminders(now: datetime, *periods: PeriodState, daftar: tuple[Unit, ...] = DAFTAR.responden) -> list[str]:
    known = replace(facts(now), periode=periods, daftar=replace(DAFTAR, responden=daftar))
    return [key for period in periods for key in keys(known, period) if ".pengingat." in key]


def keys(known: Facts, period: PeriodState, written: frozenset[str] = frozenset()) -> list[str]:
    return [letter.kunci for letter in owed_to(period, known, NONCES, written).surat]


def test_two_periods_take_turns_by_half_days() -> None:
    at_noon = reminders(AFTERNOON, QUARTER, HALF_YEAR)
    told = replace(request(UMUM), pengingat=1, pengingat_terakhir_at=AFTERNOON, tingkat=0)
    later = wit("2026-10-01 15.00")

    assert at_noon == ["2026-TW3.pengingat.1.teknis", "2026-SM1.pengingat.1.umum"]
    assert reminders(later, period_with(request(UMUM)), half_year(told)) == []
    assert reminders(MORNING, period_with(request(UMUM)), half_year(told)) == ["2026-TW3.pengingat.1.umum"]


def test_the_oldest_deadline_goes_first() -> None:
    earlier = period_with(replace(request(UMUM), batas_at=wit("2026-10-02 08.29")))

    assert reminders(AFTERNOON, earlier, HALF_YEAR) == ["2026-TW3.pengingat.1.umum"]


def test_who_has_answered_one_period_is_reminded_of_the_other() -> None:
    answered = half_year(request(UMUM, KeadaanPermintaan.LENGKAP))

    assert reminders(AFTERNOON, period_with(request(UMUM)), answered) == ["2026-TW3.pengingat.1.umum"]


def test_who_answers_for_two_units_is_one_person() -> None:
    both = (UMUM, replace(TEKNIS, pejabat=UMUM.pejabat))

    assert reminders(AFTERNOON, QUARTER, daftar=both) == ["2026-TW3.pengingat.1.teknis"]


def test_one_letter_speaks_of_an_absence_whatever_is_open() -> None:
    absence = Absence("umum", date(2026, 10, 5), alamat="umum@kpu.example", sejak=OPENED)
    known = replace(facts(AFTERNOON), periode=(QUARTER, HALF_YEAR), tidak_hadir=(absence,))
    [asked] = [key for key in keys(known, QUARTER) if "tidak-hadir" in key]

    assert [key for key in keys(known, HALF_YEAR) if "tidak-hadir" in key] == []

    done = replace(known, periode=(period_with(request(UMUM, KeadaanPermintaan.LENGKAP)), HALF_YEAR))
    assert keys(done, HALF_YEAR, frozenset({asked})) == []
