"""Orders as people write them, and whatever must not be taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_mailbot.domain.mail.orders import (
    Abaikan,
    AnalisisSelesai,
    Bantuan,
    Buka,
    Ingatkan,
    MintaRekap,
    Order,
    Setuju,
    Status,
    TerimaNihil,
    TerimaSurel,
    Tutup,
    parse_order,
    says_yes,
)
from kinerja_mailbot.domain.mail.quotation import split_quotation
from kinerja_mailbot.domain.periode import JenisPeriode, Periode
from tests.domain.mail_office import DAFTAR

TW3 = Periode(2026, JenisPeriode.TRIWULAN, 3)

ORDERS: tuple[tuple[str, Order | None], ...] = (
    ("STATUS", Status()),
    ("status dong", Status()),
    ("Status?", Status()),
    ("Bagaimana statusnya, Pak?", Status()),
    ("Status dong, saya mau rapat jam 9", Status()),
    ("laporan status hari ini", Status()),
    ("Siapa saja yang belum kirim?", Status()),
    ("siapa yang belum mengirim data", Status()),
    ("Siapa yang sudah mengirim?", Status()),
    ("Sudah berapa unit yang masuk?", Status()),
    ("berapa yang belum masuk", Status()),
    ("Progres pengumpulan data bagaimana, Bu?", Status()),
    ("perkembangan TW3 2026", Status()),
    ("siapa kepala subbag teknis?", None),
    ("berapa target IK-3?", None),
    ("Mohon rekap terbaru dikirim ke saya", MintaRekap()),
    ("rekap tw3", MintaRekap()),
    ("Mohon kirimkan rekap kinerja Triwulan III 2026.", MintaRekap()),
    ("Rekap", MintaRekap()),
    ("buka triwulan III 2026", Buka(TW3)),
    ("BUKA TW3 2026", Buka(TW3)),
    ("Mohon dibuka periode 2026-TW3", Buka(TW3)),
    ("buka 2026", Buka(Periode(2026, JenisPeriode.TAHUN))),
    ("buka semester 1 2026", Buka(Periode(2026, JenisPeriode.SEMESTER, 1))),
    ("buka semester 3 2026", None),
    ("buka tw3", None),
    ("setuju", Setuju()),
    ("Setuju, laksanakan", Setuju()),
    ("Setuju, laksanakan.\nTerima kasih.", Setuju()),
    ("ya setuju", Setuju()),
    ("Ok, SETUJU!", Setuju()),
    ("*Setuju*", Setuju()),
    ("Yth. Admin\nSelamat pagi,\n\nSetuju.\n\nHormat kami,\nMaria Wanma\nKasubbag Perencanaan", Setuju()),
    ("Setuju. Terima kasih atas bantuannya", Setuju()),
    ("tidak setuju", None),
    ("belum setuju", None),
    ("Setuju, tapi tunggu Senin", None),
    ("Setuju.\nNamun tunggu dulu.", None),
    ("setuju?", None),
    ("Apakah saya harus setuju", None),
    ("Setuju jika datanya lengkap", None),
    ("Setuju dengan perubahan target", None),
    ("kurang setuju", None),
    ("ingatkan", Ingatkan(None)),
    ("ingatkan semua", Ingatkan(None)),
    ("tolong ingatkan yang belum mengirim data", Ingatkan(None)),
    ("Ingatkan teknis", Ingatkan("teknis")),
    ("ingatkan subbag logistik lagi", Ingatkan("umum")),
    ("ingatkan Subbagian Keuangan, Umum, dan Logistik", Ingatkan("umum")),
    ("ingatkan UKL", Ingatkan("umum")),
    ("ingatkan parmas", None),
    ("jangan ingatkan teknis", None),
    ("ANALISIS SELESAI", AnalisisSelesai()),
    ("Analisis sudah selesai, terima kasih.", AnalisisSelesai()),
    ("Analisa TW3 telah selesai", AnalisisSelesai()),
    ("analisis belum selesai", None),
    ("Apakah analisis selesai?", None),
    ("Tutup periode.\n\nAnalisis sudah selesai, terima kasih.", Tutup()),
    ("tutup", Tutup()),
    ("Tutup periode", Tutup()),
    ("Mohon ditutup periode 2026-TW3, terima kasih", Tutup()),
    ("jangan tutup", None),
    ("terima hukum nihil", TerimaNihil("hukum")),
    ("Terima Subbagian Hukum dan SDM nihil", TerimaNihil("hukum")),
    ("terima nihil teknis", TerimaNihil("teknis")),
    ("terima teknis", None),
    ("TERIMA 12", TerimaSurel((12,))),
    ("Mohon diterima surel nomor 12, terima kasih", TerimaSurel((12,))),
    ("terima 12, 14 dan 15", TerimaSurel((12, 14, 15))),
    ("terima 12 12", TerimaSurel((12,))),
    ("Terima #12.", TerimaSurel((12,))),
    ("Abaikan 12", Abaikan((12,))),
    ("ABAIKAN 15, 14", Abaikan((15, 14))),
    ("tolong abaikan surel no. 7", Abaikan((7,))),
    ("ABAIKAN 12\n\nSubbag Perencanaan", Abaikan((12,))),
    ("jangan abaikan 12", None),
    ("abaikan 12?", None),
    ("abaikan", None),
    ("abaikan semua", None),
    ("abaikan 0", None),
    ("abaikan 12 kecuali lampirannya", None),
    ("terima 12 laporan", None),
    ("terima 12345678901", None),
    ("TERIMA 12\nABAIKAN 13", None),
    ("bantuan", Bantuan()),
    ("HELP", Bantuan()),
    ("daftar perintah", Bantuan()),
    ("STATUS\nREKAP", None),
    ("Setuju\n\nTutup", None),
    ("Status\n\nstatus", Status()),
    ("Terima kasih", None),
    ("Terima kasih, rekapnya sudah kami terima.", None),
    ("Selamat pagi, mohon penjelasan indikator IK-3", None),
    ("", None),
    ("\n\n", None),
)


@pytest.mark.parametrize(("text", "order"), ORDERS, ids=[repr(text) for text, _ in ORDERS])
def test_an_order_is_read_as_people_write_it(text: str, order: Order | None) -> None:
    read = parse_order(text, DAFTAR)

    assert read == order


@pytest.mark.parametrize(
    "text", ["YA", "ya.", "Ya, benar", "benar", "Betul, itu kami yang mengirim", "Yth. Admin\nIya"]
)
def test_a_yes_is_a_yes(text: str) -> None:
    assert says_yes(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tidak",
        "Bukan",
        "tidak benar",
        "benar?",
        "Ya nanti saya kirim",
        "Terima kasih",
        "bukan saya, ya",
        "kebenaran",
    ],
)
def test_anything_else_is_no_yes(text: str) -> None:
    assert not says_yes(text)


@given(st.text(max_size=300))
def test_any_text_is_read_without_complaint(text: str) -> None:
    assert parse_order(text, DAFTAR) is None or text.strip()
    assert says_yes(text) in {True, False}


QUOTATIONS = (
    ("Setuju\n\nOn Tue, Oct 6, 2026 at 9:05 AM Sistem <\nkinerja@kpu.example> wrote:\n\n> Tutup", "Setuju"),
    ("Setuju\n\nPada Sel, 6 Okt 2026 09.05 Sistem <kinerja@kpu.example> menulis:\n> Tutup", "Setuju"),
    ("Setuju\n\n2026-10-06 9:05 GMT+09:00 Sistem <kinerja@kpu.example>:\n> Tutup", "Setuju"),
    ("Setuju\n-----Original Message-----\nFrom: x", "Setuju"),
    ("Setuju\n----- Pesan Asli -----\nDari: x", "Setuju"),
    ("Setuju\n\nFrom: Sistem\nSent: Tuesday\nTo: Maria\nSubject: Tutup\n\nTutup", "Setuju"),
    ("Setuju\n\nDari: Sistem\nDikirim: Selasa\nKepada: Maria\nPerihal: Tutup\n\nTutup", "Setuju"),
    ("Setuju\n-- \nMaria\nTutup", "Setuju"),
    ("Setuju\nDikirim dari iPhone saya", "Setuju"),
    ("Setuju\nSent from my Samsung Galaxy smartphone.", "Setuju"),
    ("Setuju\n> Tutup", "Setuju"),
    ("> Tutup\nSetuju", "Setuju"),
    ("On Tue, 6 Oct 2026 Sistem wrote:\n> Tutup\n> Rekap\n\nSetuju\n", "Setuju"),
    ("Pada rapat kemarin Bapak menulis:\nSetuju", "Pada rapat kemarin Bapak menulis:\nSetuju"),
    ("Dari: hati yang tulus", "Dari: hati yang tulus"),
)


@pytest.mark.parametrize(("text", "own"), QUOTATIONS, ids=[repr(text[:40]) for text, _ in QUOTATIONS])
def test_the_writers_own_words_are_cut_out(text: str, own: str) -> None:
    read, _ = split_quotation(text)

    assert read == own
