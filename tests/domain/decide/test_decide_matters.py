"""What the penyusun settles by number: TERIMA lets a mail count, ABAIKAN takes it off the list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinerja_mailbot.domain.mail.letters.commands import IsiPerintah
from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.domain.mail.outcome import DismissMail, Effect, HoldMail, Outcome, ReleaseMail, StoreSubmission
from tests.domain.collection import UMUM
from tests.domain.decide.office_mail import ARRIVED, FACTS, attached, brief, mail, outcome_of, workbook

STRANGER = Matter(nomor=4, urusan=Urusan.TAK_DIKENAL, tiba_at=ARRIVED, pengirim="promosi@toko.example")
WAITING = (
    STRANGER,
    replace(STRANGER, nomor=5, unit="umum"),
    replace(STRANGER, nomor=6, urusan=Urusan.DITAHAN, unit="teknis"),
    replace(STRANGER, nomor=7, urusan=Urusan.DISISIHKAN),
    replace(STRANGER, nomor=8, urusan=Urusan.BELUM_JELAS, unit="umum"),
)
KNOWN = replace(FACTS, urusan=WAITING)

TABLE: tuple[tuple[str, tuple[Effect, ...], str], ...] = (
    ("TERIMA 6", (ReleaseMail(6),), "hasilnya disampaikan kepada Subbagian Teknis"),
    ("TERIMA 5", (ReleaseMail(5),), "hasilnya disampaikan kepada Subbagian Umum"),
    ("TERIMA 7", (ReleaseMail(7),), "pengirimnya apabila terdaftar"),
    ("TERIMA 4", (), "tidak memuat isian yang dapat diproses; balasan ABAIKAN 4"),
    ("TERIMA 8", (), "tidak memuat isian yang dapat diproses; balasan ABAIKAN 8"),
    ("TERIMA 99", (), "nomor 99 tidak (lagi) terdapat dalam daftar"),
    ("TERIMA 6, 99", (ReleaseMail(6),), "nomor 99 tidak (lagi)"),
    ("ABAIKAN 4", (DismissMail(4),), "Surel nomor 4 dikeluarkan dari daftar dan tetap tersimpan"),
    ("ABAIKAN 4, 6", (DismissMail(4), DismissMail(6)), "Surel nomor 4, 6 dikeluarkan"),
    ("ABAIKAN 99", (), "nomor 99 tidak (lagi) terdapat dalam daftar"),
)


def said(outcome: Outcome) -> str:
    isi = outcome.surat[-1].isi
    return isi.hasil if isinstance(isi, IsiPerintah) else ""


@pytest.mark.parametrize(("text", "effects", "sentence"), TABLE, ids=[row[0] for row in TABLE])
def test_a_number_is_settled_and_confirmed(text: str, effects: tuple[Effect, ...], sentence: str) -> None:
    outcome = outcome_of(mail("penyusun", text, proven=True), (), KNOWN)

    assert (outcome.verdict, outcome.efek) == ("order", effects)
    assert brief(outcome.surat) == ["perintah > penyusun@kpu.example"]
    assert sentence in said(outcome)


@pytest.mark.parametrize("text", ["TERIMA 6", "ABAIKAN 6"])
def test_a_number_without_proof_of_the_sender_settles_nothing(text: str) -> None:
    outcome = outcome_of(mail("penyusun", text), (), KNOWN)

    assert (outcome.label, outcome.efek) == ("perintah ditunda", ())


RETYPED = attached(workbook(UMUM, 80, 90, signed=False))
STRANGE = "umum@gmail.example"


def test_a_form_typed_anew_by_a_stranger_is_listed_under_its_unit_and_not_held() -> None:
    outcome = outcome_of(mail(STRANGE, files=(RETYPED,)), (RETYPED,))

    assert (outcome.label, outcome.urusan, outcome.unit) == ("disimpan", Urusan.TAK_DIKENAL, "umum")
    assert (outcome.efek, outcome.surat) == ((), ())


def test_what_the_penyusun_lets_count_is_processed_as_if_it_had_just_come() -> None:
    outcome = outcome_of(mail(STRANGE, files=(RETYPED,)), (RETYPED,), replace(FACTS, dilepas=True))

    assert [type(effect) for effect in outcome.efek] == [StoreSubmission]
    assert (brief(outcome.surat), outcome.urusan) == (["tanda-terima > umum@kpu.example"], None)


def test_a_held_form_waits_for_the_penyusun_too() -> None:
    genuine = attached(workbook(UMUM, 80, 90))

    outcome = outcome_of(mail(STRANGE, files=(genuine,)), (genuine,))

    assert (outcome.urusan, [type(effect) for effect in outcome.efek]) == (Urusan.DITAHAN, [HoldMail])


def test_an_unknown_mail_is_listed() -> None:
    assert outcome_of(mail("promosi@toko.example", "Halo")).urusan is Urusan.TAK_DIKENAL


def test_words_without_a_form_reach_the_penyusun_at_once_and_are_listed() -> None:
    outcome = outcome_of(mail("umum", "Datanya masih direkonsiliasi.", answers="umum"))

    assert brief(outcome.surat) == ["petunjuk > umum@kpu.example", "terusan > penyusun@kpu.example"]
    assert outcome.urusan is Urusan.BELUM_JELAS


def test_words_while_nothing_is_open_reach_the_penyusun_too() -> None:
    outcome = outcome_of(mail("umum", "Apakah TW4 sudah dibuka?", proven=True), (), replace(FACTS, periode=()))

    assert brief(outcome.surat) == ["tidak-ada-permintaan > umum@kpu.example", "terusan > penyusun@kpu.example"]
