"""The office of the mail tests: who is registered, the bot's identity, and the facts of one Tuesday."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from kinerja_mailbot.domain.form.definition import Column, ColumnType, Form, Row, Sheet
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.thread import BotIdentity
from kinerja_mailbot.domain.periode import JenisPeriode
from kinerja_mailbot.domain.policy import (
    AturanRekap,
    Batasan,
    Jadwal,
    Keamanan,
    Pengingat,
    PerintahLangkah1,
    Policy,
    SkalaPredikat,
)
from kinerja_mailbot.domain.sop.version import VersiSop
from kinerja_mailbot.domain.unit import Daftar, Kantor, Pejabat, Unit
from tests.domain.office import HOURS

ARRIVED = datetime(2026, 10, 6, 1, 30, tzinfo=UTC)
ME = BotIdentity(
    alamat=("kinerja@kpu.example", "kinerja-lama@kpu.example"),
    domain="kpu.example",
    kunci=b"kunci untuk uji",
    authserv_id="mx.kpu.example",
)

KASUBBAG = Pejabat(nama="Maria Wanma", jabatan="Kasubbag Perencanaan", alamat=("maria@kpu.example",))
PENYUSUN = Pejabat(nama="Yosep Kalami", jabatan="Penyusun Bahan Evaluasi", alamat=("yosep@kpu.example",))
UMUM = Unit(
    id="umum",
    kode="UKL",
    nama="Subbagian Keuangan, Umum, dan Logistik",
    pejabat=(
        Pejabat(nama="Budi Salossa", jabatan="Kasubbag", alamat=("budi@kpu.example", "budi.salossa@mail.example")),
    ),
    format="kinerja",
    panggilan=("keuangan", "logistik"),
)
TEKNIS = Unit(
    id="teknis",
    kode="TEK",
    nama="Subbagian Teknis",
    pejabat=(
        Pejabat(nama="Ruth Osok", jabatan="Kasubbag", alamat=("ruth@kpu.example",)),
        Pejabat(
            nama="Agus Momot",
            jabatan="Plh. Kasubbag",
            alamat=("agus@kpu.example",),
            sejak=date(2026, 10, 5),
            sampai=date(2026, 10, 9),
        ),
        Pejabat(
            nama="Tini Malagam",
            jabatan="Plt. Kasubbag",
            alamat=("tini@kpu.example",),
            sejak=date(2026, 7, 1),
            sampai=date(2026, 7, 31),
        ),
    ),
    format="kinerja",
)
# Maria also acts for this unit: one address, two parts.
HUKUM = Unit(
    id="hukum",
    kode="HSDM",
    nama="Subbagian Hukum dan SDM",
    pejabat=(
        Pejabat(nama="Dewi Kondologit", jabatan="Kasubbag", alamat=("dewi@kpu.example",)),
        Pejabat(nama="Maria Wanma", jabatan="Plt. Kasubbag", alamat=("maria@kpu.example",), sejak=date(2026, 10, 1)),
    ),
    format="kinerja",
    panggilan=("sdm",),
)
DAFTAR = Daftar(kasubbag=KASUBBAG, penyusun=(PENYUSUN,), responden=(UMUM, TEKNIS, HUKUM), admin=("admin@kpu.example",))


def form_of(*kode: str) -> Form:
    """Return the form of the .eml files with these indicators."""
    kolom = (
        Column(kunci="kode", judul="Kode", jenis=ColumnType.TEKS),
        Column(kunci="realisasi", judul="Realisasi", jenis=ColumnType.PERSEN, isian=True, wajib=True),
    )
    sheet = Sheet(id="capaian", judul="Capaian", kolom=kolom, baris=tuple(Row(one) for one in kode))
    return Form(id="kinerja", versi=1, judul="Data Kinerja", lembar=(sheet,))


FORMS = (("umum", form_of("IK-1")), ("teknis", form_of("TK-1")), ("hukum", form_of("HK-1")))
POLICY = Policy(
    kantor=Kantor(nama="KPU Kabupaten Sorong", alamat="Jalan Contoh 1", kota="Aimas"),
    sop=VersiSop(nomor="5.16/ORT.06/9601/2023", tanggal=date(2023, 1, 5), efektif=date(2023, 1, 5), langkah=()),
    jam=HOURS,
    jadwal=Jadwal(jenis=frozenset({JenisPeriode.TRIWULAN}), pukul=time(8), perintah=PerintahLangkah1.OTOMATIS),
    pengingat=Pengingat(tingkat=(), masa_perbaikan_menit=480),
    batasan=Batasan(jawaban_per_hari=10, surat_per_jam=200, ukuran_surel=26_214_400),
    rekap=AturanRekap(
        batas_capaian=None,
        skala=(SkalaPredikat(mulai=Decimal(0), sebutan="Rendah"),),
        sementara_menit=480,
        tembusan_sekretaris=True,
    ),
    keamanan=Keamanan.SEIMBANG,
    format=(),
)
FACTS = Facts(now=ARRIVED, identitas=ME, daftar=DAFTAR, aturan=POLICY)
