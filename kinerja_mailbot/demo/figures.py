"""What the simulated staff report for Triwulan III 2026, mistakes included; all figures are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kinerja_mailbot.demo.spreadsheet import Entry

_CAPAIAN, _ANGGARAN = "Capaian Kinerja", "Anggaran"
_REALISASI = "Realisasi s.d. Triwulan"


def _capaian(kode: str, realisasi: str | float, bukti: str, *more: tuple[str, str]) -> tuple[Entry, ...]:
    typed = ((_REALISASI, realisasi), ("Data Dukung (nama berkas / tautan)", bukti), *more)
    return tuple(Entry(_CAPAIAN, kode, judul, isi) for judul, isi in typed)


def _behind(penghambat: str, rencana: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("Faktor Penghambat / Kendala", penghambat), ("Rencana Tindak Lanjut", rencana)


def _spent(*lines: tuple[str, str | float]) -> tuple[Entry, ...]:
    return tuple(Entry(_ANGGARAN, kode, _REALISASI, isi) for kode, isi in lines)


UMUM = (
    *_capaian("UKL-01", 3, "Laporan SAIBA TW III.pdf", ("Faktor Pendukung", "Rekonsiliasi bulanan berjalan tertib.")),
    *_capaian("UKL-02", 9, "Tanda terima e-LPPA.pdf"),
    *_capaian("UKL-03", 82.5, "Berita acara penataan gudang.pdf"),
    *_capaian("UKL-04", 2, "Rekap revisi DIPA.pdf"),
    *_spent(("6709.EBA.994", 1_795_320_500), ("6709.EBD.955", 61_200_000), ("6710.EBB.951", "Rp 98.430.000,-")),
)

TEKNIS_FIRST = (
    *_capaian("TEK-01", 100, "Laporan tahapan.pdf"),
    *_capaian("TEK-02", "85 persen", "Data partisipasi.xlsx"),
    *_capaian("TEK-03", "12.500", "Data partisipasi.xlsx"),
    *_capaian("TEK-04", "0,15%", "Berita acara PDPB TW III.pdf"),
    *_capaian("TEK-05", "5 Oktober 2026", "Dokumentasi kegiatan.pdf"),
    *_spent(("6641.QDB.001", 121_900_000), ("6641.BMB.002", 76_450_000)),  # one budget line is left empty
)
"""TEK-03 is ambiguous, TEK-05 a date where a count belongs, 6640.QMA.001 an empty cell; the rest is right."""

TEKNIS_MENDED = (
    Entry(_CAPAIAN, "TEK-03", _REALISASI, 72.5),
    Entry(_CAPAIAN, "TEK-03", "Faktor Penghambat / Kendala", "Pemilih perempuan di distrik pesisir sulit dijangkau."),
    Entry(_CAPAIAN, "TEK-03", "Rencana Tindak Lanjut", "Sosialisasi di tiga distrik pada Triwulan IV."),
    Entry(_CAPAIAN, "TEK-05", _REALISASI, 9),
    *_spent(("6640.QMA.001", 30_125_000)),
)

HUKUM = (
    *_capaian(
        "HKM-01", "Tidak diukur", "-", ("Faktor Penghambat / Kendala", "Tidak terdapat sengketa pada periode ini.")
    ),
    *_capaian(
        "HKM-02", 15, "Tangkapan layar JDIH.pdf", *_behind("Pengelola JDIH cuti.", "Unggah susulan pada Oktober 2026.")
    ),
    *_capaian("HKM-03", 66, "Rekap sertifikat.pdf"),
    *_spent(("6643.EBA.969", 41_300_000), ("6643.EBC.954", 40_015_000), ("6643.EBC.996", 54_000_000)),
)

_LHP_NO = "12/LHP/XIX.SOR/05/2026"


def _tl_hp(number: int, rupiah: int, status: str, *more: tuple[str, str | int]) -> tuple[Entry, ...]:
    typed: tuple[tuple[str, str | int], ...] = (
        ("Nomor LHP", _LHP_NO),
        ("No Temuan", "1"),
        ("Temuan", "Pertanggungjawaban belanja perjalanan dinas belum lengkap"),
        ("No Rekomendasi", f"1.{number}"),
        ("Rekomendasi", "Melengkapi bukti pertanggungjawaban dan menyetor kelebihan bayar"),
        ("Nilai Rekomendasi (Rp)", rupiah),
        ("Status", status),
        *more,
    )
    return tuple(Entry("TL HP", number, judul, isi) for judul, isi in typed)


_LHP: tuple[tuple[str, str | int | date], ...] = (
    ("Nomor LHP", _LHP_NO),
    ("Tanggal LHP", "22 Mei 2026"),
    ("Tanggal Diterima", date(2026, 6, 2)),
    ("Pemeriksa", "BPK"),
    ("Jenis Pemeriksaan", "PDTT"),
    ("Judul", "LHP Kepatuhan atas Pertanggungjawaban Belanja"),
    ("Tahun Objek", 2025),
    ("Jumlah Temuan", 1),
    ("Jumlah Rekomendasi", 2),
    ("Nilai Temuan (Rp)", 18_750_000),
)
_LHE: tuple[tuple[str, str | float | date], ...] = (
    ("NO", "88/PW.02/2026"),
    ("TGL", date(2026, 8, 19)),
    ("EVALUATOR", "Inspektorat Utama KPU"),
    ("TAHUN", 2025),
    ("PERENCANAAN", 22.5),
    ("PENGUKURAN", 20.25),
    ("PELAPORAN", 11.4),
    ("EVALUASI", 15.6),
    ("TOTAL", 69.75),
    ("PREDIKAT", "B"),
)

SEKRETARIS = (
    *(Entry("LHP", 1, judul, isi) for judul, isi in _LHP),
    *_tl_hp(
        1,
        12_500_000,
        "SESUAI",
        ("Tanggal Tindak Lanjut", "14 Juli 2026"),
        ("Nilai Tindak Lanjut (Rp)", 12_500_000),
        ("Bukti", "SSBP 14-07-2026.pdf"),
    ),
    *_tl_hp(2, 6_250_000, "Dalam proses", ("Uraian Tindak Lanjut", "Penyetoran dijadwalkan November 2026")),
    *(Entry("LHE", kode, "Isian", isi) for kode, isi in _LHE),
    Entry("LHE Rekomendasi", "nihil", "Tidak ada rekomendasi LHE pada periode ini", "Ya"),
)

ANALISIS_SHEET = (
    Entry(
        "Analisis",
        "UKL-01",
        "Analisis dan Evaluasi",
        "Rekonsiliasi bulanan menjaga ketepatan waktu laporan keuangan.",
    ),
)
ANALISIS = """Terlampir lembar Analisis; selebihnya sebagai berikut.

semua: analisis Pelaksanaan kegiatan sesuai rencana aksi triwulan.
semua: rekomendasi Pemantauan dilakukan setiap bulan bersama unit pelaksana.
Kesimpulan: Kinerja Triwulan III secara umum sesuai rencana.
Rekomendasi: Data dukung setiap indikator dilengkapi sebelum akhir tahun.
"""

EXPECTED_CAPAIAN = {  # kode -> (realisasi, capaian in percent, two decimals, worked by hand)
    "UKL-01": (Decimal(3), Decimal("100.00")),
    "UKL-02": (Decimal(9), Decimal("100.00")),
    "UKL-03": (Decimal("82.5"), Decimal("103.13")),  # 82,5 / 80
    "UKL-04": (Decimal(2), Decimal("133.33")),  # (2 x 3 - 2) / 3
    "TEK-01": (Decimal(100), Decimal("100.00")),
    "TEK-02": (Decimal(85), Decimal("109.68")),  # 85 / 77,5
    "TEK-03": (Decimal("72.5"), Decimal("96.67")),  # 72,5 / 75
    "TEK-04": (Decimal("0.15"), Decimal("125.00")),  # (2 x 0,2 - 0,15) / 0,2
    "TEK-05": (Decimal(9), Decimal("100.00")),
    "HKM-02": (Decimal(15), Decimal("83.33")),  # 15 / 18
    "HKM-03": (Decimal(66), Decimal("110.00")),  # 66 / 60
}
EXPECTED_SPENT = {
    "6709.EBA.994": 1_795_320_500,
    "6709.EBD.955": 61_200_000,
    "6710.EBB.951": 98_430_000,
    "6641.QDB.001": 121_900_000,
    "6641.BMB.002": 76_450_000,
    "6640.QMA.001": 30_125_000,
    "6643.EBA.969": 41_300_000,
    "6643.EBC.954": 40_015_000,
    "6643.EBC.996": 54_000_000,
}
