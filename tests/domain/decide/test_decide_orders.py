"""What an order leads to: carried out when it is proven, always answered, and only to whoever gave it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kinerja_mailbot.domain.acting import with_acting
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import RekapFile
from kinerja_mailbot.domain.mail.letters.commands import IsiPerintah
from kinerja_mailbot.domain.mail.outcome import (
    ApproveStart,
    ClosePeriod,
    CountReminder,
    DeclareNil,
    Effect,
    OpenPeriod,
    Outcome,
)
from kinerja_mailbot.domain.mail.thread import make_message_id
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan
from kinerja_mailbot.domain.tick.due import new_period
from tests.domain.collection import DAFTAR, ME, OPENED, POLICY, TW3, UNITS, period_with
from tests.domain.decide.office_mail import FACTS, PERIOD, WAITING_FACTS, asked, brief, mail, outcome_of
from tests.domain.office import wit
from tests.domain.test_silence import AWAY, NAMED

BOSS = "Kepala Perencanaan"
TO_BOSS = "perencanaan@kpu.example"
DONE = f"perintah > {TO_BOSS}"
IDLE = replace(FACTS, periode=())
WAITING = replace(WAITING_FACTS, periode=(new_period(TW3, replace(WAITING_FACTS, now=OPENED)),))
CLOSED = replace(FACTS, periode=(replace(PERIOD, keadaan=KeadaanPeriode.DITUTUP),))
HALF = replace(
    FACTS,
    periode=(
        period_with(
            *(asked(unit) for unit in UNITS[:2]),
            *(replace(asked(unit), keadaan=KeadaanPermintaan.LENGKAP) for unit in UNITS[2:]),
        ),
    ),
)
REMINDED = replace(
    FACTS,
    periode=(
        period_with(
            asked(UNITS[0]),
            replace(asked(UNITS[1]), pengingat=1, pengingat_terakhir_at=wit("2026-10-01 09.05")),
            *(replace(asked(unit), keadaan=KeadaanPermintaan.LENGKAP) for unit in UNITS[2:]),
        ),
    ),
)
ON_LEAVE = replace(HALF, tidak_hadir=(AWAY,))
STOOD_IN_FOR = replace(ON_LEAVE, daftar=with_acting(DAFTAR, (NAMED,), ON_LEAVE.today))
SOP_IS_YOUNG = replace(IDLE, aturan=replace(POLICY, sop=replace(POLICY.sop, efektif=date(2026, 12, 1))))
OPENED_TW4 = new_period(parse_periode("2026-TW4"), FACTS, oleh=BOSS)


def order(text: str, *, proven: bool = True, sender: str = "perencanaan") -> IncomingMail:
    return mail(sender, text, proven=proven)


# what is ordered, what we know, effects, template, a piece of the sentence in the answer
TABLE: tuple[tuple[str, Facts, tuple[Effect, ...], list[str], str], ...] = (
    ("STATUS", FACTS, (), [f"status > {TO_BOSS}"], ""),
    ("BANTUAN", FACTS, (), [f"daftar-perintah > {TO_BOSS}"], ""),
    ("REKAP", FACTS, (), [f"rekap > {TO_BOSS}"], ""),
    ("REKAP", IDLE, (), [DONE], "Belum ada data"),
    ("SETUJU", WAITING, (ApproveStart("2026-TW3", BOSS),), [DONE], "dimulai"),
    ("SETUJU", FACTS, (), [DONE], "Tidak ada periode yang sedang menunggu"),
    ("TUTUP", FACTS, (ClosePeriod("2026-TW3", BOSS),), [DONE], "Data yang belum lengkap: Subbagian Umum"),
    ("TUTUP", IDLE, (), [DONE], "tidak ada periode yang sedang berjalan"),
    ("TUTUP", CLOSED, (), [DONE], "tidak ada periode yang sedang berjalan"),
    ("BUKA TW4 2026", FACTS, (OpenPeriod(OPENED_TW4, BOSS),), [DONE], "dibuka"),
    ("BUKA TW3 2026", FACTS, (), [DONE], "sudah pernah dibuka"),
    ("BUKA TW4 2026", SOP_IS_YOUNG, (), [DONE], "baru berlaku mulai 1 Desember 2026 (Pengesahan"),
    (
        "TERIMA teknis NIHIL",
        FACTS,
        (DeclareNil(periode="2026-TW3", unit="teknis", oleh=BOSS),),
        [DONE],
        "diterima sebagai nihil",
    ),
    ("TERIMA hukum NIHIL", HALF, (), [DONE], "sudah lengkap"),
    ("TERIMA hukum NIHIL", IDLE, (), [DONE], "tidak ada periode yang sedang berjalan"),
    (
        "INGATKAN",
        HALF,
        tuple(CountReminder(periode="2026-TW3", unit=unit) for unit in ("umum", "teknis")),
        ["pengingat > umum@kpu.example", "pengingat > teknis@kpu.example", DONE],
        "Pengingat disampaikan kepada Subbagian Umum, Subbagian Teknis",
    ),
    (
        "INGATKAN teknis",
        HALF,
        (CountReminder(periode="2026-TW3", unit="teknis"),),
        ["pengingat > teknis@kpu.example", DONE],
        "Subbagian Teknis",
    ),
    ("INGATKAN teknis", REMINDED, (), [DONE], "Subbagian Teknis (pukul 09.05 WIT) sudah diingatkan;"),
    (
        "INGATKAN",
        REMINDED,
        (CountReminder(periode="2026-TW3", unit="umum"),),
        ["pengingat > umum@kpu.example", DONE],
        "Subbagian Umum. Subbagian Teknis (pukul",
    ),
    (
        "INGATKAN",
        ON_LEAVE,
        (CountReminder(periode="2026-TW3", unit="teknis"),),
        ["pengingat > teknis@kpu.example", DONE],
        "Subbagian Teknis. Pengingat tidak disampaikan kepada Kepala Umum (tidak di tempat s.d. 5 Oktober",
    ),
    ("INGATKAN umum", ON_LEAVE, (), [DONE], "PLH UKL Nama Pejabat nama@kantor.example 12/SPT/2026 s.d. 5 Oktober"),
    (
        "INGATKAN umum",
        STOOD_IN_FOR,
        (CountReminder(periode="2026-TW3", unit="umum"),),
        ["pengingat > rina@kpu.example", DONE],
        "Pengingat disampaikan kepada Subbagian Umum.",
    ),
    ("INGATKAN hukum", HALF, (), [DONE], "Tidak ada data yang perlu diingatkan"),
    ("INGATKAN", IDLE, (), [DONE], "tidak ada periode yang sedang berjalan"),
)
IDS = [f"{row[0]}: {row[4] or row[3][0]}" for row in TABLE]


def said(outcome: Outcome) -> str:
    isi = outcome.surat[-1].isi
    return isi.hasil if isinstance(isi, IsiPerintah) else ""


@pytest.mark.parametrize(("text", "known", "effects", "letters", "sentence"), TABLE, ids=IDS)
def test_a_proven_order_is_carried_out_and_confirmed(
    text: str, known: Facts, effects: tuple[Effect, ...], letters: list[str], sentence: str
) -> None:
    outcome = outcome_of(order(text), (), known)

    assert (outcome.verdict, outcome.efek, brief(outcome.surat)) == ("order", effects, letters)
    assert sentence in said(outcome)


ACTING = sorted({row[0] for row in TABLE} - {"STATUS", "BANTUAN"})


@pytest.mark.parametrize("text", ACTING)
def test_an_order_without_proof_is_asked_for_again(text: str) -> None:
    outcome = outcome_of(order(text, proven=False))

    assert (outcome.label, outcome.efek, brief(outcome.surat)) == ("perintah ditunda", (), [DONE])
    assert "belum dapat dipastikan" in said(outcome)


@pytest.mark.parametrize(("text", "template"), [("STATUS", "status"), ("BANTUAN", "daftar-perintah")])
def test_what_only_asks_needs_no_proof(text: str, template: str) -> None:
    outcome = outcome_of(order(text, proven=False))

    assert brief(outcome.surat) == [f"{template} > {TO_BOSS}"]


def test_the_answer_to_the_request_for_a_repeat_is_proven() -> None:
    again = make_message_id(ME, "surel.16.perintah", None, None)

    outcome = outcome_of(mail("perencanaan", "TUTUP", answers=again))

    assert outcome.efek == (ClosePeriod("2026-TW3", BOSS),)


def test_a_penyusun_may_order_too_and_is_named() -> None:
    outcome = outcome_of(order("TUTUP", sender="penyusun"))

    assert outcome.efek == (ClosePeriod("2026-TW3", "Kepala Penyusun"),)
    assert brief(outcome.surat) == ["perintah > penyusun@kpu.example"]


def test_a_respondent_orders_nothing() -> None:
    outcome = outcome_of(order("TUTUP", sender="umum"))

    assert (outcome.verdict, outcome.efek) == ("reply", ())


def test_whatever_is_not_understood_gets_the_list_of_orders() -> None:
    outcome = outcome_of(order("Tolong diatur saja sebaiknya bagaimana"))

    assert (outcome.label, outcome.efek, brief(outcome.surat)) == (
        "perintah tidak dipahami",
        (),
        [f"daftar-perintah > {TO_BOSS}"],
    )


def test_an_order_is_about_the_period_of_its_thread() -> None:
    older = replace(PERIOD, periode=parse_periode("2026-TW2"))
    thread = make_message_id(ME, "2026-TW2.pembukaan", "2026-TW2", None)

    outcome = outcome_of(mail("perencanaan", "TUTUP", answers=thread), (), replace(FACTS, periode=(older, PERIOD)))

    assert outcome.efek == (ClosePeriod("2026-TW2", BOSS),)


def test_without_a_thread_an_order_is_about_the_newest_period() -> None:
    older = replace(PERIOD, periode=parse_periode("2026-TW2"))

    outcome = outcome_of(order("TUTUP"), (), replace(FACTS, periode=(older, PERIOD)))

    assert outcome.efek == (ClosePeriod("2026-TW3", BOSS),)


def test_a_rekap_on_request_is_no_edition() -> None:
    outcome = outcome_of(order("REKAP"))

    [letter] = outcome.surat
    [enclosed] = letter.lampiran
    assert isinstance(enclosed, RekapFile)
    assert (letter.kunci, enclosed.rekap.nama_edisi) == ("surel.17.rekap", "atas permintaan")


def test_who_orders_too_much_gets_silence_but_is_obeyed() -> None:
    tired = replace(FACTS, dijawab_hari_ini=POLICY.batasan.jawaban_per_hari + 1)

    outcome = outcome_of(order("TUTUP"), (), tired)

    assert (outcome.efek, outcome.surat) == ((ClosePeriod("2026-TW3", BOSS),), ())
