"""The parts of the laporan beside the indicators: budget, audit recommendations, evaluation of accountability."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.narrative import describe_efficiency
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.kinerja.report import Blok, Judul, Kolom, Paragraf, Tabel

EMPTY = "–"
"""Printed where nothing is known."""

_MOST_LINES = 400  # of the budget; of more only the sum is told, the rekap has them all
_STATUS = {
    "SESUAI": "Telah sesuai rekomendasi",
    "BELUM_SESUAI": "Belum sesuai rekomendasi",
    "BELUM_TL": "Belum ditindaklanjuti",
    "TIDAK_DAPAT": "Tidak dapat ditindaklanjuti",
}
_BUDGET = (
    Kolom("Unit", 9),
    Kolom("Uraian", 33),
    Kolom("Pagu (Rp)", 17, angka=True),
    Kolom("Realisasi (Rp)", 17, angka=True),
    Kolom("Sisa (Rp)", 14, angka=True),
    Kolom("Serapan (%)", 10, angka=True),
)
_FOLLOW_UP = (Kolom("Status", 50), Kolom("Rekomendasi", 20, angka=True), Kolom("Nilai (Rp)", 30, angka=True))


def describe_budget(rekap: Rekap) -> Iterator[Blok]:
    """Yield the budget lines, their sum and what was achieved with them."""
    if not rekap.anggaran:
        return
    yield Judul("B. Realisasi Anggaran")
    rows = tuple(
        (row.unit, row.uraian, _rupiah(row.pagu), _rupiah(row.realisasi), _rupiah(row.sisa), figure(row.serapan))
        for row in rekap.anggaran
    )
    known = [row for row in rekap.anggaran if row.pagu is not None and row.realisasi is not None]
    if known:
        pagu = sum((row.pagu for row in known if row.pagu is not None), Decimal(0))
        spent = sum((row.realisasi for row in known if row.realisasi is not None), Decimal(0))
        amounts = (_rupiah(pagu), _rupiah(spent), _rupiah(pagu - spent))
        rows = (*rows, ("Jumlah", "Baris yang dilaporkan", *amounts, figure(rekap.serapan)))
        share = f", atau {text.persen(rekap.serapan)}" if rekap.serapan is not None else ""
        yield Paragraf(
            f"Realisasi anggaran sampai dengan {rekap.periode.nama} sebesar {text.rupiah(spent)} dari pagu "
            f"{text.rupiah(pagu)}{share}."
        )
    if len(rows) > _MOST_LINES:
        rows = rows[-1:] if known else ()
    yield Tabel(keterangan="Pagu dan realisasi anggaran", kolom=_BUDGET, baris=rows)
    if sentence := describe_efficiency(rekap):
        yield Paragraf(sentence, "Efisiensi")
    for row in rekap.anggaran[:_MOST_LINES]:
        if row.kendala:
            yield Paragraf(row.kendala, f"Kendala {row.kode}")


def describe_audit(rekap: Rekap) -> Iterator[Blok]:
    """Yield the recommendations by status; counts and rupiah only, never a finding's text (DOMAIN 2.6)."""
    every = sum(item.jumlah for item in rekap.tl_hp_ringkas)
    yield Judul("C. Tindak Lanjut Hasil Pemeriksaan")
    if not every:
        yield Paragraf(f"Tidak terdapat rekomendasi hasil pemeriksaan yang dilaporkan pada {rekap.periode.nama}.")
        return
    settled = sum(item.jumlah for item in rekap.tl_hp_ringkas if item.status == "SESUAI")
    late = sum(row.lewat_hari > 0 for row in rekap.tl_hp)
    sentence = f"Dari {every} rekomendasi hasil pemeriksaan, {settled} rekomendasi telah sesuai"
    yield Paragraf(f"{sentence}; {late} rekomendasi telah melewati batas waktu." if late else f"{sentence}.")
    rows = tuple(
        (_STATUS.get(item.status, item.status), str(item.jumlah), _rupiah(item.rupiah)) for item in rekap.tl_hp_ringkas
    )
    yield Tabel(keterangan="Status tindak lanjut rekomendasi", kolom=_FOLLOW_UP, baris=rows)


def describe_evaluation(rekap: Rekap) -> Iterator[Blok]:
    """Yield the grade of each evaluation (LHE)."""
    graded = [lhe for lhe in rekap.lhe if lhe.total is not None]
    if not graded:
        return
    yield Judul("D. Evaluasi Akuntabilitas Kinerja")
    for lhe in graded:
        by = f" oleh {lhe.evaluator}" if lhe.evaluator else ""
        year = f" Tahun {lhe.tahun}" if lhe.tahun else ""
        grade = lhe.predikat or lhe.predikat_hitung
        yield Paragraf(
            f"Hasil evaluasi akuntabilitas kinerja{year}{by} memperoleh nilai {figure(lhe.total)}"
            f"{f' dengan predikat {grade}' if grade else ''}."
        )


def figure(value: Decimal | None) -> str:
    """Return a figure with two decimals, a dash for none."""
    return EMPTY if value is None else text.desimal(value)


def _rupiah(value: Decimal | None) -> str:
    return EMPTY if value is None else text.desimal(value, 0)
