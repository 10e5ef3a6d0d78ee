"""What the orders about time lead to: moved deadlines, a clock that stands, letters to whoever is concerned."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letters.commands import IsiPerintah
from kinerja_mailbot.domain.mail.letters.timing import IsiTanyaPerintah
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.mail.timing import ExtendDeadline, PauseClock, ResumeClock
from kinerja_mailbot.domain.sop.changes import Penundaan, Perpanjangan
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan
from kinerja_mailbot.domain.tick.due import new_period
from tests.domain.collection import OPENED, TW3, UMUM, UNITS, period_with
from tests.domain.decide.office_mail import FACTS, PERIOD, WAITING_FACTS, asked, brief, mail, outcome_of
from tests.domain.office import wit

BOSS = "Kepala Perencanaan"
DONE = "perintah > perencanaan@kpu.example"
ASKED = "tanya-perintah > perencanaan@kpu.example"
IDLE = replace(FACTS, periode=())
NOT_ASKED = replace(FACTS, periode=(period_with(),))
COMPLETE = replace(
    FACTS, periode=(period_with(*(replace(asked(unit), keadaan=KeadaanPermintaan.LENGKAP) for unit in UNITS)),)
)
ONE_LEFT = replace(
    FACTS,
    periode=(
        period_with(asked(UMUM), *(replace(asked(unit), keadaan=KeadaanPermintaan.LENGKAP) for unit in UNITS[1:])),
    ),
)
FLOOD = Penundaan(mulai_at=wit("2026-10-01 09.00"), alasan="banjir", oleh=BOSS)
STOPPED = replace(FACTS, periode=(replace(PERIOD, penundaan=(FLOOD,)),))
WAITING = replace(WAITING_FACTS, periode=(new_period(TW3, replace(WAITING_FACTS, now=OPENED)),))


def said(outcome: Outcome) -> str:
    isi = outcome.surat[-1].isi
    if isinstance(isi, IsiPerintah):
        return isi.hasil
    return " ".join((isi.kalimat, *isi.pilihan)) if isinstance(isi, IsiTanyaPerintah) else ""


def given(text: str, facts: Facts = FACTS, sender: str = "perencanaan") -> Outcome:
    return outcome_of(mail(sender, text, proven=True), (), facts)


def test_an_extension_moves_the_deadline_and_the_step_and_tells_the_unit() -> None:
    outcome = given("PERPANJANG teknis 2 hari karena banjir")

    [effect] = outcome.efek
    before = next(r.batas_at for r in PERIOD.permintaan if r.unit == "teknis")
    assert isinstance(effect, ExtendDeadline)
    assert (effect.batas.unit, effect.batas.dari_at, effect.lama, effect.alasan, effect.oleh) == (
        "teknis",
        before,
        "2 hari kerja",
        "banjir",
        BOSS,
    )
    assert effect.batas.menjadi_at > max(before, FACTS.now)
    assert [step.menjadi_at for step in effect.langkah] == [effect.batas.menjadi_at]
    assert brief(outcome.surat) == ["perubahan-waktu > teknis@kpu.example", DONE]


# what is ordered, what we know, how many deadlines move, the templates, a piece of the answer
TABLE: tuple[tuple[str, Facts, int, list[str], str], ...] = (
    ("PERPANJANG umum 1 hari karena banjir", ONE_LEFT, 1, ["perubahan-waktu > umum@kpu.example", DONE], "1 hari kerja"),
    ("PERPANJANG 1 hari karena banjir", ONE_LEFT, 1, ["perubahan-waktu > umum@kpu.example", DONE], "1 hari kerja"),
    ("PERPANJANG 1 hari karena banjir", FACTS, 0, [ASKED], "PERPANJANG UKL 1 hari karena banjir"),
    ("PERPANJANG teknis 1 hari karena banjir", ONE_LEFT, 0, [DONE], "sudah lengkap"),
    ("PERPANJANG semua 1 hari karena banjir", COMPLETE, 0, [DONE], "sudah lengkap"),
    ("PERPANJANG semua 1 hari karena banjir", NOT_ASKED, 0, [DONE], "belum diminta; tidak ada batas yang diubah"),
    ("PERPANJANG semua 1 hari karena banjir", IDLE, 0, [DONE], "tidak ada periode yang sedang berjalan"),
    ("PERPANJANG semua 100 hari karena banjir", ONE_LEFT, 0, [DONE], "paling lama 60 hari kerja"),
    ("PERPANJANG umum TW1 2026 1 hari karena banjir", ONE_LEFT, 0, [DONE], "tidak ada periode yang sedang berjalan"),
    ("PERPANJANG umum sampai Sabtu karena banjir", ONE_LEFT, 0, [DONE], "bukan hari kerja"),
    ("PERPANJANG umum sampai Senin 9 Oktober karena banjir", ONE_LEFT, 0, [DONE], "belum jelas"),
    ("PERPANJANG umum", FACTS, 0, [ASKED], "PERPANJANG UKL 2 hari karena banjir"),
    ("PERPANJANG umum 3 hari", FACTS, 0, [ASKED], "PERPANJANG UKL 3 hari karena banjir"),
    ("PERPANJANG humas 3 hari karena banjir", FACTS, 0, [ASKED], "PERPANJANG TEK 3 hari karena banjir"),
    ("TUNDA", FACTS, 0, [ASKED], "TUNDA karena banjir"),
    ("TUNDA 2 hari karena banjir", FACTS, 0, [ASKED], "PERPANJANG semua 2 hari karena banjir"),
    ("TUNDA karena banjir", IDLE, 0, [DONE], "tidak ada periode yang sedang berjalan"),
    ("TUNDA karena gempa", STOPPED, 0, [DONE], "sudah ditunda"),
    ("LANJUT", FACTS, 0, [DONE], "tidak sedang ditunda"),
    ("LANJUT", WAITING, 0, [DONE], "SETUJU"),
    ("INGATKAN", STOPPED, 0, [DONE], "setelah perintah LANJUT"),
    ("BUKA TW4 2026", STOPPED, 0, [DONE], "setelah perintah LANJUT"),
)
IDS = [f"{row[0]}: {row[4]}" for row in TABLE]


@pytest.mark.parametrize(("text", "known", "moved", "letters", "sentence"), TABLE, ids=IDS)
def test_an_order_of_time_is_carried_out_or_asked_back(
    text: str, known: Facts, moved: int, letters: list[str], sentence: str
) -> None:
    outcome = given(text, known)

    assert (len(outcome.efek), brief(outcome.surat)) == (moved, letters)
    assert sentence in said(outcome)


def test_a_named_day_ends_with_its_office_hours() -> None:
    [effect] = given("perpanjang umum sampai Jumat 16 Oktober karena banjir", ONE_LEFT).efek

    assert isinstance(effect, ExtendDeadline)
    assert (effect.batas.menjadi_at, effect.lama) == (wit("2026-10-16 16.30"), "")


def test_the_same_words_on_the_same_day_act_once() -> None:
    earlier = Perpanjangan(
        unit="umum",
        dari_at=wit("2026-10-02 08.30"),
        menjadi_at=wit("2026-10-05 08.30"),
        lama="1 hari kerja",
        alasan="banjir",
        oleh=BOSS,
        at=ONE_LEFT.now,
    )
    known = replace(ONE_LEFT, periode=(replace(ONE_LEFT.periode[0], perpanjangan=(earlier,)),))

    assert given("PERPANJANG umum 1 hari karena Banjir", known).efek == ()
    assert len(given("PERPANJANG umum 1 hari karena sakit", known).efek) == 1


def test_a_pause_begins_when_the_mail_arrived_and_everybody_is_told() -> None:
    outcome = given("TUNDA karena banjir")

    [effect] = outcome.efek
    assert isinstance(effect, PauseClock)
    assert (effect.periode, effect.alasan, effect.oleh) == ("2026-TW3", "banjir", BOSS)
    assert effect.mulai_at <= FACTS.now
    assert brief(outcome.surat) == [*(f"perubahan-waktu > {unit.id}@kpu.example" for unit in UNITS), DONE]


def test_the_clock_goes_on_for_every_period_that_stands() -> None:
    outcome = given("LANJUT", STOPPED)

    [effect] = outcome.efek
    assert isinstance(effect, ResumeClock)
    assert {moved.unit for moved in effect.permintaan} == {unit.id for unit in UNITS}
    assert all(moved.menjadi_at > moved.dari_at for moved in effect.permintaan)
    assert all(moved.menjadi_at > moved.dari_at for moved in effect.langkah)
    assert all(moved.nomor > 1 for moved in effect.langkah)


def test_the_kasubbag_reads_what_a_penyusun_ordered() -> None:
    by_staff = given("TUNDA karena banjir", sender="penyusun").surat[-1]
    by_boss = given("TUNDA karena banjir").surat[-1]

    assert [person.jabatan for person in by_staff.tembusan] == [BOSS]
    assert by_boss.tembusan == ()


@pytest.mark.parametrize("text", ["PERPANJANG umum 1 hari karena banjir", "TUNDA karena banjir", "LANJUT"])
def test_nobody_changes_the_clock_without_a_proof(text: str) -> None:
    outcome = outcome_of(mail("perencanaan", text, proven=False), (), STOPPED)

    assert (outcome.label, outcome.efek) == ("perintah ditunda", ())
