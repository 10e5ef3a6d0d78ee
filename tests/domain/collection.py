"""A collection for tests: the SOP, the four respondents, the office's policy, and periods at work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from kinerja_mailbot.domain.form.definition import Column, ColumnType, Form, Row, Sheet
from kinerja_mailbot.domain.mail.facts import Facts
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
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.sop.steps import BOT, begin_period, move_steps, with_steps
from kinerja_mailbot.domain.sop.version import Langkah, VersiSop
from kinerja_mailbot.domain.tick.owed import with_requests
from kinerja_mailbot.domain.unit import Daftar, Kantor, Pejabat, Unit
from tests.domain.office import HOURS, wit

TW3 = Periode(2026, JenisPeriode.TRIWULAN, 3)
OPENED = wit("2026-10-01 08.00")  # a Thursday: the first working day after the third quarter
MENIT = (30, 30, 30, 480, 480, 480)
SOP = VersiSop(
    nomor="5.16/ORT.06/9601/2023",
    tanggal=date(2023, 1, 5),
    efektif=date(2023, 1, 5),
    langkah=tuple(
        Langkah(nomor=n, aktivitas=f"Langkah {n}", pelaksana="Penyusun", menit=menit, keluaran="dokumen")
        for n, menit in enumerate(MENIT, start=1)
    ),
)
FORM = Form(
    id="kinerja-subbag",
    versi=1,
    judul="Capaian Kinerja",
    lembar=(
        Sheet(
            id="capaian",
            judul="Capaian Kinerja",
            kolom=(
                Column(kunci="kode", judul="Kode", jenis=ColumnType.TEKS),
                Column(kunci="realisasi_tw", judul="Realisasi", jenis=ColumnType.PERSEN, isian=True, wajib=True),
            ),
            baris=(Row("IK-01"),),
        ),
    ),
)


def pejabat(nama: str) -> Pejabat:
    return Pejabat(nama=nama.title(), jabatan=f"Kepala {nama.title()}", alamat=(f"{nama}@kpu.example",))


def subbag(unit_id: str, kode: str) -> Unit:
    return Unit(id=unit_id, kode=kode, nama=f"Subbagian {unit_id.title()}", pejabat=(pejabat(unit_id),), format=FORM.id)


UMUM, TEKNIS, HUKUM = subbag("umum", "UKL"), subbag("teknis", "TEK"), subbag("hukum", "HSM")
SEKRETARIS = replace(subbag("sekretaris", "SEK"), nama="Sekretaris", langkah_kirim=3, langkah_himpun=4)
UNITS = (UMUM, TEKNIS, HUKUM, SEKRETARIS)
DAFTAR = Daftar(
    kasubbag=pejabat("perencanaan"),
    penyusun=(pejabat("penyusun"),),
    responden=UNITS,
    admin=("admin@kpu.example",),
)
LADDER = Pengingat(
    tingkat=(
        Tingkat(menit=-240),
        Tingkat(menit=0, lampirkan_format=True),
        Tingkat(menit=240),
        Tingkat(menit=480, eskalasi=True),
        Tingkat(menit=960, eskalasi=True, tembusan_sekretaris=True),
    ),
    masa_perbaikan_menit=240,
)
JADWAL = Jadwal(
    jenis=frozenset({JenisPeriode.TRIWULAN}), pukul=time(8), perintah=PerintahLangkah1.OTOMATIS, mulai="2026-TW3"
)
POLICY = Policy(
    kantor=Kantor(nama="KPU Kabupaten Sorong", alamat="Jl. Baru Aimas – Klamono Km. 22", kota="Aimas"),
    sop=SOP,
    jam=HOURS,
    jadwal=JADWAL,
    pengingat=LADDER,
    batasan=Batasan(jawaban_per_hari=10, surat_per_jam=100, ukuran_surel=25_000_000),
    rekap=AturanRekap(
        batas_capaian=Decimal(120),
        skala=(SkalaPredikat(mulai=Decimal(0), sebutan="Baik"),),
        sementara_menit=960,
        tembusan_sekretaris=False,
    ),
    keamanan=Keamanan.SEIMBANG,
    format=tuple((unit.id, FORM) for unit in UNITS),
)
ME = BotIdentity(alamat=("bot@kpu.example",), domain="kpu.example", kunci=b"secret")
KONFIRMASI = replace(POLICY, jadwal=replace(JADWAL, perintah=PerintahLangkah1.KONFIRMASI))
NONCES = ("n1", "n2", "n3", "n4")


def facts(now: datetime, aturan: Policy = POLICY) -> Facts:
    return Facts(now=now, identitas=ME, daftar=DAFTAR, aturan=aturan)


def request(unit: Unit, keadaan: KeadaanPermintaan = KeadaanPermintaan.MENUNGGU, at: datetime = OPENED) -> RequestState:
    """Return a request that was composed and sent at `at`; its 480 minutes end on 2 October at 08.30 by default."""
    sent = None if keadaan is KeadaanPermintaan.DISIAPKAN else at
    return RequestState(
        periode=TW3.kode,
        unit=unit.id,
        form=FORM,
        nonce="nonce",
        keadaan=keadaan,
        diminta_at=at,
        dikirim_at=sent,
        batas_at=wit("2026-10-02 08.30"),
        message_id=f"<{unit.id}@kpu.example>",
    )


def period_with(*requests: RequestState) -> PeriodState:
    """Return the running third quarter with these requests, its steps where they belong by then."""
    period = with_requests(begin_period(TW3, SOP, HOURS, OPENED, oleh=BOT), requests)
    return with_steps(period, move_steps(period, UNITS, HOURS, OPENED))
