"""The letters as values: to whom, under which key and subject, in which thread, with what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kinerja_mailbot.adapters.letterhead import sample_world as world
from kinerja_mailbot.adapters.letterhead.samples import sample_letters
from kinerja_mailbot.domain.form.checked import CheckedCell, StoredCell
from kinerja_mailbot.domain.form.identity import is_genuine
from kinerja_mailbot.domain.form.value import CellOutcome
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import FormFile, Letter, RekapFile, Thread
from kinerja_mailbot.domain.mail.letters.answers import IsiPerbaikan, IsiTandaTerima
from kinerja_mailbot.domain.mail.letters.commands import IsiDaftarPerintah, IsiStatus
from kinerja_mailbot.domain.mail.letters.corrections import list_troubles
from kinerja_mailbot.domain.mail.letters.guidance import IsiBatasJawaban, IsiPetunjuk
from kinerja_mailbot.domain.mail.letters.notices import IsiAlamatGagal
from kinerja_mailbot.domain.mail.letters.recorded import recorded
from kinerja_mailbot.domain.mail.letters.requests import IsiPengingat, IsiPermintaan
from kinerja_mailbot.domain.mail.outcome import MarkAddress
from kinerja_mailbot.domain.sop.state import KeadaanPeriode
from kinerja_mailbot.domain.unit import Kantor, Pejabat, Peran, Peserta

KANTOR = Kantor(nama="KPU Contoh", alamat="Jalan Contoh 1", kota="Contoh")
PERIOD = world.period()
FACTS = world.facts(KANTOR, PERIOD)
MAIL = world.mail()
HEAD, CHIEF = world.UNITS
ASKED, ALSO = PERIOD.permintaan
PENYUSUN = world.DAFTAR.penyusun[0]
OFFICIAL = HEAD.pejabat[0]
REQUEST_ID = "<contoh.umum@kpu.example>"
ANSWER = Thread("<jawaban@kpu.example>", (REQUEST_ID,))

GOOD = world.submission(world.INFO)
WRONG = world.submission(world.FIX, world.CHECK)
BOUNCED = MarkAddress(alamat="UKL@kpu.example", gagal=True, keterangan="550 5.1.1 User unknown")


def petunjuk(facts: Facts, hambatan: letters.Hambatan = letters.Hambatan.TERKUNCI) -> Letter:
    return letters.balasan_tanpa_format(facts, MAIL, PERIOD, ASKED, HEAD, hambatan=hambatan, nama_berkas="tw3.xlsx")


def to_respondent() -> tuple[tuple[str, Letter, str, str, Thread | None], ...]:
    person = Peserta(peran=Peran.RESPONDEN, pejabat=OFFICIAL, unit=HEAD)
    tag = "[KINERJA 2026-TW3 UKL]"
    reminder = letters.pengingat(FACTS, PERIOD, ASKED, HEAD, urutan=2, rung=1)
    return (
        (
            "permintaan",
            letters.permintaan(FACTS, PERIOD, ASKED, HEAD),
            "2026-TW3.permintaan.umum",
            f"{tag} Permintaan Data Kinerja Triwulan III Tahun 2026",
            None,
        ),
        (
            "pengingat",
            reminder,
            "2026-TW3.pengingat.2.umum",
            f"{tag} Pengingat penyampaian data kinerja Triwulan III Tahun 2026",
            Thread(REQUEST_ID),
        ),
        (
            "tanda-terima",
            letters.tanda_terima(FACTS, MAIL, PERIOD, ASKED, HEAD, GOOD),
            "surel.17.tanda-terima",
            f"{tag} Tanda terima TRM-2026-TW3-UKL-01",
            ANSWER,
        ),
        (
            "perbaikan",
            letters.perbaikan(FACTS, MAIL, PERIOD, ASKED, HEAD, WRONG),
            "surel.17.perbaikan",
            f"{tag} Mohon perbaikan 1 isian, tanda terima TRM-2026-TW3-UKL-01",
            ANSWER,
        ),
        ("petunjuk", petunjuk(FACTS), "surel.17.petunjuk", f"{tag} Petunjuk pengiriman berkas isian", ANSWER),
        (
            "tidak-ada-permintaan",
            letters.tidak_ada_permintaan(FACTS, MAIL, person),
            "surel.17.tidak-ada-permintaan",
            "[KINERJA UKL] Belum ada permintaan data yang terbuka",
            ANSWER,
        ),
        (
            "benarkah",
            letters.benarkah(FACTS, MAIL, HEAD, "2026-TW3"),
            "surel.17.benarkah",
            f"{tag} Mohon konfirmasi pengirim data kinerja",
            None,
        ),
        (
            "batas-jawaban",
            letters.batas_jawaban(FACTS, MAIL, OFFICIAL),
            "2026-10-06.batas-jawaban.ukl@kpu.example",
            "[KINERJA UKL] Pemberitahuan balasan otomatis hari ini",
            ANSWER,
        ),
    )


@pytest.mark.parametrize(
    ("templat", "letter", "kunci", "subjek", "utas"), to_respondent(), ids=[row[0] for row in to_respondent()]
)
def test_a_respondent_alone_gets_his_letter_in_his_thread(
    templat: str, letter: Letter, kunci: str, subjek: str, utas: Thread | None
) -> None:
    found = (letter.templat, letter.kunci, letter.subjek, letter.utas, letter.kepada, letter.tembusan, letter.unit)

    assert found == (templat, kunci, subjek, utas, (OFFICIAL,), (), "umum")


def to_the_office() -> tuple[tuple[str, Letter, str, str, tuple[Pejabat, ...]], ...]:
    order, boss, tag = world.mail("perencanaan@kpu.example"), world.KASUBBAG, "[KINERJA 2026-TW3]"
    return (
        (
            "konfirmasi",
            letters.konfirmasi_pembukaan(FACTS, PERIOD),
            "2026-TW3.konfirmasi",
            f"{tag} Mohon persetujuan pengumpulan data kinerja Triwulan III Tahun 2026",
            (boss,),
        ),
        (
            "pembukaan",
            letters.pembukaan(FACTS, PERIOD),
            "2026-TW3.pembukaan",
            f"{tag} Pengumpulan data kinerja Triwulan III Tahun 2026 telah dimulai",
            (boss,),
        ),
        (
            "eskalasi",
            letters.eskalasi(FACTS, PERIOD, (CHIEF, HEAD), rung=3),
            "2026-TW3.eskalasi.3.sekretaris",
            f"{tag} Laporan data kinerja yang belum diterima",
            (boss,),
        ),
        (
            "langkah-terlampaui",
            letters.langkah_terlampaui(FACTS, PERIOD, PERIOD.step(6)),
            "2026-TW3.langkah.6",
            f"{tag} Langkah 6 SOP melewati waktu baku",
            (boss,),
        ),
        (
            "langkah-terlampaui",
            letters.langkah_terlampaui(FACTS, PERIOD, PERIOD.step(2)),
            "2026-TW3.langkah.2",
            f"{tag} Langkah 2 SOP melewati waktu baku",
            (PENYUSUN, *world.DAFTAR.administrator),
        ),
        (
            "status",
            letters.status(FACTS, order, boss),
            "surel.17.status",
            f"{tag} Status pengumpulan data kinerja",
            (boss,),
        ),
        (
            "perintah",
            letters.perintah_dilaksanakan(FACTS, order, boss, perintah="TUTUP", hasil="Periode telah kami tutup."),
            "surel.17.perintah",
            "[KINERJA] Jawaban atas perintah TUTUP",
            (boss,),
        ),
        (
            "daftar-perintah",
            letters.daftar_perintah(FACTS, order, PENYUSUN, dipahami=True),
            "surel.17.bantuan",
            "[KINERJA] Daftar perintah melalui surel",
            (PENYUSUN,),
        ),
        (
            "terusan",
            letters.terusan(FACTS, world.mail(teks="Mohon waktu."), HEAD, "2026-TW3"),
            "surel.17.terusan",
            f"{tag} Pesan dari Subbagian Keuangan, Umum, dan Logistik",
            (PENYUSUN,),
        ),
        (
            "alamat-gagal",
            letters.alamat_gagal(FACTS, MAIL, BOUNCED, HEAD),
            "alamat-gagal.ukl@kpu.example.2026-10-06",
            "[KINERJA] Alamat Subbagian Keuangan, Umum, dan Logistik tidak dapat menerima surel",
            (boss, PENYUSUN),
        ),
        (
            "gangguan",
            letters.gangguan(FACTS, kunci="gangguan.imap", judul="Kotak surat tidak terbaca", rincian=("Rincian.",)),
            "gangguan.imap",
            "[KINERJA] Kotak surat tidak terbaca",
            (Pejabat(nama="Administrator", jabatan="Administrator Sistem", alamat=("admin@kpu.example",)),),
        ),
        (
            "uji",
            letters.uji(FACTS, boss),
            "uji.2026-10-06T00:20:00+00:00",
            "[KINERJA] Surel uji sistem pengumpulan data kinerja",
            (boss,),
        ),
    )


@pytest.mark.parametrize(
    ("templat", "letter", "kunci", "subjek", "kepada"), to_the_office(), ids=[row[2] for row in to_the_office()]
)
def test_an_internal_letter_proves_no_unit(
    templat: str, letter: Letter, kunci: str, subjek: str, kepada: tuple[Pejabat, ...]
) -> None:
    found = (letter.templat, letter.kunci, letter.subjek, letter.kepada, letter.tembusan, letter.unit)

    assert found == (templat, kunci, subjek, kepada, (), None)


def test_an_acting_official_gets_the_letter_in_his_time() -> None:
    acting = Pejabat(
        nama="Contoh Plh", jabatan="Plh. Kepala Subbagian", alamat=("plh@kpu.example",), sejak=date(2026, 10, 6)
    )
    unit = replace(HEAD, pejabat=(OFFICIAL, acting))

    letter = letters.permintaan(FACTS, PERIOD, ASKED, unit)

    assert letter.kepada == (acting,)


def test_the_request_encloses_a_form_signed_for_this_request() -> None:
    (form,) = letters.permintaan(FACTS, PERIOD, ASKED, HEAD).lampiran

    assert isinstance(form, FormFile)
    assert (form.nama, form.meta.nonce, form.meta.unit) == ("Format-Kinerja-2026-TW3-UKL.xlsx", "contoh", "umum")
    assert is_genuine(form.meta, FACTS.identitas.kunci)


def test_the_request_names_the_deadline_and_the_working_time_left() -> None:
    content = letters.permintaan(FACTS, PERIOD, ASKED, HEAD).isi

    assert isinstance(content, IsiPermintaan)
    assert content.batas == "Selasa, 6 Oktober 2026 pukul 16.00 WIT (sisa 5 jam 40 menit kerja)"


def test_the_sekretaris_is_asked_for_his_kindness_and_never_told_that_he_is_late() -> None:
    late = replace(ALSO, batas_at=world.EARLIER)

    asked = letters.permintaan(FACTS, PERIOD, ALSO, CHIEF)
    reminded = letters.pengingat(FACTS, PERIOD, late, CHIEF, urutan=5, rung=4)

    assert asked.subjek == "[KINERJA 2026-TW3 SEK] Permohonan Data Kinerja Triwulan III Tahun 2026"
    assert isinstance(reminded.isi, IsiPengingat)
    assert (reminded.isi.nada, reminded.isi.batas) == ("atasan", "Senin, 5 Oktober 2026 pukul 09.00 WIT")
    assert reminded.tembusan == ()


@pytest.mark.parametrize(
    ("rung", "late", "nada", "encloses", "copies"),
    [
        pytest.param(-1, False, "mendekati", False, (), id="by order, before the first rung"),
        pytest.param(0, False, "mendekati", False, (), id="before the deadline"),
        pytest.param(1, True, "lewat", False, (), id="just past"),
        pytest.param(2, True, "kedua", True, (), id="second, with the form"),
        pytest.param(3, True, "ketiga", True, (), id="third, the form stays enclosed"),
        pytest.param(4, True, "ketiga", True, CHIEF.pejabat, id="the last one is copied to the Sekretaris"),
        pytest.param(4, False, "mendekati", True, CHIEF.pejabat, id="nobody is late while he has time"),
    ],
)
def test_the_rung_sets_the_tone(rung: int, late: bool, nada: str, encloses: bool, copies: tuple[Pejabat, ...]) -> None:
    asked = world.LATE if late else ASKED

    letter = letters.pengingat(FACTS, PERIOD, asked, HEAD, urutan=1, rung=rung)

    assert isinstance(letter.isi, IsiPengingat)
    assert (letter.isi.nada, bool(letter.lampiran), letter.tembusan) == (nada, encloses, copies)


def test_the_receipt_repeats_what_we_recorded() -> None:
    content = letters.tanda_terima(FACTS, MAIL, PERIOD, ASKED, HEAD, GOOD).isi

    assert isinstance(content, IsiTandaTerima)
    assert [(r.target, r.realisasi, r.capaian) for r in content.catatan.capaian] == [
        ("2 laporan", "2 laporan", "100,00%"),
        ("80%", "83,5%", "104,38%"),
        ("75%", "belum diisi", "–"),
    ]
    assert [(r.pagu, r.realisasi, r.serapan) for r in content.catatan.anggaran] == [
        ("Rp1.250.000.000", "Rp934.500.000", "74,76%")
    ]
    assert [(r.judul, r.isi) for r in content.catatan.lembar] == [("LHP", "dinyatakan nihil")]
    assert (content.terima.sidik, content.terima.dukung) == (
        f"3f9a1c77b2d00000{3 * ' 0000000000000000'}",
        ("LPJ-September.pdf",),
    )


def test_a_receipt_only_counts_the_rows_of_an_audit() -> None:
    secret = "Kelebihan pembayaran honorarium"
    cells = tuple(
        StoredCell(lembar="lhp", baris=number, kolom=key, nilai=value)
        for number in ("12/LHP/2026", "13/LHP/2026")
        for key, value in (("no_lhp", number), ("judul", secret), ("nilai_rp", Decimal(5)))
    )

    shown = recorded(world.FORM, cells)

    assert [(row.judul, row.isi) for row in shown.lembar] == [("LHP", "2 baris")]
    assert secret not in repr(shown)


def test_corrections_come_with_the_form_that_marks_them() -> None:
    (form,) = letters.perbaikan(FACTS, MAIL, PERIOD, ASKED, HEAD, WRONG).lampiran

    assert isinstance(form, FormFile)
    assert form.nama == "Format-Kinerja-2026-TW3-UKL-PERBAIKAN.xlsx"
    assert (form.isian, form.ditanyakan, form.batas_at) == (world.STORED, (replace(world.FIX, nomor=1),), world.DUE)


def test_compulsory_corrections_come_before_those_to_look_at() -> None:
    content = letters.perbaikan(FACTS, MAIL, PERIOD, ASKED, HEAD, WRONG).isi

    assert isinstance(content, IsiPerbaikan)
    assert [row.nomor for row in (*content.wajib.baris, *content.dicek.baris)] == [1, 2]
    assert (content.wajib.baris[0].sel, content.dicek.baris[0].sel) == (
        "J11 (lembar Capaian Kinerja)",
        "J9 (lembar Capaian Kinerja)",
    )


def test_the_same_trouble_in_many_cells_is_one_line() -> None:
    cells = tuple(replace(world.FIX, sel=f"J{n}", tertulis="", label=f"IK-{n}") for n in range(9, 16))

    listed = list_troubles(world.FORM, cells)

    assert listed.sisa == 0
    assert [(row.sel, row.indikator, row.tertulis) for row in listed.baris] == [
        ("J9, J10, J11, J12, dan 3 sel lain (lembar Capaian Kinerja)", "IK-9, IK-10, dan 5 isian lain", "(kosong)")
    ]


def test_a_long_list_stops_after_ten_lines_and_says_what_is_left() -> None:
    cells = tuple(replace(world.FIX, sel=f"J{n}", pesan=f"Masalah {n}.") for n in range(22))

    listed = list_troubles(world.FORM, cells)

    assert (len(listed.baris), listed.sisa) == (10, 12)


def test_a_findings_words_never_reach_the_list_of_corrections() -> None:
    secret = "Kelebihan pembayaran honorarium panitia"
    cell = CheckedCell(
        lembar="lhp",
        lembar_terlihat="LHP",
        sel="B9",
        baris="12/LHP/2026",
        kolom="judul",
        label=f"{secret} · Judul",
        tertulis=secret,
        nilai=None,
        hasil=CellOutcome.FIX,
        pesan=f'tertulis "{secret}"; mohon diringkas.',
    )

    (row,) = list_troubles(world.FORM, (cell,)).baris

    assert (row.indikator, row.tertulis) == ("Judul · 12/LHP/2026", "(uraian)")
    assert secret not in repr(row)


@pytest.mark.parametrize(
    ("masalah", "cara"),
    [
        pytest.param('Tertulis "12.500", sedangkan satuannya persen.', "Satuannya persen.", id="whereas"),
        pytest.param('Tertulis "3/4" dalam bentuk perbandingan.', "Dalam bentuk perbandingan.", id="directly after"),
        pytest.param('Tertulis "lihat atas"; mohon tulis angkanya.', "Mohon tulis angkanya.", id="semicolon"),
        pytest.param("Sel ini belum terisi; mohon diisi.", "Sel ini belum terisi; mohon diisi.", id="nothing typed"),
        pytest.param('Tertulis "a"b", mohon dipastikan.', 'Tertulis "a"b", mohon dipastikan.', id="quotes inside"),
    ],
)
def test_a_table_that_shows_what_was_typed_does_not_say_it_again(masalah: str, cara: str) -> None:
    (row,) = list_troubles(world.FORM, (replace(world.FIX, pesan=masalah),)).baris

    assert row.cara == cara


def test_a_deadline_never_counts_zero_minutes() -> None:
    reminded = letters.pengingat(replace(FACTS, now=world.DUE), PERIOD, ASKED, HEAD, urutan=2, rung=1)
    late = letters.status(replace(FACTS, now=world.DUE + timedelta(seconds=20)), MAIL, world.KASUBBAG)

    assert isinstance(reminded.isi, IsiPengingat)
    assert reminded.isi.batas == "Selasa, 6 Oktober 2026 pukul 16.00 WIT (berakhir saat ini)"
    assert isinstance(late.isi, IsiStatus)
    assert late.isi.periode[0].baris[0].sisa == "baru saja lewat"


def test_the_sekretaris_is_asked_for_his_kindness_in_guidance_too() -> None:
    letter = letters.balasan_tanpa_format(
        FACTS, MAIL, PERIOD, ALSO, CHIEF, hambatan=letters.Hambatan.HANYA_PDF_ATAU_FOTO, nama_berkas="lhp.pdf"
    )

    assert isinstance(letter.isi, IsiPetunjuk)
    assert letter.isi.langkah.startswith("Mohon perkenan Bapak/Ibu mengisi format Excel terlampir")


@pytest.mark.parametrize("hambatan", list(letters.Hambatan))
def test_every_obstacle_gets_one_step_and_the_form_again(hambatan: letters.Hambatan) -> None:
    letter = petunjuk(FACTS, hambatan)

    assert isinstance(letter.isi, IsiPetunjuk)
    assert letter.isi.langkah.startswith("Mohon ")
    assert [type(item) for item in letter.lampiran] == [FormFile]


def test_the_question_benarkah_repeats_nothing_that_a_stranger_wrote() -> None:
    mail = replace(MAIL, subjek="Segera klik tautan ini", teks="Segera klik tautan ini")

    letter = letters.benarkah(FACTS, mail, HEAD, "2026-TW3")

    assert "klik" not in letter.subjek + repr(letter.isi)


def test_the_last_letter_of_the_day_names_what_is_still_owed() -> None:
    content = letters.batas_jawaban(FACTS, MAIL, OFFICIAL).isi

    assert isinstance(content, IsiBatasJawaban)
    assert content.terbuka == (
        "Triwulan III Tahun 2026, batas Selasa, 6 Oktober 2026 pukul 16.00 WIT (sisa 5 jam 40 menit kerja)",
    )


@pytest.mark.parametrize(
    ("alamat", "lain"),
    [
        pytest.param("UKL@kpu.example", "", id="his only address"),
        pytest.param("ukl.lama@kpu.example", "ukl@kpu.example", id="an old address beside a good one"),
    ],
)
def test_a_dead_address_is_told_with_the_one_that_still_works(alamat: str, lain: str) -> None:
    content = letters.alamat_gagal(FACTS, MAIL, replace(BOUNCED, alamat=alamat), HEAD).isi

    assert isinstance(content, IsiAlamatGagal)
    assert content.alamat_lain == lain


def test_a_mail_without_an_id_is_answered_in_the_requests_thread() -> None:
    letter = letters.tanda_terima(FACTS, replace(MAIL, message_id=""), PERIOD, ASKED, HEAD, GOOD)

    assert letter.utas == Thread(REQUEST_ID)


def test_the_status_shows_each_open_period_and_no_closed_one() -> None:
    facts = replace(FACTS, periode=(PERIOD, world.period(KeadaanPeriode.DITUTUP)))

    content = letters.status(facts, MAIL, world.KASUBBAG).isi

    assert isinstance(content, IsiStatus)
    (period,) = content.periode
    assert [(row.unit, row.keadaan, row.sisa, row.diterima) for row in period.baris] == [
        ("UKL", "perlu perbaikan", "5 jam 40 menit", "6 Okt 09.20"),
        ("SEK", "belum diterima", "5 jam 40 menit", "–"),
    ]


def test_a_late_unit_shows_how_long_ago_its_deadline_passed() -> None:
    content = letters.status(replace(FACTS, now=world.DUE + timedelta(days=1)), MAIL, world.KASUBBAG).isi

    assert isinstance(content, IsiStatus)
    assert content.periode[0].baris[0].sisa == "telah lewat 7 jam 30 menit"


def test_the_orders_are_shown_with_a_real_unit_and_period() -> None:
    content = letters.daftar_perintah(FACTS, MAIL, PENYUSUN, dipahami=False).isi

    assert isinstance(content, IsiDaftarPerintah)
    assert {"BUKA TW3 2026", "INGATKAN UKL", "TERIMA UKL NIHIL"} <= {row.contoh for row in content.perintah}


@pytest.mark.parametrize(
    ("sender", "kepada"),
    [
        pytest.param("penyusun@kpu.example", (PENYUSUN,), id="a penyusun gets what he ordered"),
        pytest.param("perencanaan@kpu.example", (world.KASUBBAG,), id="the Kasubbag too"),
        pytest.param("ukl@kpu.example", (world.KASUBBAG,), id="a respondent never does"),
    ],
)
def test_a_rekap_goes_to_the_one_who_ordered_it(sender: str, kepada: tuple[Pejabat, ...]) -> None:

    (file,) = next(item for item in sample_letters(KANTOR) if item.templat == "rekap").lampiran
    assert isinstance(file, RekapFile)

    letter = letters.rekap(FACTS, PERIOD, file.rekap, kunci="surel.17.rekap", reply_to=world.mail(sender))

    assert (letter.kepada, letter.kunci, letter.unit) == (kepada, "surel.17.rekap", None)


def test_the_scheduled_rekap_goes_to_the_kasubbag_and_where_configured_to_the_sekretaris() -> None:

    (file,) = next(item for item in sample_letters(KANTOR) if item.templat == "rekap").lampiran
    assert isinstance(file, RekapFile)
    told = replace(FACTS, aturan=replace(FACTS.aturan, rekap=replace(FACTS.aturan.rekap, tembusan_sekretaris=True)))

    letter = letters.rekap(told, PERIOD, file.rekap)

    assert (letter.kunci, letter.kepada, letter.tembusan) == ("2026-TW3.rekap.1", (world.KASUBBAG,), CHIEF.pejabat)
    assert (letter.subjek, file.nama) == (
        "[KINERJA 2026-TW3] Rekap Data Kinerja Triwulan III Tahun 2026 (sementara)",
        "Rekap-Kinerja-2026-TW3-sementara.xlsx",
    )
