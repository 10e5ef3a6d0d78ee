"""Letters rest while somebody is away, the clock does not, and whoever comes to be in charge is asked himself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from kinerja_mailbot.domain.acting import KeadaanPenunjukan, Penunjukan, with_acting
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.thread import ThreadRef, read_message_id, reader_of
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.domain.tick.due import owed_to
from kinerja_mailbot.domain.tick.owed import Owed
from tests.domain.collection import DAFTAR, ME, NONCES, OPENED, TEKNIS, UMUM, facts, period_with, request
from tests.domain.office import wit

AWAY = Absence("umum", date(2026, 10, 5), alamat="umum@kpu.example", sejak=OPENED)
ASKED = "tidak-hadir.umum.20260930T2300"
PERIOD = period_with(request(UMUM), request(TEKNIS))
HALFWAY = wit("2026-10-01 14.00")  # the first rung is reached
OVERDUE = wit("2026-10-05 09.00")  # the rung that escalates
NAMED = Penunjukan(
    surel_id=17,
    unit="umum",
    sebutan="Plh.",
    nama="Rina Osok",
    alamat="rina@kpu.example",
    nomor="12/SPT/2026",
    sejak=date(2026, 10, 1),
    sampai=date(2026, 10, 2),
    keadaan=KeadaanPenunjukan.BERLAKU,
    diputuskan_at=wit("2026-10-01 11.00"),
)


def away(now: datetime) -> Facts:
    return replace(facts(now), tidak_hadir=(AWAY,))


def acting(now: datetime, *, is_away: bool = False) -> Facts:
    known = away(now) if is_away else facts(now)
    return replace(known, daftar=with_acting(DAFTAR, (NAMED,), known.today))


def owed(known: Facts, *written: str, period: PeriodState = PERIOD) -> Owed:
    return owed_to(period, known, NONCES, frozenset(written))


def keys(debt: Owed, unit: str = "umum") -> list[str]:
    return [letter.kunci for letter in debt.surat if unit in letter.kunci]


def test_nobody_is_reminded_while_he_is_away_and_the_kasubbag_is_asked_once() -> None:
    first = owed(away(HALFWAY))
    again = owed(away(HALFWAY), *(letter.kunci for letter in first.surat))

    assert (keys(first), keys(first, "teknis")) == ([ASKED], ["2026-TW3.pengingat.1.teknis"])
    assert [r.unit for r in first.permintaan] == ["teknis"]
    assert keys(again) == []


def test_what_escalates_does_so_without_him_and_not_again_at_his_return() -> None:
    overdue = owed(away(OVERDUE), ASKED)
    silent = "2026-TW3.eskalasi.3.umum.20261001T2330"
    back = owed(facts(OVERDUE), ASKED, silent, period=period_with(request(UMUM)))

    assert keys(overdue) == [silent]
    assert keys(back) == ["2026-TW3.pengingat.1.umum"]


def test_the_acting_official_is_asked_in_a_thread_of_his_own_and_reminded_there() -> None:
    known = acting(HALFWAY, is_away=True)
    asked, reminded = (letter for letter in owed(known).surat if letter.unit == "umum")

    (person,) = asked.kepada
    assert (asked.kunci, person.nama) == ("2026-TW3.permintaan.umum.rina@kpu.example", "Rina Osok")
    assert (reminded.kepada, reminded.templat) == ((person,), "pengingat")
    assert reminded.utas is not None
    assert read_message_id(ME, reminded.utas.in_reply_to) == ThreadRef("2026-TW3", reader_of("umum", person))


def test_he_is_asked_once_and_not_when_he_was_in_charge_from_the_beginning() -> None:
    once = owed(acting(HALFWAY), "2026-TW3.permintaan.umum.rina@kpu.example")
    at_first = replace(NAMED, diputuskan_at=None)
    known = replace(facts(HALFWAY), daftar=with_acting(DAFTAR, (at_first,), date(2026, 10, 1)))

    assert keys(once) == keys(owed(known)) == ["2026-TW3.pengingat.1.umum"]


def test_whoever_comes_back_to_a_request_that_he_never_saw_is_asked_too() -> None:
    in_charge = replace(NAMED, diputuskan_at=None)
    late = wit("2026-10-05 07.40")
    known = replace(facts(late), daftar=with_acting(DAFTAR, (in_charge,), date(2026, 10, 2)))

    assert "2026-TW3.permintaan.umum.umum@kpu.example" in keys(owed(known))
    assert "2026-TW3.permintaan.umum.umum@kpu.example" not in keys(owed(facts(late)))
