"""The morning letter: once a working day, only when something has changed, one letter where one person does both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.delivery import SendingTrouble
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letters.morning import IsiKabarPagi
from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.domain.policy import Kabar
from kinerja_mailbot.domain.sop.changes import Penundaan
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.tick.morning import is_morning_come, owed_this_morning, was_looked_at
from kinerja_mailbot.domain.tick.owed import with_requests
from tests.domain.collection import DAFTAR, OPENED, POLICY, TEKNIS, UMUM, facts, period_with, request
from tests.domain.office import wit

FRIDAY, MONDAY = wit("2026-10-02 07.30"), wit("2026-10-05 07.30")
FIRST = request(UMUM)
PERIOD = period_with(FIRST, request(TEKNIS))
ONE_PERSON = replace(DAFTAR, penyusun=())
MATTER = Matter(
    nomor=4, urusan=Urusan.TAK_DIKENAL, tiba_at=wit("2026-10-01 15.00"), pengirim="promosi@toko.example", subjek="Promo"
)


def office(period: PeriodState = PERIOD, now: datetime = FRIDAY) -> Facts:
    return replace(facts(FRIDAY), periode=(period,), now=now)


@pytest.mark.parametrize(
    ("moment", "pagi", "come"),
    [
        pytest.param("2026-10-02 07.29", None, False, id="before the office opens"),
        pytest.param("2026-10-02 07.30", None, True, id="when it opens"),
        pytest.param("2026-10-02 14.00", None, True, id="later, after the server was off"),
        pytest.param("2026-10-02 17.00", None, False, id="after closing"),
        pytest.param("2026-10-03 09.00", None, False, id="a Saturday"),
        pytest.param("2026-12-25 09.00", None, False, id="a holiday"),
        pytest.param("2026-10-02 08.59", time(9), False, id="before the configured hour"),
        pytest.param("2026-10-02 09.00", time(9), True, id="at the configured hour"),
        pytest.param("2026-10-02 07.30", time(6), True, id="an hour before opening waits for the opening"),
        pytest.param("2026-10-02 12.45", time(12, 30), False, id="an hour in the rest waits for its end"),
    ],
)
def test_the_morning_comes_at_its_hour_on_working_days(moment: str, pagi: time | None, come: bool) -> None:
    assert is_morning_come(facts(wit(moment), replace(POLICY, kabar=Kabar(pagi=pagi)))) is come


def test_a_day_is_looked_at_once() -> None:
    seen = owed_this_morning(office(), "").ingatan

    assert (was_looked_at(office(), ""), was_looked_at(office(), seen)) == (False, True)
    assert not was_looked_at(office(now=MONDAY), seen)


def test_no_deadline_passes_while_the_clock_stands() -> None:
    standing = replace(
        PERIOD, penundaan=(Penundaan(mulai_at=wit("2026-10-01 14.00"), alasan="banjir", oleh="Kasubbag"),)
    )
    seen = owed_this_morning(office(standing), "").ingatan

    assert owed_this_morning(office(standing, MONDAY), seen).surat == ()


def changed(newer: RequestState) -> Callable[[Facts], Facts]:
    def change(known: Facts) -> Facts:
        [period] = known.periode
        return replace(known, periode=(with_requests(period, (newer,)),))

    return change


CHANGES: dict[str, tuple[Callable[[Facts], Facts], bool]] = {
    "nothing": (lambda known: known, False),
    "time went on within the deadline": (lambda known: replace(known, now=known.now + timedelta(minutes=50)), False),
    "a form came": (changed(replace(FIRST, revisi=1, pertama_tiba_at=OPENED, keadaan=KeadaanPermintaan.LENGKAP)), True),
    "corrections were asked for": (changed(replace(FIRST, revisi=1, keadaan=KeadaanPermintaan.PERLU_PERBAIKAN)), True),
    "a deadline was extended": (changed(replace(FIRST, batas_at=wit("2026-10-06 08.30"))), True),
    "a deadline passed": (lambda known: replace(known, now=wit("2026-10-02 08.31")), True),
    "somebody was reminded": (changed(replace(FIRST, pengingat=1)), True),
    "somebody went on leave": (
        lambda known: replace(known, tidak_hadir=(Absence("umum", date(2026, 10, 9), alamat="umum@kpu.example"),)),
        True,
    ),
    "an address failed": (lambda known: replace(known, daftar=DAFTAR.without(frozenset({"umum@kpu.example"}))), True),
    "a letter is stuck": (
        lambda known: replace(
            known, kendala_kirim=(SendingTrouble(periode="2026-TW3", unit="umum", gagal=0, tertunda=1),)
        ),
        True,
    ),
    "trouble with another period": (
        lambda known: replace(
            known, kendala_kirim=(SendingTrouble(periode="2026-TW2", unit="umum", gagal=1, tertunda=0),)
        ),
        False,
    ),
}


@pytest.mark.parametrize(("change", "owed"), CHANGES.values(), ids=CHANGES.keys())
def test_a_letter_is_owed_when_something_has_changed(change: Callable[[Facts], Facts], owed: bool) -> None:
    known = owed_this_morning(office(), "").ingatan

    assert bool(owed_this_morning(change(office()), known).surat) is owed


def test_the_first_morning_of_a_period_brings_its_table_to_the_kasubbag() -> None:
    [letter] = owed_this_morning(office(), "").surat

    assert (letter.kunci, letter.kepada) == ("kabar.2026-10-02", (DAFTAR.kasubbag,))
    assert isinstance(letter.isi, IsiKabarPagi)
    assert [row.unit for row in letter.isi.periode[0].baris] == ["UKL", "TEK"]


def test_a_period_opened_this_morning_is_news_for_tomorrow() -> None:
    known = facts(OPENED)

    assert owed_this_morning(replace(known, periode=(PERIOD,)), "").surat == ()


def test_a_closed_period_is_no_news() -> None:
    assert owed_this_morning(office(replace(PERIOD, keadaan=KeadaanPeriode.DITUTUP)), "").surat == ()


def test_two_officials_get_two_letters() -> None:
    morning = owed_this_morning(office(), "", (MATTER,))

    assert (morning.diringkas, [letter.templat for letter in morning.surat]) == (False, ["kabar-pagi"])


def test_where_one_person_does_both_there_is_one_letter() -> None:
    morning = owed_this_morning(replace(office(), daftar=ONE_PERSON), "", (MATTER,))

    [letter] = morning.surat
    assert isinstance(letter.isi, IsiKabarPagi)
    assert letter.isi.ringkasan is not None
    assert (morning.diringkas, letter.kepada, letter.isi.ringkasan.baru) == (True, (DAFTAR.kasubbag,), 1)
