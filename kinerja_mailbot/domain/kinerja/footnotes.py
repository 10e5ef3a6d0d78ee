"""The footnotes of a rekap: by which formula, cap and scale its figures came about."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.rekap import AnggaranRow, CapaianRow, StatusCapaian
from kinerja_mailbot.domain.policy import AturanRekap

# By the words of the column Jenis, not by the names of the configuration.
_FORMULAS = {
    "POS": "positif: realisasi / target × 100",
    "NEG_LAN": "negatif: (2 × target − realisasi) / target × 100 (Keputusan Kepala LAN 239/IX/6/8/2003)",
    "NEG_SKP": "negatif (SKP): [1 + (1 − realisasi / target)] × 100",
    "NEG_RASIO": "negatif (rasio): target / realisasi × 100",
    "RENTANG": "rentang: 100 apabila realisasi berada dalam rentang target, selain itu terhadap batas terdekat",
    "YATIDAK": "ya/tidak: 100 apabila sesuai target, selain itu 0",
    "PREDIKAT": "predikat: dinilai tercapai atau belum tercapai, tanpa persentase",
}


def describe_basis(
    capaian: tuple[CapaianRow, ...], anggaran: tuple[AnggaranRow, ...], aturan: AturanRekap
) -> tuple[str, ...]:
    """Return the footnotes, formal Indonesian; only formulas that occur are named."""
    return (*_formulas(capaian), *_averages(capaian, aturan), *_scale(capaian, aturan), *_budget(anggaran))


def _formulas(rows: tuple[CapaianRow, ...]) -> Iterator[str]:
    used = {row.rumus for row in rows}
    named = [sentence for formula, sentence in _FORMULAS.items() if formula in used]
    if named:
        yield f"Rumus capaian: {'; '.join(named)}."


def _averages(rows: tuple[CapaianRow, ...], aturan: AturanRekap) -> Iterator[str]:
    if not rows:
        return
    counted = sum(row.capaian_rata is not None for row in rows)
    yield (
        f"Rata-rata capaian adalah rata-rata sederhana dari {counted} indikator terukur yang memiliki persentase, dari "
        f"{len(rows)} indikator; indikator yang belum diisi atau tidak diukur tidak ikut dihitung."
    )
    if aturan.batas_capaian is None:
        yield "Capaian dalam rata-rata tidak dibatasi; capaian negatif dihitung 0."
    else:
        highest = text.angka(aturan.batas_capaian)
        yield f"Capaian ditampilkan apa adanya; dalam rata-rata dibatasi paling tinggi {highest}% dan paling rendah 0%."
    if any(row.status is StatusCapaian.TIDAK_DIUKUR for row in rows):
        yield "Tidak diukur: indikator tidak diukur pada periode ini, atau targetnya tidak dapat dibandingkan."


def _scale(rows: tuple[CapaianRow, ...], aturan: AturanRekap) -> Iterator[str]:
    if aturan.skala and rows:
        bands = [f"{band.sebutan} (mulai {text.angka(band.mulai)}%)" for band in aturan.skala]
        yield f"Predikat capaian memakai skala internal, bukan ketentuan KPU: {text.rangkai(bands)}."


def _budget(rows: tuple[AnggaranRow, ...]) -> Iterator[str]:
    if rows:
        known = sum(row.realisasi is not None for row in rows)
        yield f"Serapan dihitung atas {known} dari {len(rows)} baris anggaran yang telah dilaporkan."
