"""A small office in the middle of a quarter, invented for trying out templates; nobody real is in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from kinerja_mailbot.domain.form.checked import CheckedCell, CheckedForm, StoredCell
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Form, Row, Sheet
from kinerja_mailbot.domain.form.value import CellOutcome, Mark
from kinerja_mailbot.domain.form.workbook import FileKind
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.domain.mail.outcome import StoreSubmission
from kinerja_mailbot.domain.mail.thread import BotIdentity
from kinerja_mailbot.domain.periode import JenisPeriode, Periode
from kinerja_mailbot.domain.policy import (
    AturanRekap,
    Batasan,
    Jadwal,
    Keamanan,
    Pengingat,
    PerintahLangkah1,
    Policy,
    SkalaPredikat,
    Tingkat,
)
from kinerja_mailbot.domain.sop.state import (
    FileOnRecord,
    KeadaanPeriode,
    KeadaanPermintaan,
    PeriodState,
    RequestState,
    StepState,
)
from kinerja_mailbot.domain.sop.version import Langkah, VersiSop
from kinerja_mailbot.domain.sop.working_time import Interval, Week, WorkingHours
from kinerja_mailbot.domain.unit import Daftar, Kantor, Pejabat, Unit

NOW = datetime(2026, 10, 6, 0, 20, tzinfo=UTC)  # Tuesday, 09.20 WIT
DUE = datetime(2026, 10, 6, 7, 0, tzinfo=UTC)  # the same day, 16.00 WIT
EARLIER = datetime(2026, 10, 5, 0, 0, tzinfo=UTC)

_DAY = (Interval(time(7, 30), time(12)), Interval(time(13), time(16)))
_WEEK: Week = (_DAY, _DAY, _DAY, _DAY, _DAY, (), ())
_STEPS = ("Memerintahkan penyampaian format", "Menyampaikan format", "Menyampaikan format kepada Sekretaris")
_LONG_STEPS = ("Menghimpun data dari Sekretaris", "Menghimpun data dari Kepala Subbagian", "Menganalisis data")

SOP = VersiSop(
    nomor="5.16/ORT.06/9601/2023",
    tanggal=date(2023, 1, 5),
    efektif=date(2023, 1, 5),
    langkah=tuple(
        Langkah(nomor=n, aktivitas=name, pelaksana="Penyusun", menit=30 if n <= 3 else 480, keluaran="Dokumen")
        for n, name in enumerate((*_STEPS, *_LONG_STEPS), start=1)
    ),
)

_KOLOM_CAPAIAN = (
    Column(kunci="kode", judul="Kode", jenis=ColumnType.TEKS),
    Column(kunci="realisasi_kum", judul="Realisasi s.d. Triwulan", jenis=ColumnType.UKURAN, isian=True, wajib=True),
)
_KOLOM_ANGGARAN = (
    Column(kunci="pagu", judul="Pagu", jenis=ColumnType.RUPIAH),
    Column(kunci="realisasi", judul="Realisasi", jenis=ColumnType.RUPIAH, isian=True, wajib=True),
)
_KOLOM_LHP = (
    Column(kunci="no_lhp", judul="Nomor LHP", jenis=ColumnType.TEKS, isian=True),
    Column(kunci="judul", judul="Judul", jenis=ColumnType.TEKS, isian=True, wajib=True),
    Column(kunci="nilai_rp", judul="Nilai Temuan (Rp)", jenis=ColumnType.RUPIAH, isian=True),
)

FORM = Form(
    id="contoh",
    versi=1,
    judul="Format Data Kinerja",
    lembar=(
        Sheet(
            id="capaian",
            judul="Capaian Kinerja",
            kolom=_KOLOM_CAPAIAN,
            baris=tuple(
                Row(kode, (("indikator", name), ("satuan", unit), ("target_tw", target), ("rumus", "POS")))
                for kode, name, unit, target in (
                    ("UKL-01", "Jumlah laporan sistem akuntansi dan pelaporan keuangan", "laporan", Decimal(2)),
                    ("UKL-02", "Persentase pengelolaan logistik tepat waktu", "%", Decimal(80)),
                    ("UKL-03", "Persentase pemutakhiran data barang milik negara", "%", Decimal(75)),
                )
            ),
        ),
        Sheet(
            id="anggaran",
            judul="Anggaran",
            kolom=_KOLOM_ANGGARAN,
            baris=(Row("3355", (("uraian", "Pengelolaan Keuangan"), ("pagu", Decimal(1250000000)))),),
        ),
        Sheet(
            id="lhp",
            judul="LHP",
            kolom=_KOLOM_LHP,
            baris_kosong=5,
            kunci=("no_lhp",),
            nihil="Tidak ada LHP pada periode ini",
        ),
    ),
)

UNITS = (
    Unit(
        id="umum",
        kode="UKL",
        nama="Subbagian Keuangan, Umum, dan Logistik",
        pejabat=(
            Pejabat(
                nama="Contoh Satu",
                jabatan="Kepala Subbagian Keuangan, Umum, dan Logistik",
                alamat=("ukl@kpu.example",),
            ),
        ),
        format="contoh",
    ),
    Unit(
        id="sekretaris",
        kode="SEK",
        nama="Sekretaris",
        pejabat=(Pejabat(nama="Contoh Dua", jabatan="Sekretaris", alamat=("sekretaris@kpu.example",)),),
        format="contoh",
        langkah_kirim=3,
        langkah_himpun=4,
    ),
)
KASUBBAG = Pejabat(
    nama="Contoh Tiga",
    jabatan="Kepala Subbagian Perencanaan, Data, dan Informasi",
    alamat=("perencanaan@kpu.example",),
)
DAFTAR = Daftar(
    kasubbag=KASUBBAG,
    penyusun=(
        Pejabat(
            nama="Contoh Empat",
            jabatan="Penyusun Bahan Evaluasi, Rencana, Program, dan Laporan",
            alamat=("penyusun@kpu.example",),
        ),
    ),
    responden=UNITS,
    admin=("admin@kpu.example",),
)

STORED = (
    StoredCell(lembar="capaian", baris="UKL-01", kolom="realisasi_kum", nilai=Decimal(2)),
    StoredCell(lembar="capaian", baris="UKL-02", kolom="realisasi_kum", nilai=Decimal("83.5")),
    StoredCell(lembar="anggaran", baris="3355", kolom="realisasi", nilai=Decimal(934500000)),
    StoredCell(lembar="lhp", baris="*", kolom="nihil", nilai=Mark.NIHIL),
)
_SUPPORT = FileOnRecord(nama="LPJ-September.pdf", ukuran=18432, sha256="a" * 64, surel_id=17)
_GOOD = FileOnRecord(
    nama="Format-Kinerja-2026-TW3-UKL.xlsx", ukuran=18432, sha256="3f9a1c77b2d0" + "0" * 52, surel_id=17
)


def cell(sel: str, kode: str, tertulis: str, hasil: CellOutcome, pesan: str) -> CheckedCell:
    """Return one judged cell of the sample form."""
    return CheckedCell(
        lembar="capaian",
        lembar_terlihat="Capaian Kinerja",
        sel=sel,
        baris=kode,
        kolom="realisasi_kum",
        label=f"{kode} Realisasi s.d. Triwulan",
        tertulis=tertulis,
        nilai=None,
        hasil=hasil,
        pesan=pesan,
    )


CHECK = cell("J9", "UKL-01", "2 Lap", CellOutcome.CHECK, "kami baca 2 laporan; mohon dipastikan.")
INFO = cell("J10", "UKL-02", "83,5 persen", CellOutcome.INFO, "kami baca 83,5%.")
_AMBIGUOUS = "mohon pastikan apakah yang dimaksud (a) 12,5 atau (b) 12500, lalu tulis angka saja, misalnya 85,5."
FIX = replace(
    cell("J11", "UKL-03", "12.500", CellOutcome.FIX, f'Tertulis "12.500", sedangkan satuannya persen; {_AMBIGUOUS}'),
    pilihan=(Decimal("12.5"), Decimal(12500)),
)


def submission(*cells: CheckedCell, revisi: int = 1, tepat_waktu: bool = True) -> StoreSubmission:
    """Return a form that arrived with these cells."""
    complete = all(c.hasil is not CellOutcome.FIX for c in cells)
    return StoreSubmission(
        periode="2026-TW3",
        unit="umum",
        revisi=revisi,
        nomor=f"TRM-2026-TW3-UKL-{revisi:02}",
        surel_id=17,
        tiba_at=NOW,
        tepat_waktu=tepat_waktu,
        berkas=_GOOD,
        hasil=CheckedForm(
            meta=None,
            sel=cells,
            catatan=("Kolom tambahan pada lembar Capaian Kinerja tidak kami baca.",),
            tersimpan=STORED,
            terisi=5 if complete else 4,
            seluruh=5,
        ),
        batas_at=None if complete else DUE,
    )


def request(unit: Unit, keadaan: KeadaanPermintaan = KeadaanPermintaan.MENUNGGU) -> RequestState:
    """Return what this unit was asked."""
    begun = keadaan is not KeadaanPermintaan.MENUNGGU
    return RequestState(
        periode="2026-TW3",
        unit=unit.id,
        form=FORM,
        nonce="contoh",
        keadaan=keadaan,
        diminta_at=EARLIER,
        dikirim_at=EARLIER,
        batas_at=DUE,
        pertama_tiba_at=NOW if begun else None,
        revisi=1 if begun else 0,
        terisi=4 if begun else 0,
        seluruh=5,
        pengingat=2,
        message_id=f"<contoh.{unit.id}@kpu.example>",
        data_dukung=(_SUPPORT,),
    )


def period(keadaan: KeadaanPeriode = KeadaanPeriode.BERJALAN) -> PeriodState:
    """Return the third quarter in this state."""
    return PeriodState(
        periode=Periode(2026, JenisPeriode.TRIWULAN, 3),
        keadaan=keadaan,
        dibuka_at=EARLIER,
        sop=SOP,
        langkah=tuple(StepState(nomor=n, mulai_at=EARLIER, batas_at=DUE) for n in range(1, 7)),
        permintaan=(request(UNITS[0], KeadaanPermintaan.PERLU_PERBAIKAN), request(UNITS[1])),
    )


def facts(kantor: Kantor, *periods: PeriodState, now: datetime = NOW) -> Facts:
    """Return the world in which the letters are written."""
    ladder = (Tingkat(menit=-240), Tingkat(menit=0), Tingkat(menit=240, lampirkan_format=True), Tingkat(menit=480))
    policy = Policy(
        kantor=kantor,
        sop=SOP,
        jam=WorkingHours(zona=ZoneInfo(kantor.zona), normal=_WEEK, ramadan=_WEEK),
        jadwal=Jadwal(jenis=frozenset(), pukul=time(8), perintah=PerintahLangkah1.OTOMATIS),
        pengingat=Pengingat(tingkat=(*ladder, Tingkat(menit=960, tembusan_sekretaris=True)), masa_perbaikan_menit=240),
        batasan=Batasan(jawaban_per_hari=10, surat_per_jam=200, ukuran_surel=25_000_000),
        rekap=AturanRekap(
            batas_capaian=Decimal(120),
            skala=(
                SkalaPredikat(mulai=Decimal(91), sebutan="Sangat Tinggi"),
                SkalaPredikat(mulai=Decimal(0), sebutan="Rendah"),
            ),
            sementara_menit=480,
            tembusan_sekretaris=False,
        ),
        keamanan=Keamanan.SEIMBANG,
        format=(("umum", FORM), ("sekretaris", FORM)),
    )
    identity = BotIdentity(alamat=("kinerja@kpu.example",), domain="kpu.example", kunci=b"contoh")
    return Facts(now=now, identitas=identity, daftar=DAFTAR, aturan=policy, periode=periods)


def mail(sender: str = "ukl@kpu.example", teks: str = "") -> IncomingMail:
    """Return a mail with a form and a data dukung."""
    files = tuple(
        Attachment(nama=name, jenis=kind, tipe="application/octet-stream", ukuran=18432, sha256=digest, isi=b"")
        for name, kind, digest in (
            (_GOOD.nama, FileKind.XLSX, _GOOD.sha256),
            (_SUPPORT.nama, FileKind.PDF, _SUPPORT.sha256),
        )
    )
    return IncomingMail(
        id=17,
        tiba_at=NOW,
        message_id="<jawaban@kpu.example>",
        references=("<contoh.umum@kpu.example>",),
        pengirim=(sender,),
        teks=teks,
        lampiran=files,
    )


LATE = replace(request(UNITS[0]), batas_at=EARLIER)
